/** What the list of tasks is narrowed down by: due bands with their numbers, text, facility, process, who has it, and the process's own columns. */
import { useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import type { Ref } from 'react';
import { useSearchParams } from 'react-router';
import { countsQuery, profileQuery } from '../../api/queries.ts';
import { Choice } from '../../parts/choice.tsx';
import { SharedFilters, useParameter } from '../../parts/list-filters.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { useWords } from '../../words/index.ts';
import type { ProcessColumn } from './column-text.ts';
import { type AssigneeChoice, assigneeChoices, isFiltered, type Tab } from './inbox-address.ts';
import { tally } from './tally.ts';

const dueBands = ['all', 'overdue', 'today', 'week'] as const;

export function TaskFilters({ searchBox, tab }: { searchBox: Ref<HTMLInputElement>; tab: Tab }) {
  const { t, named } = useWords();
  const [search, setSearch] = useSearchParams();
  const [process] = useParameter('process');
  const { data: profile } = useQuery({ ...profileQuery(process ?? ''), enabled: process !== undefined });
  const stages = profile?.stages ?? [];
  const searched = profile?.columns.filter(
    ({ searchable, type }) => searchable && type !== 'money' && type !== 'number',
  );
  return (
    <div className="filters">
      {tab === 'todo' && <DueBands />}
      <SharedFilters searchBox={searchBox} />
      {tab === 'todo' && <AssigneeFilter />}
      {stages.length > 1 && (
        <ParameterSelect
          name="stage"
          label={t('column.stage')}
          options={stages.map((one) => ({ value: one.id, label: named(one) }))}
        />
      )}
      {searched?.map((column) => (
        <ColumnFilter key={column.id} column={column} />
      ))}
      {isFiltered(search) && (
        <Button type="link" onClick={() => setSearch(tab === 'todo' ? {} : { tab })}>
          {t('common.clear')}
        </Button>
      )}
    </div>
  );
}

function DueBands() {
  const { t } = useWords();
  const { data: counts } = useQuery(countsQuery);
  const [due, setDue] = useParameter('due');
  return (
    <Segmented
      aria-label={t('column.due')}
      value={due ?? 'all'}
      onChange={(value) => setDue(value === 'all' ? undefined : value)}
      options={dueBands.map((value) => ({
        value,
        label: (
          <>
            {t(`inbox.due.${value}`)}
            {counts && value !== 'all' && <span className="tally">{tally(counts[value])}</span>}
          </>
        ),
      }))}
    />
  );
}

function AssigneeFilter() {
  const { t } = useWords();
  const [assignee, setAssignee] = useParameter('assignee');
  return (
    <Choice<AssigneeChoice>
      label={t('column.assignee')}
      value={assigneeChoices.find((one) => one === assignee) ?? 'available'}
      onChange={(value) => setAssignee(value === 'available' ? undefined : value)}
      options={assigneeChoices.map((value) => ({ value, label: t(`inbox.assignee.${value}`) }))}
    />
  );
}

/** A choice by its label; anything else by its text, as it begins. */
function ColumnFilter({ column }: { column: ProcessColumn }) {
  const { named } = useWords();
  const name = `column.${column.id}`;
  const [value, setValue] = useParameter(name);
  const label = named(column);
  if (column.choices)
    return (
      <ParameterSelect
        name={name}
        label={label}
        options={column.choices.map((one) => ({ value: one.value, label: named(one) }))}
      />
    );
  return (
    <SearchField
      className="short"
      label={label}
      placeholder={column.type === 'date' ? `${label} YYYY-MM-DD` : label}
      value={value}
      onSearch={setValue}
    />
  );
}

function ParameterSelect(props: { name: string; label: string; options: { value: string; label: string }[] }) {
  const { name, label, options } = props;
  const { t } = useWords();
  const [value, setValue] = useParameter(name);
  return (
    <Choice
      label={label}
      value={value ?? ''}
      onChange={setValue}
      options={[{ value: '', label: t('inbox.any', { name: label }) }, ...options]}
    />
  );
}
