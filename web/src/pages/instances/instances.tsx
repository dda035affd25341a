/** Instances of all processes a person may see, by whatever they are known by; operators act on many of them. */
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useSearchParams } from 'react-router';
import { profileQuery } from '../../api/queries.ts';
import { instanceFiltersOf } from '../../parts/instance-filters.ts';
import { Labelled } from '../../parts/labelled.tsx';
import { SharedFilters, useParameter } from '../../parts/list-filters.tsx';
import { hasDuty, usePerson } from '../../person.ts';
import { useWords } from '../../words/index.ts';
import { InstanceList } from './instance-list.tsx';
import { LineageFilter } from './lineage-filter.tsx';
import { StartedFilter } from './started-filter.tsx';
import { Totals } from './totals.tsx';
import '../../styles/ops.css';
import { Choice } from '../../parts/choice.tsx';

const TotalsBy = lazy(async () => ({ default: (await import('./totals-by.tsx')).TotalsBy }));
const ProcessFilters = lazy(async () => ({ default: (await import('./process-filters.tsx')).ProcessFilters }));

const statuses = ['active', 'completed', 'cancelled', 'terminated', 'failed'] as const;
const orders = ['-startedAt', 'startedAt', 'stageSince', 'dueAt', '-endedAt', 'businessKey'] as const;

export function Instances() {
  const { t } = useWords();
  const person = usePerson();
  const [search] = useSearchParams();
  const filters = instanceFiltersOf(search);
  const [status, setStatus] = useParameter('status');
  const operates = hasDuty(person, 'operate');
  return (
    <>
      <div className="heading">
        <h1>{t('ops.title')}</h1>
      </div>
      <div className="filters">
        <SharedFilters />
        <Choice
          label={t('ops.filter.status')}
          value={status ?? ''}
          onChange={setStatus}
          options={[
            { value: '', label: t('instances.everyStatus') },
            ...statuses.map((value) => ({ value, label: t(`status.${value}`) })),
          ]}
        />
        <StartedFilter />
        <Order process={filters.process} />
      </div>
      <Suspense>{filters.process && <ProcessFilters process={filters.process} />}</Suspense>
      <LineageFilter />
      <Totals filters={filters} />
      <Suspense>
        <TotalsBy filters={filters} />
      </Suspense>
      <InstanceList emptyTitle={t('ops.empty')} operates={operates} />
    </>
  );
}

function Order({ process }: { process: string | undefined }) {
  const { t, named } = useWords();
  const [sort, setSort] = useParameter('sort');
  const profile = useQuery({ ...profileQuery(process ?? ''), enabled: process !== undefined });
  const columns = process === undefined ? [] : (profile.data?.columns ?? []);
  return (
    <Labelled label={t('instances.sort')}>
      <Choice
        className="filter-wide"
        label={t('instances.sort')}
        value={sort ?? '-startedAt'}
        onChange={setSort}
        options={[
          ...orders.map((value) => ({ value, label: t(`instances.sort.${value}`) })),
          ...columns.flatMap((column) => [
            { value: `column.${column.id}`, label: `${named(column)} ↑` },
            { value: `-column.${column.id}`, label: `${named(column)} ↓` },
          ]),
        ]}
      />
    </Labelled>
  );
}
