/** The versions of a definition: what each brought, what runs by it, and what can be done with it. */
import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, bodyOf, type Definition } from '../../api/client.ts';
import { useNames } from '../../parts/people.ts';
import { ReasonDialog } from '../../parts/reason-dialog.tsx';
import { instantInWords } from '../../parts/time.ts';
import { useAct } from '../../parts/use-act.ts';
import { hasDuty, usePerson } from '../../person.ts';
import { useWords } from '../../words/index.ts';
import { RollBack } from './roll-back.tsx';

export function Versions({ versions, chosen }: { versions: Definition[]; chosen: number }) {
  const { t } = useWords();
  const name = useNames(versions.map(({ deployedBy }) => deployedBy));
  return (
    <div className="grid short">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('column.version')}</th>
            <th scope="col">{t('definitions.note')}</th>
            <th scope="col" className="count">
              {t('column.running')}
            </th>
            <th scope="col" className="count">
              {t('column.stopped')}
            </th>
            <th scope="col" className="wide-only">
              {t('column.deployed')}
            </th>
            <th scope="col">{t('definitions.acts')}</th>
          </tr>
        </thead>
        <tbody>
          {versions.map((one, index) => (
            <Version
              key={one.version}
              definition={one}
              before={versions[index + 1]?.version}
              isChosen={one.version === chosen}
              deployedBy={name(one.deployedBy)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface VersionProps {
  definition: Definition;
  /** The version before it. */
  before: number | undefined;
  isChosen: boolean;
  deployedBy: string;
}

function Version({ definition, before, isChosen, deployedBy }: VersionProps) {
  const { t, language } = useWords();
  const { key, version, newest, deactivated, warnings, instances, deployedAt, note } = definition;
  return (
    <tr aria-current={isChosen ? 'true' : undefined}>
      <td>
        <Link to={`/definitions/${key}?version=${version}`} className="strong">
          {t('definitions.version', { n: version })}
        </Link>{' '}
        {newest && <span className="tag completed">{t('definitions.newest')}</span>}
        {deactivated && <span className="tag">{t('definitions.deactivated')}</span>}
        {warnings.length > 0 && <span className="tag warn">{t('definitions.warnings', { n: warnings.length })}</span>}
      </td>
      <td className="version-note">{note ?? <span className="soft">{t('definitions.noNote')}</span>}</td>
      <td className="count">
        <Link to={`/instances?process=${key}&status=active`}>{instances?.active ?? 0}</Link>
      </td>
      <td className="count">
        <Link to={`/instances?process=${key}&incident=1`}>{instances?.stopped ?? 0}</Link>
      </td>
      <td className="wide-only">
        {deployedBy} <time dateTime={deployedAt}>{instantInWords(deployedAt, { language })}</time>
      </td>
      <td>
        <VersionActs definition={definition} before={before} />
      </td>
    </tr>
  );
}

function VersionActs({ definition, before }: Pick<VersionProps, 'definition' | 'before'>) {
  const { t } = useWords();
  const person = usePerson();
  const [open, setOpen] = useState<'deactivate' | 'roll-back'>();
  const { key, version, newest, deactivated } = definition;
  const params = { path: { key, version } };
  const stale = ['definitions'];
  const deactivate = useAct(
    (reason: string, header: string) =>
      bodyOf(
        api.POST('/api/definitions/{key}/versions/{version}/deactivate', {
          params: { ...params, header: { 'Idempotency-Key': header } },
          body: { reason },
        }),
      ),
    { stale, done: t('definitions.deactivateDone'), onDone: () => setOpen(undefined) },
  );
  const activate = useAct(
    (_: undefined, header: string) =>
      bodyOf(
        api.POST('/api/definitions/{key}/versions/{version}/activate', {
          params: { ...params, header: { 'Idempotency-Key': header } },
          body: {},
        }),
      ),
    { stale, done: t('definitions.activateDone') },
  );
  const mayDeploy = hasDuty(person, 'operate', '*');
  const items = [
    { key: 'deactivate', label: t('definitions.deactivate'), hidden: deactivated !== undefined },
    { key: 'activate', label: t('definitions.activate'), hidden: deactivated === undefined },
    { key: 'roll-back', label: t('definitions.rollBack'), hidden: newest },
  ].filter(({ hidden }) => !hidden);
  const perform = (act: string) => {
    if (act === 'activate') activate.mutate(undefined);
    else setOpen(act === 'deactivate' ? 'deactivate' : 'roll-back');
  };
  return (
    <div className="version-acts">
      {before !== undefined && (
        <Link to={`/definitions/${key}?version=${version}&compare=${before}..${version}`}>
          {t('definitions.compare', { n: before })}
        </Link>
      )}
      {mayDeploy && <a href={`/studio/${key}?version=${version}`}>{t('definitions.draw')}</a>}
      {mayDeploy && items.length > 0 && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: items.map(({ key: item, label }) => ({ key: item, label })),
            onClick: (info) => perform(info.key),
          }}
        >
          <Button size="small" aria-label={t('definitions.more', { n: version })}>
            …
          </Button>
        </Dropdown>
      )}
      {open === 'deactivate' && (
        <ReasonDialog
          title={t('definitions.deactivate')}
          hint={t('definitions.deactivateHint')}
          busy={deactivate.isPending}
          close={() => setOpen(undefined)}
          confirm={(reason) => deactivate.mutate(reason)}
        />
      )}
      {open === 'roll-back' && <RollBack definition={definition} close={() => setOpen(undefined)} />}
    </div>
  );
}
