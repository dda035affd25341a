/** Filters by the searchable columns of a process: choices by their labels, numbers and days by range, texts as they are. */
import { InputNumber, Select } from 'antd';
import { useSearchParams } from 'react-router';
import type { DefinitionProfile } from '../../api/client.ts';
import { SearchField } from '../../parts/search-field.tsx';
import { useWords } from '../../words/index.ts';

type Column = DefinitionProfile['columns'][number];

export function ColumnFilters({ columns }: { columns: Column[] }) {
  return columns.filter((one) => one.searchable).map((column) => <ColumnFilter key={column.id} column={column} />);
}

/** Sets all values of one parameter of the address. */
function useValues(name: string): [string[], (values: string[]) => void] {
  const [search, setSearch] = useSearchParams();
  return [
    search.getAll(name),
    (values) =>
      setSearch((before) => {
        const next = new URLSearchParams(before);
        next.delete(name);
        for (const value of values) if (value !== '') next.append(name, value);
        return next;
      }),
  ];
}

function ColumnFilter({ column }: { column: Column }) {
  const { named } = useWords();
  const [values, setValues] = useValues(`column.${column.id}`);
  const label = named(column);
  switch (column.type) {
    case 'choice':
      return (
        <Select
          mode="multiple"
          className="filter-wide"
          aria-label={label}
          placeholder={label}
          maxTagCount="responsive"
          value={values}
          onChange={setValues}
          options={(column.choices ?? []).map((one) => ({ value: one.value, label: named(one) }))}
        />
      );
    case 'text':
    case 'person':
      return (
        <SearchField
          className="filter-wide"
          label={label}
          placeholder={label}
          value={values[0]}
          onSearch={(text) => setValues([text])}
        />
      );
    case 'number':
    case 'money':
    case 'date':
      return <RangeFilter column={column} label={label} />;
  }
}

function RangeFilter({ column, label }: { column: Column; label: string }) {
  const { t } = useWords();
  const [from, setFrom] = useValues(`column.${column.id}.from`);
  const [to, setTo] = useValues(`column.${column.id}.to`);
  const ends = [
    { name: t('instances.from', { what: label }), value: from[0], set: setFrom },
    { name: t('instances.to', { what: label }), value: to[0], set: setTo },
  ];
  return (
    <span className="range">
      <span className="soft">{label}</span>
      {ends.map(({ name, value, set }) =>
        column.type === 'date' ? (
          <input
            key={name}
            type="date"
            className="day"
            aria-label={name}
            title={name}
            value={value ?? ''}
            onChange={(event) => set([event.target.value])}
          />
        ) : (
          <InputNumber
            key={name}
            aria-label={name}
            {...(value !== undefined && { defaultValue: shownNumber(column, value) })}
            onBlur={(event) => set([typedNumber(column, event.target.value)])}
            onPressEnter={(event) => set([typedNumber(column, event.currentTarget.value)])}
          />
        ),
      )}
    </span>
  );
}

/** Money is searched in cents and typed in yuan. */
const shownNumber = ({ type }: Column, value: string): number =>
  type === 'money' ? Number(value) / 100 : Number(value);

function typedNumber({ type }: Column, typed: string): string {
  const value = Number(typed.replaceAll(',', ''));
  if (typed.trim() === '' || !Number.isFinite(value)) return '';
  return String(type === 'money' ? Math.round(value * 100) : value);
}
