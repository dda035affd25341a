/** One instance for everybody who may see it: where it stands in words, my task, the diagram, what happened. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useEffect, useMemo } from 'react';
import { useLocation, useParams } from 'react-router';
import { type OneInstance, Refused } from '../../api/client.ts';
import { explanationQuery, instanceQuery, journalQuery } from '../../api/queries.ts';
import { wasJustStarted } from '../../parts/case-path.ts';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { ProcessClock } from '../../parts/process-clock.ts';
import { hasDuty, usePerson } from '../../person.ts';
import { CaseDiagram } from './case-diagram.tsx';
import { CaseHead } from './case-head.tsx';
import { Clocks } from './clocks.tsx';
import { Documents } from './documents.tsx';
import { Facts } from './facts.tsx';
import { IncidentNotice } from './incident-notice.tsx';
import { MyTasks } from './my-tasks.tsx';
import { Related } from './related.tsx';
import { Steps } from './steps.tsx';
import { Timeline } from './timeline.tsx';
import '../../styles/print.css';

export function CasePage() {
  const id = useParams()['*'] ?? '';
  const isNew = wasJustStarted(useLocation().state);
  const instance = useQuery({ ...instanceQuery(id), ...(isNew && { retry: isNotThereYet, retryDelay: 500 }) });
  if (instance.isPending) return <Skeleton active />;
  if (!instance.data) return <ErrorNotice error={instance.error} retry={() => void instance.refetch()} />;
  return <Case instance={instance.data} key={id} />;
}

/** Its rows are written within seconds of its start, later on a busy server. */
const isNotThereYet = (failures: number, error: Error): boolean =>
  failures < 60 && error instanceof Refused && error.status === 404;

function Case({ instance }: { instance: OneInstance }) {
  const person = usePerson();
  const { data: explanation, dataUpdatedAt: readAt } = useQuery(explanationQuery(instance.id, instance.updatedAt));
  const clock = explanation && { at: explanation.at, readAt, speed: instance.speed };
  const journal = useInfiniteQuery(journalQuery(instance.id, instance.updatedAt));
  const { hasNextPage, isFetching, fetchNextPage } = journal;
  // The newest lines are on the last page, and the diagram marks the whole way.
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  const lines = useMemo(() => journal.data?.pages.flatMap((page) => page.items) ?? [], [journal.data]);
  const operates = hasDuty(person, 'operate', instance.facility);
  return (
    <ProcessClock value={clock}>
      <div className="case">
        <CaseHead instance={instance} explanation={explanation} />
        <div className="case-main">
          {instance.incidents.map((incident) => (
            <IncidentNotice key={incident.key} {...{ instance, incident, operates }} />
          ))}
          <MyTasks instance={instance} explanation={explanation} />
          <CaseDiagram instance={instance} explanation={explanation} lines={lines} />
        </div>
        <aside className="case-side">
          <Facts instance={instance} />
          <Documents instance={instance} />
          <Related instance={instance} />
          <Clocks instance={instance} explanation={explanation} />
          <Steps explanation={explanation} facility={instance.facility} />
          <Timeline lines={lines} instance={instance} error={journal.error} />
        </aside>
      </div>
    </ProcessClock>
  );
}
