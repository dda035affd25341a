/** Working calendars: a year at a glance, the notice it rests on, what is missing, and the import of a notice. */
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Skeleton } from 'antd';
import { lazy, Suspense, useState } from 'react';
import type { components } from '../../../../generated/api.d.ts';
import { calendarsQuery, calendarYearQuery } from '../../../api/settings-queries.ts';
import { Choice } from '../../../parts/choice.tsx';
import { ErrorNotice } from '../../../parts/error-notice.tsx';
import { useParameter } from '../../../parts/list-filters.tsx';
import { useFacilityName } from '../../../parts/zone.ts';
import { hasDuty, usePerson } from '../../../person.ts';
import { useWords } from '../../../words/index.ts';
import { YearView } from './year-view.tsx';

const ImportNotice = lazy(async () => ({ default: (await import('./import-notice.tsx')).ImportNotice }));

export function Calendars() {
  const list = useQuery(calendarsQuery);
  const [chosen, choose] = useParameter('calendar');
  if (list.isPending) return <Skeleton active />;
  if (list.error) return <ErrorNotice error={list.error} retry={() => void list.refetch()} />;
  const calendar = list.data.items.find(({ id }) => id === chosen) ?? list.data.items[0];
  return calendar && <OneCalendar key={calendar.id} calendar={calendar} all={list.data.items} choose={choose} />;
}

interface OneCalendarProps {
  calendar: components['schemas']['WorkingCalendar'];
  all: OneCalendarProps['calendar'][];
  choose(id: string): void;
}

function OneCalendar({ calendar, all, choose }: OneCalendarProps) {
  const { t, listed } = useWords();
  const facilityName = useFacilityName();
  const person = usePerson();
  const [asked, setYear] = useParameter('year');
  const [importing, setImporting] = useState(false);
  const year = Number(asked ?? new Date().getFullYear());
  const shown = useQuery(calendarYearQuery(calendar.id, year));
  const placesOf = ({ facilities }: OneCalendarProps['calendar']) => listed(facilities.map(facilityName));
  const mayImport = person.roles.some(({ facility, duties }) => facility === '*' && duties.includes('operate'));
  return (
    <>
      <div className="heading">
        <h1>{t('settings.page.calendar')}</h1>
        {all.length > 1 && (
          <Choice
            label={t('settings.page.calendar')}
            value={calendar.id}
            onChange={choose}
            options={all.map((one) => ({ value: one.id, label: `${one.id} · ${placesOf(one)}` }))}
          />
        )}
        <span className="soft">{t('calendar.for', { places: placesOf(calendar), version: calendar.version })}</span>
        <span className="spring" />
        <Button aria-label={t('calendar.previous')} onClick={() => setYear(String(year - 1))}>
          ‹
        </Button>
        <strong>{t('calendar.year', { year })}</strong>
        <Button aria-label={t('calendar.next')} onClick={() => setYear(String(year + 1))}>
          ›
        </Button>
        {mayImport && hasDuty(person, 'operate') && (
          <Button type="primary" onClick={() => setImporting(!importing)} aria-expanded={importing}>
            {t('calendar.import')}
          </Button>
        )}
      </div>
      {calendar.missing.map((one) => (
        <Alert key={one} type="warning" showIcon className="spaced" title={t('calendar.missing', { year: one })} />
      ))}
      {calendar.pending > 0 && (
        <Alert type="info" showIcon className="spaced" title={t('calendar.pending', { n: calendar.pending })} />
      )}
      {importing && (
        <Suspense>
          <ImportNotice
            calendar={calendar}
            taken={(of) => {
              setImporting(false);
              setYear(String(of));
            }}
          />
        </Suspense>
      )}
      {shown.error && <ErrorNotice error={shown.error} />}
      {shown.isPending && <Skeleton active />}
      {shown.data && <YearView year={shown.data} />}
    </>
  );
}
