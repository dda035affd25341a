/** How many instances the filter finds, and how many of them are stuck, late, or stand longer than usual: each a filter of its own. */
import { useQuery } from '@tanstack/react-query';
import type { InstanceFilters } from '../../parts/instance-filters.ts';
import { useParameter } from '../../parts/list-filters.tsx';
import { useWords } from '../../words/index.ts';
import { instanceTotalsQuery } from './instance-queries.ts';

export function Totals({ filters }: { filters: InstanceFilters }) {
  const { t } = useWords();
  const { data } = useQuery(instanceTotalsQuery(filters));
  const [incident, setIncident] = useParameter('incident');
  const [overdue, setOverdue] = useParameter('overdue');
  const [longer, setLonger] = useParameter('longerThanUsual');
  const longerTotals = useQuery(instanceTotalsQuery({ ...filters, longerThanUsual: true }));
  return (
    <ul className="causes" aria-label={t('instances.totals')}>
      <li className="total" aria-live="polite">
        {data ? t('ops.incidents.count', { n: data.total }) : '…'}
      </li>
      <li>
        <button
          type="button"
          aria-pressed={incident !== undefined}
          onClick={() => setIncident(incident === undefined ? '1' : undefined)}
        >
          {t('case.incident')} <b>{data?.stopped ?? '…'}</b>
        </button>
      </li>
      <li>
        <button
          type="button"
          aria-pressed={overdue !== undefined}
          onClick={() => setOverdue(overdue === undefined ? '1' : undefined)}
        >
          {t('instances.overdue')} <b>{data?.overdue ?? '…'}</b>
        </button>
      </li>
      <li>
        <button
          type="button"
          title={t('instances.longerHint')}
          aria-pressed={longer !== undefined}
          onClick={() => setLonger(longer === undefined ? '1' : undefined)}
        >
          {t('instances.longer')} <b>{longerTotals.data?.total ?? '…'}</b>
        </button>
      </li>
    </ul>
  );
}
