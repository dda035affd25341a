/** One instance for everybody who may see it: where it stands in words, my task, the diagram, what happened. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { lazy, Suspense, useEffect, useMemo } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import type { Instance } from '../../api/client.ts';
import { diagramQuery, explanationQuery, instanceQuery, journalQuery } from '../../api/queries.ts';
import { casePath } from '../../parts/case-path.ts';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { useNames } from '../../parts/people.ts';
import { useProcessNames } from '../../parts/process-names.ts';
import { StatusTag } from '../../parts/status-tag.tsx';
import { instantInWords } from '../../parts/time.ts';
import { useFacilityName, useZone } from '../../parts/zone.ts';
import { hasDuty, usePerson } from '../../person.ts';
import { useWords } from '../../words/index.ts';
import { Clocks } from './clocks.tsx';
import { IncidentNotice } from './incident-notice.tsx';
import { marksOf } from './marks.ts';
import { TaskPanel } from './task-panel.tsx';
import { Timeline } from './timeline.tsx';
import { WhyWaiting } from './why-waiting.tsx';

const Diagram = lazy(async () => ({ default: (await import('../../bpmn/diagram.tsx')).Diagram }));

export function CasePage() {
  const id = useParams()['*'] ?? '';
  const instance = useQuery(instanceQuery(id));
  if (instance.isPending) return <Skeleton active />;
  if (!instance.data) return <ErrorNotice error={instance.error} retry={() => void instance.refetch()} />;
  return <Case instance={instance.data} key={id} />;
}

function Case({ instance }: { instance: Instance }) {
  const { t } = useWords();
  const person = usePerson();
  const journal = useInfiniteQuery(journalQuery(instance.id, instance.updatedAt));
  const { hasNextPage, isFetching, fetchNextPage } = journal;
  // The newest lines are on the last page, and the diagram marks the whole way.
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  const lines = useMemo(() => journal.data?.pages.flatMap((page) => page.items) ?? [], [journal.data]);
  const diagram = useQuery(diagramQuery(instance.definition.key, instance.definition.version));
  const marks = useMemo(() => marksOf(instance, lines), [instance, lines]);
  const operates = hasDuty(person, 'operate', instance.facility);
  return (
    <div className="case">
      <Header instance={instance} />
      <div className="case-main">
        {instance.incidents.map((incident) => (
          <IncidentNotice key={incident.key} {...{ instance, incident, operates }} />
        ))}
        <MyTask instance={instance} />
        <section className="panel">
          <h2>{t('case.diagram')}</h2>
          {diagram.error && <ErrorNotice error={diagram.error} />}
          <Suspense fallback={<Skeleton active />}>
            {diagram.data && <Diagram xml={diagram.data} marks={marks} />}
          </Suspense>
        </section>
      </div>
      <aside className="case-side">
        <Clocks instance={instance} />
        <Timeline lines={lines} facility={instance.facility} error={journal.error} />
      </aside>
    </div>
  );
}

function Header({ instance }: { instance: Instance }) {
  const { t, language, pick } = useWords();
  const zone = useZone(instance.facility);
  const facilityName = useFacilityName();
  const { nameOf } = useProcessNames();
  const personName = useNames([instance.startedBy]);
  const explanation = useQuery(explanationQuery(instance.id, instance.updatedAt));
  const time = instantInWords(instance.startedAt, { language, zone });
  return (
    <header className="case-head">
      <h1>
        {instance.title} <StatusTag instance={instance} />
      </h1>
      <p className="soft">
        {nameOf(instance.process)} · {instance.businessKey} · {facilityName(instance.facility)} ·{' '}
        {instance.startedBy === undefined
          ? t('case.startedAt', { time })
          : t('case.startedBy', { name: personName(instance.startedBy), time })}
      </p>
      {explanation.data && (
        <>
          <p className="where">{pick(explanation.data.summary)}</p>
          <WhyWaiting explanation={explanation.data} facility={instance.facility} />
        </>
      )}
      {instance.parent && (
        <p>
          {t('case.parent')} <Link to={casePath(instance.parent)}>{instance.parent}</Link>
        </p>
      )}
      {instance.speed > 1 && <span className="tag">{`×${instance.speed}`}</span>}
    </header>
  );
}

/** The task of the address, then those that are open and that the person may do something with. */
function MyTask({ instance }: { instance: Instance }) {
  const { t } = useWords();
  const open = instance.waits.flatMap((wait) => wait.task ?? []);
  const [search] = useSearchParams();
  const wanted = search.get('task');
  const ids = [...new Set(wanted === null ? open : [wanted, ...open])];
  if (ids.length === 0)
    return (
      <section className="panel">
        <p className="soft note">{instance.status === 'active' ? t('case.noTask') : t('case.ended')}</p>
      </section>
    );
  return (
    <>
      {ids.slice(0, 10).map((id) => (
        <TaskPanel key={id} id={id} wanted={id === wanted} open={open.includes(id)} />
      ))}
    </>
  );
}
