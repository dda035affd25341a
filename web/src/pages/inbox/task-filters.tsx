/** Filters of the task list. They live in the address. */
import { Input, type InputRef, Segmented, Select } from 'antd';
import type { Ref } from 'react';
import { useSearchParams } from 'react-router';
import { useProcessNames } from '../../parts/process-names.ts';
import { usePerson } from '../../person.ts';
import { useWords } from '../../words/index.ts';

/** Sets one parameter of the address, or removes it. */
export function useParameter(name: string): [string | undefined, (value: string | undefined) => void] {
  const [search, setSearch] = useSearchParams();
  return [
    search.get(name) ?? undefined,
    (value) =>
      setSearch((before) => {
        const next = new URLSearchParams(before);
        if (value === undefined || value === '') next.delete(name);
        else next.set(name, value);
        return next;
      }),
  ];
}

const dueBands = ['all', 'overdue', 'today', 'week'] as const;

export function TaskFilters({ searchBox }: { searchBox: Ref<InputRef> }) {
  const { t } = useWords();
  const [due, setDue] = useParameter('due');
  const [sort, setSort] = useParameter('sort');
  return (
    <div className="filters">
      <Segmented
        value={due ?? 'all'}
        onChange={(value) => setDue(value === 'all' ? undefined : value)}
        options={dueBands.map((value) => ({ value, label: t(`inbox.due.${value}`) }))}
      />
      <SharedFilters searchBox={searchBox} />
      <Select
        aria-label={t('inbox.sort.due')}
        value={sort ?? 'due'}
        onChange={(value) => setSort(value === 'due' ? undefined : value)}
        options={(['due', 'created', 'priority'] as const).map((value) => ({ value, label: t(`inbox.sort.${value}`) }))}
      />
    </div>
  );
}

/** Text, facility and process: of lists of tasks and of instances. */
export function SharedFilters({ searchBox }: { searchBox?: Ref<InputRef> }) {
  const { t } = useWords();
  const { facilities } = usePerson();
  const processes = useProcessNames();
  const [q, setQ] = useParameter('q');
  const [facility, setFacility] = useParameter('facility');
  const [process, setProcess] = useParameter('process');
  return (
    <>
      <Input.Search
        className="grow"
        {...(searchBox && { ref: searchBox })}
        allowClear
        placeholder={t('inbox.search')}
        aria-label={t('common.search')}
        defaultValue={q}
        onSearch={(value) => setQ(value.trim())}
      />
      {facilities.length > 1 && (
        <Select
          aria-label={t('inbox.facility')}
          value={facility ?? ''}
          onChange={setFacility}
          options={[
            { value: '', label: t('inbox.facilityAll') },
            ...facilities.map(({ code, name }) => ({ value: code, label: name })),
          ]}
        />
      )}
      {processes.list.length > 1 && (
        <Select
          aria-label={t('inbox.process')}
          value={process ?? ''}
          onChange={setProcess}
          options={[{ value: '', label: t('inbox.processAll') }, ...processes.list]}
        />
      )}
    </>
  );
}
