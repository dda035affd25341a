/** How the installation does at a glance: what is stuck, workers, rows, calendars, letters, and the way to Temporal's own pages. */
import { useQueries, useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { Link } from 'react-router';
import { calendarsQuery } from '../../../api/settings-queries.ts';
import { ErrorNotice } from '../../../parts/error-notice.tsx';
import { Figure } from '../../../parts/figure.tsx';
import { spanInWords } from '../../../parts/span.ts';
import { instantInWords } from '../../../parts/time.ts';
import { useWords } from '../../../words/index.ts';
import { lettersQuery, messagesQuery, runtimeQuery, totalsQuery } from '../runtime-queries.ts';
import { ReadyQueries } from './ready-queries.tsx';

/** A worker asks for work at least that often. */
const awayMs = 120_000;
const slowRowsMs = 5000;

export function Overview() {
  const { t, language, listed } = useWords();
  const runtime = useQuery(runtimeQuery);
  const [totals, letters, messages, calendars] = useQueries({
    queries: [totalsQuery, lettersQuery({ status: 'failed' }), messagesQuery('waiting'), calendarsQuery],
  });
  if (runtime.isPending) return <Skeleton active />;
  if (!runtime.data) return <ErrorNotice error={runtime.error} retry={() => void runtime.refetch()} />;
  const { workers, rows, at, taskQueue, temporal } = runtime.data;
  const alive = workers?.filter((one) => Date.parse(at) - Date.parse(one.seenAt) < awayMs) ?? [];
  const missing = calendars.data?.items.flatMap((one) => one.missing.map((year) => ({ id: one.id, year }))) ?? [];
  const count = (page: { items: unknown[]; nextCursor?: string | undefined } | undefined) =>
    page === undefined ? '…' : `${page.items.length}${page.nextCursor === undefined ? '' : '+'}`;
  return (
    <>
      <div className="heading">
        <h1>{t('ops.nav.overview')}</h1>
      </div>
      <ul className="figures">
        <Figure
          label={t('ops.incidents.title')}
          value={String(totals.data?.stopped ?? '…')}
          bad={(totals.data?.stopped ?? 0) > 0}
        >
          <Link to="/ops">{t('ops.overview.free')}</Link>
        </Figure>
        <Figure
          label={t('instances.overdue')}
          value={String(totals.data?.overdue ?? '…')}
          bad={(totals.data?.overdue ?? 0) > 0}
        >
          <Link to="/instances?status=active&overdue=1">{t('ops.overview.show')}</Link>
        </Figure>
        <Figure label={t('ops.overview.workers')} value={String(alive.length)} bad={alive.length === 0}>
          {workers === null ? t('ops.overview.temporalAway') : t('ops.overview.queue', { name: taskQueue })}
        </Figure>
        <Figure
          label={t('ops.overview.rows')}
          value={rows.medianMs === undefined ? '–' : spanOf(rows.medianMs)}
          bad={(rows.medianMs ?? 0) > slowRowsMs}
        >
          {rows.mostMs !== undefined && t('ops.overview.rowsMost', { time: spanOf(rows.mostMs) })}
        </Figure>
        <Figure
          label={t('ops.overview.letters')}
          value={count(letters.data)}
          bad={(letters.data?.items.length ?? 0) > 0}
        >
          <Link to="/ops/letters?status=failed">{t('ops.overview.resend')}</Link>
        </Figure>
        <Figure label={t('ops.overview.messages')} value={count(messages.data)}>
          <Link to="/ops/messages">{t('ops.overview.show')}</Link>
        </Figure>
        <Figure
          label={t('ops.overview.calendar')}
          value={missing.length === 0 ? t('ops.overview.calendarFine') : listed(missing.map((one) => one.year))}
          bad={missing.length > 0}
        >
          {missing.length > 0 ? t('ops.overview.calendarMissing') : undefined}
        </Figure>
      </ul>
      {workers !== null && (
        <section className="panel">
          <h2>{t('ops.overview.workers')}</h2>
          {workers.length === 0 ? (
            <p className="note bad">{t('ops.overview.noWorkers')}</p>
          ) : (
            <ul className="plain">
              {workers.map((one) => (
                <li key={one.identity} className="report-head">
                  <span className="strong">{one.identity}</span>
                  {one.kinds.map((kind) => (
                    <span key={kind} className="tag">
                      {t(`ops.worker.${kind}`)}
                    </span>
                  ))}
                  <span className="soft">
                    {t('ops.overview.seen', { time: instantInWords(one.seenAt, { language, seconds: true }) })}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </section>
      )}
      {temporal && <ReadyQueries temporal={temporal} />}
    </>
  );

  function spanOf(ms: number): string {
    return ms < 1000 ? t('ops.overview.ms', { n: ms }) : spanInWords(ms, t);
  }
}
