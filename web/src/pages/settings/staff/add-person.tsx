/** Adds a person with their roles, and leads to their page, where the link for the password is given out. */
import { Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { useNavigate } from 'react-router';
import { api, bodyOf } from '../../../api/client.ts';
import { FieldProblems } from '../../../parts/field-problems.tsx';
import { useAct } from '../../../parts/use-act.ts';
import { useWords } from '../../../words/index.ts';
import { RoleEditor } from './role-editor.tsx';
import { isComplete, newRoleRow, roleOf } from './role-rows.ts';
import { useZoneOf } from './zone-of.ts';

export function AddPerson({ close }: { close(): void }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const zoneOf = useZoneOf();
  const [id, setId] = useState('');
  const [name, setName] = useState('');
  const [rows, setRows] = useState(() => [newRoleRow()]);
  const [checked, setChecked] = useState(false);
  const [idField, nameField] = [useId(), useId()];
  const add = useAct(
    (_: undefined, key) =>
      bodyOf(
        api.POST('/api/staff', {
          params: { header: { 'Idempotency-Key': key } },
          body: { id: id.trim(), name: name.trim(), roles: rows.map((row) => roleOf(row, zoneOf)) },
        }),
      ),
    {
      done: t('staff.added', { name: name.trim() }),
      stale: ['staff'],
      onDone: (person) => void navigate(`/settings/staff/${encodeURIComponent(person.id)}`),
      onRefused: () => true,
    },
  );
  const submit = () => {
    setChecked(true);
    if (id.trim() !== '' && name.trim() !== '' && rows.every(isComplete)) add.mutate(undefined);
  };
  const missing = (value: string) => checked && value.trim() === '';
  return (
    <Modal
      open
      width={820}
      title={t('staff.add')}
      confirmLoading={add.isPending}
      onCancel={close}
      onOk={submit}
      okText={t('staff.add')}
      cancelText={t('common.cancel')}
    >
      <div className="dialog-form">
        <label htmlFor={nameField}>{t('staff.name')}</label>
        <Input
          id={nameField}
          autoFocus
          maxLength={100}
          value={name}
          status={missing(name) ? 'error' : ''}
          onChange={({ target }) => setName(target.value)}
        />
        <label htmlFor={idField}>{t('staff.id')}</label>
        <Input
          id={idField}
          maxLength={50}
          value={id}
          status={missing(id) ? 'error' : ''}
          onChange={({ target }) => setId(target.value)}
        />
        <p className="soft">{t('staff.idHint')}</p>
        {(missing(id) || missing(name)) && <p className="bad">{t('staff.missing')}</p>}
        <RoleEditor rows={rows} checked={checked} onChange={setRows} />
        {add.error && <FieldProblems error={add.error} />}
      </div>
    </Modal>
  );
}
