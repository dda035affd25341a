/** What begins processes by the clock, of all definitions: when next, what failed; pause, resume, begin one now. */
import { useQueries, useQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { Link } from 'react-router';
import { api, bodyOf } from '../../../api/client.ts';
import { processesQuery } from '../../../api/queries.ts';
import { casePath } from '../../../parts/case-path.ts';
import { Empty } from '../../../parts/empty.tsx';
import { ErrorNotice } from '../../../parts/error-notice.tsx';
import { useProcessNames } from '../../../parts/process-names.ts';
import { instantInWords } from '../../../parts/time.ts';
import { useAct } from '../../../parts/use-act.ts';
import { useFacilityName } from '../../../parts/zone.ts';
import { usePerson } from '../../../person.ts';
import { useWords } from '../../../words/index.ts';
import { type Schedule, schedulesQuery } from '../runtime-queries.ts';

export function Schedules() {
  const { t } = useWords();
  const processes = useQuery(processesQuery);
  const lists = useQueries({ queries: (processes.data?.items ?? []).map(({ key }) => schedulesQuery(key)) });
  const items = lists.flatMap(({ data }) => data?.items ?? []);
  const error = processes.error ?? lists.find((one) => one.error)?.error;
  const pending = processes.isPending || lists.some((one) => one.isPending);
  return (
    <>
      <div className="heading">
        <h1>{t('ops.nav.schedules')}</h1>
      </div>
      {error && <ErrorNotice error={error} />}
      {pending && <Skeleton active />}
      {!pending && items.length === 0 && <Empty title={t('ops.schedules.empty')} hint={t('ops.schedules.emptyHint')} />}
      <ul className="tiles">
        {items.map((schedule) => (
          <ScheduleTile key={`${schedule.process} ${schedule.id}`} schedule={schedule} />
        ))}
      </ul>
    </>
  );
}

function ScheduleTile({ schedule }: { schedule: Schedule }) {
  const { t, language, pick, named } = useWords();
  const { roles } = usePerson();
  const { nameOf } = useProcessNames();
  const facilityName = useFacilityName();
  const { process, id, facility, expression, zone, nextAt, paused, failure, last, fired } = schedule;
  const elementName = named({ name: schedule.elementName, englishName: schedule.elementEnglishName });
  // Schedules are of the whole group.
  const operates = roles.some((held) => held.facility === '*' && held.duties.includes('operate'));
  const act = useAct(
    (what: 'pause' | 'resume' | 'trigger', key: string) =>
      bodyOf(
        api.POST(`/api/definitions/{key}/schedules/{schedule}/${what}`, {
          params: { path: { key: process, schedule: id }, header: { 'Idempotency-Key': key } },
          body: {},
        }),
      ),
    { done: (answer: { happened: { zh: string; en: string } }) => pick(answer.happened), stale: ['schedules'] },
  );
  const time = (instant: string) => instantInWords(instant, { language, zone });
  return (
    <li className="panel tile">
      <div className="report-head">
        <span className="strong">{nameOf(process)}</span>
        <span>{elementName}</span>
        <span className="soft">
          {facilityName(facility)} · {expression}
        </span>
        {paused && <span className="tag warn">{t('ops.batch.stopped')}</span>}
        <span className="spring" />
        {operates && (
          <>
            <Button loading={act.isPending} onClick={() => act.mutate(paused ? 'resume' : 'pause')}>
              {paused ? t('ops.batch.resume') : t('ops.batch.stop')}
            </Button>
            <Button loading={act.isPending} onClick={() => act.mutate('trigger')}>
              {t('ops.schedules.trigger')}
            </Button>
          </>
        )}
      </div>
      <p className="soft">
        {nextAt === null ? t('ops.schedules.noNext') : t('ops.schedules.next', { time: time(nextAt) })}
        {' · '}
        {t('ops.schedules.fired', { n: fired })}
      </p>
      {last && (
        <p className="soft">
          {t('ops.schedules.last', { time: time(last.at) })} <Link to={casePath(last.instance)}>{last.instance}</Link>
        </p>
      )}
      {failure && (
        <p className="bad">
          {pick(failure.words)} {t('ops.schedules.retry', { time: time(failure.retryAt) })}
        </p>
      )}
    </li>
  );
}
