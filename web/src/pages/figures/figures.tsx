/** The satisfaction figures of a week, facility by facility, as they were sent on Friday. */
import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { weekReportsQuery } from '../../api/patient-queries.ts';
import { Choice } from '../../parts/choice.tsx';
import { Empty } from '../../parts/empty.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { FacilityFilter, useParameter } from '../../parts/list-filters.tsx';
import { dayInWords } from '../../parts/time.ts';
import { useWords } from '../../words/index.ts';
import { WeekPanel } from './week-panel.tsx';

/** The local day of its end: `BJ/2027-03-05`. */
const dayOf = (report: string): string => report.slice(report.lastIndexOf('/') + 1);

export function Figures() {
  const { t, language } = useWords();
  const [facility] = useParameter('facility');
  const [week, setWeek] = useParameter('week');
  const list = useQuery(weekReportsQuery(facility));
  const items = list.data?.items ?? [];
  const weeks = [...new Set(items.map(({ report }) => dayOf(report)))];
  const chosen = week !== undefined && weeks.includes(week) ? week : weeks[0];
  return (
    <>
      <div className="heading">
        <h1>{t('figures.title')}</h1>
        <span className="spring" />
        {chosen !== undefined && (
          <Choice
            label={t('figures.week')}
            value={chosen}
            onChange={setWeek}
            options={weeks.map((value) => ({ value, label: `${value.slice(0, 4)} · ${dayInWords(value, language)}` }))}
          />
        )}
        <FacilityFilter />
      </div>
      {list.isPending && <Skeleton active />}
      {list.error && <ErrorNotice error={list.error} retry={() => void list.refetch()} />}
      {list.data && items.length === 0 && <Empty title={t('figures.empty')} hint={t('figures.emptyHint')} />}
      {items
        .filter(({ report }) => dayOf(report) === chosen)
        .map((one) => (
          <WeekPanel key={one.report} report={one} />
        ))}
    </>
  );
}
