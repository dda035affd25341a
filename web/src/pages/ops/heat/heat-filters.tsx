/** For which facility, and since when, the numbers of elements are counted. */
import { useMemo } from 'react';
import { Choice } from '../../../parts/choice.tsx';
import { FacilityFilter, useParameter } from '../../../parts/list-filters.tsx';
import { useWords } from '../../../words/index.ts';

const dayMs = 86_400_000;
const periods = ['7', '30', '90', 'all'] as const;
const usual = '30';

/** Where the period begins; it stays the same while the page is open. */
export function usePeriod(): string | undefined {
  const [days = usual] = useParameter('days');
  return useMemo(
    () => (days === 'all' ? undefined : new Date(Date.now() - Number(days) * dayMs).toISOString()),
    [days],
  );
}

export function HeatFilters() {
  const { t } = useWords();
  const [days = usual, setDays] = useParameter('days');
  return (
    <>
      <FacilityFilter />
      <Choice
        className="filter-wide"
        label={t('ops.heat.period')}
        value={days}
        onChange={setDays}
        options={periods.map((value) => ({
          value,
          label: value === 'all' ? t('ops.heat.everything') : t('ops.heat.days', { n: value }),
        }))}
      />
    </>
  );
}
