/** What an administrator does with a person: password, name, disable and enable, take the name away. */
import { App, Button, Input, Modal } from 'antd';
import { useId, useState } from 'react';
import type { components } from '../../../../generated/api.d.ts';
import { api, bodyOf } from '../../../api/client.ts';
import { useAct } from '../../../parts/use-act.ts';
import { useWords } from '../../../words/index.ts';
import { PasswordLinkDialog } from './password-link-dialog.tsx';

type Person = components['schemas']['Person'];
type BareAct = 'disable' | 'enable' | 'pseudonymise';

export function PersonActs({ person }: { person: Person }) {
  const { t } = useWords();
  const { modal } = App.useApp();
  const [renaming, setRenaming] = useState(false);
  const [link, setLink] = useState<components['schemas']['PasswordLink']>();
  const path = { id: person.id };
  const act = useAct(
    (name: BareAct, key) =>
      bodyOf(
        api.POST(`/api/staff/{id}/${name}` as '/api/staff/{id}/disable', {
          params: { path, header: { 'Idempotency-Key': key } },
          body: {},
        }),
      ),
    { done: t('common.done'), stale: ['staff'] },
  );
  const giveLink = useAct(() => bodyOf(api.POST('/api/staff/{id}/password-link', { params: { path }, body: {} })), {
    stale: [],
    onDone: setLink,
  });
  const ask = (name: BareAct, content: string) =>
    void modal.confirm({
      title: t(`staff.${name}`),
      content,
      okText: t('common.confirm'),
      cancelText: t('common.cancel'),
      onOk: () => act.mutateAsync(name).catch(() => undefined),
    });
  if (person.pseudonymisedAt !== undefined) return <p className="note soft">{t('staff.leftHint')}</p>;
  return (
    <section className="panel" aria-label={t('staff.account')}>
      <h2>{t('staff.account')}</h2>
      <p className="note soft">{t(person.hasPassword ? 'staff.hasPasswordHint' : 'staff.noPasswordHint')}</p>
      <div className="acts wrap">
        {person.active && (
          <Button type="primary" loading={giveLink.isPending} onClick={() => giveLink.mutate(undefined)}>
            {t(person.hasPassword ? 'staff.resetPassword' : 'staff.givePassword')}
          </Button>
        )}
        <Button onClick={() => setRenaming(true)}>{t('staff.rename')}</Button>
        {person.active ? (
          <Button danger onClick={() => ask('disable', t('staff.disableHint', { name: person.name }))}>
            {t('staff.disable')}
          </Button>
        ) : (
          <>
            <Button loading={act.isPending} onClick={() => act.mutate('enable')}>
              {t('staff.enable')}
            </Button>
            <Button danger onClick={() => ask('pseudonymise', t('staff.pseudonymiseHint', { id: person.id }))}>
              {t('staff.pseudonymise')}
            </Button>
          </>
        )}
      </div>
      {link && <PasswordLinkDialog link={link} name={person.name} close={() => setLink(undefined)} />}
      {renaming && <RenameDialog person={person} close={() => setRenaming(false)} />}
    </section>
  );
}

function RenameDialog({ person, close }: { person: Person; close(): void }) {
  const { t } = useWords();
  const field = useId();
  const [name, setName] = useState(person.name);
  const rename = useAct(
    () => bodyOf(api.PUT('/api/staff/{id}/name', { params: { path: { id: person.id } }, body: { name: name.trim() } })),
    { done: t('common.done'), stale: ['staff', 'people'], onDone: close },
  );
  return (
    <Modal
      open
      title={t('staff.rename')}
      confirmLoading={rename.isPending}
      onCancel={close}
      onOk={() => name.trim() !== '' && rename.mutate(undefined)}
      okText={t('common.save')}
      cancelText={t('common.cancel')}
    >
      <div className="dialog-form">
        <label htmlFor={field}>{t('staff.name')}</label>
        <Input id={field} autoFocus maxLength={100} value={name} onChange={({ target }) => setName(target.value)} />
        <p className="soft">{t('staff.endsSessions')}</p>
      </div>
    </Modal>
  );
}
