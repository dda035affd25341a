/** What a notice would change: days, running instances, and what somebody should look at again. */
import { Alert } from 'antd';
import type { components } from '../../../../generated/api.d.ts';
import { useProcessNames } from '../../../parts/process-names.ts';
import { useWords } from '../../../words/index.ts';
import type { NoticeRead } from './read-notice.ts';
import { weekdaysIn } from './weekdays.ts';

export interface NoticeDiffProps {
  notice: NoticeRead;
  answer: components['schemas']['NoticeTaken'];
}

export function NoticeDiff({ notice, answer: { changes, running, due, warnings } }: NoticeDiffProps) {
  const { t, pick, language, listed } = useWords();
  const { nameOf } = useProcessNames();
  const names = weekdaysIn(language);
  const [off, worked] = [Object.keys(notice.off).length, Object.keys(notice.worked).length];
  const state = ({ working, reason }: { working: boolean; reason: string }) =>
    `${t(working ? 'calendar.isWorked' : 'calendar.isFree')} · ${reason}`;
  return (
    <div className="notice-diff" role="status">
      <p className="strong">{t('calendar.read', { title: notice.title, year: notice.year, off, worked })}</p>
      {warnings.map(({ message, date }) => (
        <Alert key={`${date} ${message.zh}`} type="warning" showIcon title={pick(message)} />
      ))}
      <p>
        {t('calendar.running', { n: running })}{' '}
        {due.length === 0
          ? t('calendar.noneMove')
          : t('calendar.mayMove', {
              n: due.reduce((sum, { count }) => sum + count, 0),
              which: listed(due.map(({ process, count }) => `${nameOf(process)} ${count}`)),
            })}
      </p>
      {changes.length === 0 ? (
        <p>{t('calendar.noChange')}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
        <section className="grid short" tabIndex={0} aria-label={t('calendar.changes', { n: changes.length })}>
          <table>
            <caption>{t('calendar.changes', { n: changes.length })}</caption>
            <thead>
              <tr>
                <th scope="col">{t('calendar.date')}</th>
                <th scope="col">{t('calendar.before')}</th>
                <th scope="col">{t('calendar.after')}</th>
              </tr>
            </thead>
            <tbody>
              {changes.map(({ date, weekday, before, after }) => (
                <tr key={date}>
                  <td>
                    {date} {names[weekday - 1]}
                  </td>
                  <td className="soft">{state(before)}</td>
                  <td className={before.working === after.working ? '' : 'strong'}>{state(after)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </div>
  );
}
