/** Today's calls on one screen: who and why now, what to say, the questions by keyboard, and the next one. */
import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useSearchParams } from 'react-router';
import { callsQuery } from '../../api/patient-queries.ts';
import { Empty } from '../../parts/empty.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { FacilityFilter, useParameter } from '../../parts/list-filters.tsx';
import { useWords } from '../../words/index.ts';
import { TaskPanel } from '../case/task-panel.tsx';
import './calls.css';
import { CallHead } from './call-head.tsx';
import { CallHistory } from './call-history.tsx';
import { CallList } from './call-list.tsx';

export function Calls() {
  const { t } = useWords();
  const [facility] = useParameter('facility');
  const [search, setSearch] = useSearchParams();
  const list = useQuery(callsQuery(facility));
  const work = useRef<HTMLDivElement>(null);
  const items = list.data?.items ?? [];
  const at = Math.max(
    0,
    items.findIndex(({ task }) => task === search.get('task')),
  );
  const call = items[at];
  const choose = (task: string) => setSearch({ ...(facility && { facility }), task }, { replace: true });
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const by = event.altKey ? { ArrowDown: 1, ArrowUp: -1 }[event.key] : undefined;
    const next = by === undefined ? undefined : items[at + by];
    if (next) choose(next.task);
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
      work.current?.querySelector<HTMLElement>(call?.isMine ? '.acts .ant-btn-primary' : '.take')?.click();
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
  return (
    <>
      <div className="heading">
        <h1>{t('calls.title')}</h1>
        {list.data && <span className="soft">{t('calls.count', { n: list.data.total })}</span>}
        <span className="spring" />
        <FacilityFilter />
      </div>
      {list.isPending && <Skeleton active />}
      {list.error && <ErrorNotice error={list.error} retry={() => void list.refetch()} />}
      {list.data && !call && <Empty title={t('calls.empty')} hint={t('calls.emptyHint')} />}
      {call && (
        <div className="calls">
          <CallList items={items} chosen={call.task} choose={choose} />
          <div className="call-work" ref={work}>
            <CallHead call={call} />
            <TaskPanel key={call.task} id={call.task} wanted open why={undefined} />
            <p className="soft keys">{t('calls.keys')}</p>
          </div>
          <CallHistory patient={call.patient} seen={call.task} facility={call.facility} />
        </div>
      )}
    </>
  );
}
