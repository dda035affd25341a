/** The roles of a person, a row for each: where, which, from which day until which. */
import { Button, Select } from 'antd';
import { DayField } from '../../../parts/day-field.tsx';
import { useWords } from '../../../words/index.ts';
import { useRoles } from '../roles.ts';
import { isComplete, newRoleRow, type RoleRow } from './role-rows.ts';

export interface RoleEditorProps {
  rows: RoleRow[];
  /** Incomplete rows are marked. */
  checked: boolean;
  onChange(rows: RoleRow[]): void;
}

export function RoleEditor({ rows, checked, onChange }: RoleEditorProps) {
  const { t } = useWords();
  const { places } = useRoles();
  const put = (changed: RoleRow) => onChange(rows.map((row) => (row.key === changed.key ? changed : row)));
  return (
    <fieldset className="bare role-editor">
      <legend>{t('staff.roles')}</legend>
      {rows.map((row) => (
        <Row
          key={row.key}
          row={row}
          wrong={checked && !isComplete(row)}
          onChange={put}
          remove={() => onChange(rows.filter((one) => one.key !== row.key))}
        />
      ))}
      <Button
        type="dashed"
        onClick={() => onChange([...rows, newRoleRow(places.length === 1 ? places[0]?.value : undefined)])}
      >
        {t('staff.addRole')}
      </Button>
    </fieldset>
  );
}

interface RowProps {
  row: RoleRow;
  wrong: boolean;
  onChange(row: RoleRow): void;
  remove(): void;
}

function Row({ row, wrong, onChange, remove }: RowProps) {
  const { t } = useWords();
  const { places, givenAt, nameOf } = useRoles();
  const given = givenAt(row.facility);
  // A role that somebody else has given stays as it is.
  const choices =
    row.role === '' || given.some(({ value }) => value === row.role)
      ? given
      : [...given, { value: row.role, label: nameOf(row.role) }];
  return (
    <div className="role-row">
      <Select
        aria-label={t('column.facility')}
        placeholder={t('column.facility')}
        value={row.facility || null}
        options={places}
        onChange={(facility) =>
          onChange({
            ...row,
            facility,
            role: givenAt(facility).some(({ value }) => value === row.role) ? row.role : '',
          })
        }
      />
      <Select
        aria-label={t('staff.role')}
        placeholder={t('staff.role')}
        value={row.role || null}
        options={choices}
        showSearch={{ optionFilterProp: 'label' }}
        disabled={row.facility === ''}
        onChange={(role) => onChange({ ...row, role })}
      />
      <DayField
        label={t('staff.firstDay')}
        value={row.firstDay}
        onChange={(firstDay) => onChange({ ...row, firstDay })}
      />
      <DayField label={t('staff.lastDay')} value={row.lastDay} onChange={(lastDay) => onChange({ ...row, lastDay })} />
      <Button aria-label={t('staff.removeRole')} onClick={remove}>
        {t('common.remove')}
      </Button>
      {wrong && <p className="bad">{t('staff.roleIncomplete')}</p>}
    </div>
  );
}
