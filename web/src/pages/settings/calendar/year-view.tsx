/** Twelve months; each day says in its title why it is worked or free. */
import type { components } from '../../../../generated/api.d.ts';
import { useWords } from '../../../words/index.ts';
import { weekdaysIn } from './weekdays.ts';

type Year = components['schemas']['CalendarYear'];
type Day = Year['days'][number];

export function YearView({ year }: { year: Year }) {
  const { t } = useWords();
  const months = Array.from({ length: 12 }, (_, month) =>
    year.days.filter(({ date }) => Number(date.slice(5, 7)) === month + 1),
  );
  // Of a year without a notice all days are, and the line above says so.
  const marked = year.notice !== undefined;
  return (
    <>
      <p className="intro">
        {year.notice === undefined ? t('calendar.noNotice') : t('calendar.notice', { title: year.notice })}{' '}
        <span className="soft">{t('calendar.workingDays', { n: year.workingDays })}</span>
      </p>
      <ul className="plain day-legend">
        <li>
          <span className="day off" aria-hidden="true" /> {t('calendar.off')}
        </li>
        <li>
          <span className="day lieu" aria-hidden="true" /> {t('calendar.lieu')}
        </li>
        <li>
          <span className="day free" aria-hidden="true" /> {t('calendar.weekend')}
        </li>
        {marked && (
          <li>
            <span className="day provisional" aria-hidden="true" /> {t('calendar.provisional')}
          </li>
        )}
      </ul>
      <div className="months">
        {months.map((days) => (
          <Month key={days[0]?.date} days={days} marked={marked} />
        ))}
      </div>
    </>
  );
}

/** A holiday, a day worked in lieu, a weekend, or a day like others. */
function kindOf({ working, weekday }: Day): string {
  if (working) return weekday >= 6 ? 'lieu' : '';
  return weekday >= 6 ? 'free' : 'off';
}

/** A weekend that belongs to a holiday is called by it. */
const isHoliday = ({ working, reason }: Day): boolean => !working && !/^周[六日]$/.test(reason);

/** @param marked provisional days stand out */
function Month({ days, marked }: { days: Day[]; marked: boolean }) {
  const { t, language } = useWords();
  const [first] = days;
  if (!first) return null;
  const title = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    month: 'long',
    timeZone: 'UTC',
  }).format(new Date(first.date));
  const weeks: (Day | undefined)[][] = [];
  for (const day of days) {
    if (weeks.length === 0 || day.weekday === 1) weeks.push(Array.from({ length: 7 }, () => undefined));
    const week = weeks.at(-1);
    if (week) week[day.weekday - 1] = day;
  }
  return (
    <table className="month">
      <caption>{title}</caption>
      <thead>
        <tr>
          {weekdaysIn(language).map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week.find((day) => day)?.date}>
            {week.map((day, index) =>
              day ? (
                <td
                  key={day.date}
                  className={`day ${isHoliday(day) ? 'off' : kindOf(day)} ${marked && day.provisional ? 'provisional' : ''}`}
                  title={`${day.reason}${day.provisional ? ` · ${t('calendar.provisional')}` : ''}`}
                >
                  {Number(day.date.slice(8))}
                </td>
              ) : (
                // biome-ignore lint/suspicious/noArrayIndexKey: an empty place has nothing else
                <td key={index} />
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
