/** Tasks as a table (or cards on a phone): filters, saved views, columns, keys, and acts on those chosen or on all that match. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { tasksQuery } from '../../api/queries.ts';
import { Empty } from '../../parts/empty.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { useNames } from '../../parts/people.ts';
import { useWords } from '../../words/index.ts';
import { useBulkActs } from './bulk-acts.ts';
import { BulkBar } from './bulk-bar.tsx';
import { useChosenColumns } from './chosen-columns.ts';
import { ExportButton } from './export-button.tsx';
import { filtersOf, isFiltered, listOf, type Tab } from './inbox-address.ts';
import { useListKeys } from './list-keys.ts';
import { usePeopleIn, useTaskColumns } from './task-columns.tsx';
import { TaskFilters } from './task-filters.tsx';
import { TaskTable } from './task-table.tsx';
import { useToldOfDone } from './told-of-done.ts';

const KeysDialog = lazy(async () => ({ default: (await import('./keys-dialog.tsx')).KeysDialog }));
const ViewsMenu = lazy(async () => ({ default: (await import('./views-menu.tsx')).ViewsMenu }));
const ColumnsMenu = lazy(async () => ({ default: (await import('./columns-menu.tsx')).ColumnsMenu }));
const BulkReport = lazy(async () => ({ default: (await import('./bulk-report.tsx')).BulkReport }));

export function TaskList({ tab }: { tab: Exclude<Tab, 'started'> }) {
  const { t } = useWords();
  const done = tab === 'done';
  const [search] = useSearchParams();
  const list = useInfiniteQuery(tasksQuery(listOf(search)));
  const tasks = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const process = search.get('process') ?? undefined;
  const nameOf = useNames(usePeopleIn(tasks, process));
  const columns = useTaskColumns(process, nameOf);
  const chosen = useChosenColumns(columns, done ? ['facility', 'closedAt'] : undefined);
  useToldOfDone(tasks);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const searchBox = useRef<HTMLInputElement>(null);
  const bulk = useBulkActs(() => setPicked(new Set()));
  const toggle = (id: string) =>
    setPicked((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const keys = useListKeys({
    tasks,
    toggle,
    claim: (task) => void bulk.perform({ act: 'claim' }, [task]),
    search: () => searchBox.current?.focus(),
  });
  const count = list.hasNextPage ? t('inbox.countMore', { n: tasks.length }) : t('inbox.count', { n: tasks.length });
  return (
    <>
      <TaskFilters searchBox={searchBox} tab={tab} />
      <div className="listbar">
        <span className="strong" aria-live="polite">
          {list.data && count}
        </span>
        {!done && (
          <BulkBar
            chosen={tasks.filter((one) => picked.has(one.id))}
            all={{ complete: !list.hasNextPage, tasks, filters: filtersOf(search) }}
            perform={(act, given) => void bulk.perform(act, given)}
          />
        )}
        <span className="spring" />
        <Button type="text" className="wide-only" aria-label={t('inbox.keys')} onClick={() => keys.setHelp(true)}>
          ?
        </Button>
        <Suspense>
          <ViewsMenu />
          <ColumnsMenu columns={columns} chosen={chosen} />
        </Suspense>
        <ExportButton tasks={tasks} columns={chosen} />
      </div>
      {list.isPending && <Skeleton active />}
      {list.error && <ErrorNotice error={list.error} retry={() => void list.refetch()} />}
      {list.data && tasks.length === 0 && <NoTasks done={done} filtered={isFiltered(search)} />}
      {tasks.length > 0 && (
        <TaskTable
          {...{ tasks, columns: chosen, nameOf, picked, toggle, done }}
          {...{ at: keys.at, setAt: keys.setAt, onKeyDown: keys.onKeyDown }}
          pickAll={(all) => setPicked(new Set(all ? tasks.map((one) => one.id) : []))}
          claim={(task) => void bulk.perform({ act: 'claim' }, [task])}
          more={list.hasNextPage && !list.isFetchingNextPage ? () => void list.fetchNextPage() : undefined}
        />
      )}
      <Suspense>
        {keys.help && <KeysDialog open close={() => keys.setHelp(false)} />}
        {bulk.run && (bulk.run.total ?? 2) > 1 && <BulkReport run={bulk.run} stop={bulk.stop} close={bulk.close} />}
      </Suspense>
    </>
  );
}

function NoTasks({ done, filtered }: { done: boolean; filtered: boolean }) {
  const { t } = useWords();
  if (filtered) return <Empty title={t('inbox.emptyFiltered')} />;
  return done ? <Empty title={t('inbox.emptyDone')} /> : <Empty title={t('inbox.empty')} hint={t('inbox.emptyHint')} />;
}
