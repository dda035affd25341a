/** Incidents by cause, with retry, skip and further acts for one instance or all that match; the first page of operators. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useSearchParams } from 'react-router';
import { BulkBar, useBulkActs } from '../../../parts/batches/bulk-acts.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { ErrorNotice } from '../../../parts/error-notice.tsx';
import { SharedFilters } from '../../../parts/list-filters.tsx';
import { LoadMore } from '../../../parts/load-more.tsx';
import { useWords } from '../../../words/index.ts';
import { CauseFilter } from './cause-filter.tsx';
import { type IncidentFilter, stuckQuery, stuckTotalsQuery } from './incident-queries.ts';
import { StuckList } from './stuck-list.tsx';

function incidentFilterOf(search: URLSearchParams): IncidentFilter {
  const text = (name: string) => search.get(name) || undefined;
  const [process, element, incidentCode] = [text('process'), text('element'), text('incidentCode')];
  const [facility, q, version] = [text('facility'), text('q'), text('version')];
  return {
    ...(facility && { facility }),
    ...(process && { process }),
    ...(version && { version: Number(version) }),
    ...(element && { element }),
    ...(incidentCode && { incidentCode }),
    ...(q && { q }),
  };
}

export function Incidents() {
  const { t } = useWords();
  const [search] = useSearchParams();
  const filter = incidentFilterOf(search);
  const list = useInfiniteQuery(stuckQuery(filter));
  const totals = useQuery(stuckTotalsQuery(filter));
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const total = totals.data?.total ?? items.length;
  const bulk = useBulkActs(filter, items, total);
  return (
    <>
      <div className="heading">
        <h1>{t('ops.incidents.title')}</h1>
        {totals.data && <span className="soft">{t('ops.incidents.count', { n: total })}</span>}
      </div>
      <div className="filters">
        <SharedFilters />
      </div>
      <CauseFilter filter={filter} />
      {bulk.shown}
      <BulkBar bulk={bulk} />
      {list.isPending && <Skeleton active />}
      {list.error && <ErrorNotice error={list.error} retry={() => void list.refetch()} />}
      {list.data && items.length === 0 && (
        <Empty title={t('ops.incidents.empty')} hint={t('ops.incidents.emptyHint')} />
      )}
      <StuckList items={items} bulk={bulk} />
      <LoadMore list={list} />
    </>
  );
}
