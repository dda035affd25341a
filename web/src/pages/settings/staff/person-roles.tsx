/** Changes the roles of a person. */
import { Button } from 'antd';
import { useState } from 'react';
import type { components } from '../../../../generated/api.d.ts';
import { api, bodyOf } from '../../../api/client.ts';
import { FieldProblems } from '../../../parts/field-problems.tsx';
import { useAct } from '../../../parts/use-act.ts';
import { useWords } from '../../../words/index.ts';
import { RoleEditor } from './role-editor.tsx';
import { isComplete, roleOf, rowOf } from './role-rows.ts';
import { useZoneOf } from './zone-of.ts';

export function PersonRoles({ person }: { person: components['schemas']['Person'] }) {
  const { t } = useWords();
  const zoneOf = useZoneOf();
  const [before] = useState(() => person.roles.map((role) => rowOf(role, zoneOf)));
  const [rows, setRows] = useState(before);
  const [checked, setChecked] = useState(false);
  const save = useAct(
    () =>
      bodyOf(
        api.PUT('/api/staff/{id}/roles', {
          params: { path: { id: person.id } },
          body: { roles: rows.map((row) => roleOf(row, zoneOf)) },
        }),
      ),
    { done: t('staff.rolesSaved'), stale: ['staff'], onRefused: () => true },
  );
  const submit = () => {
    setChecked(true);
    if (rows.every(isComplete)) save.mutate(undefined);
  };
  return (
    <section className="panel">
      <h2>{t('staff.roles')}</h2>
      <div className="note">
        <RoleEditor rows={rows} checked={checked} onChange={setRows} />
        {save.error && <FieldProblems error={save.error} />}
      </div>
      <div className="acts">
        <Button type="primary" disabled={rows === before} loading={save.isPending} onClick={submit}>
          {t('common.save')}
        </Button>
        <span className="soft">{t('staff.endsSessions')}</span>
      </div>
    </section>
  );
}
