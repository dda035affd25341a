/** Filters of the task list, and its order. */
import { type InputRef, Segmented, Select } from 'antd';
import type { Ref } from 'react';
import { SharedFilters, useParameter } from '../../parts/list-filters.tsx';
import { useWords } from '../../words/index.ts';

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
