/** Tasks as a table (or cards on a phone), with keys to move, open, claim and select. */
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, type InputRef, Skeleton } from 'antd';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { api, bodyOf, newIdempotencyKey, type Task } from '../../api/client.ts';
import { useChanges } from '../../api/live.ts';
import { type TaskFilters as Filters, tasksQuery } from '../../api/queries.ts';
import { casePath } from '../../parts/case-path.ts';
import { csvOf, download } from '../../parts/csv.ts';
import { Empty } from '../../parts/empty.tsx';
import { ErrorNotice, useErrorWords } from '../../parts/error-notice.tsx';
import { useNameLookup, useNames } from '../../parts/people.ts';
import { usePerson } from '../../person.ts';
import { useWords } from '../../words/index.ts';
import { TaskFilters } from './task-filters.tsx';
import { TaskTable } from './task-table.tsx';

const pageSize = 100;

function filtersOf(search: URLSearchParams, tab: 'todo' | 'mine' | 'done'): Filters {
  const text = (name: string) => search.get(name) || undefined;
  const due = text('due') as Filters['due'] | undefined;
  const [q, facility, process] = [text('q'), text('facility'), text('process')];
  const order =
    { due: 'urgency', created: 'createdAt', priority: '-priority' }[search.get('sort') ?? 'due'] ?? 'urgency';
  return {
    limit: pageSize,
    ...(tab === 'done' ? { status: 'completed' as const, doneByMe: true, sort: '-closedAt' } : { sort: order }),
    ...(tab === 'mine' && { mine: true }),
    ...(due && { due }),
    ...(q && { q }),
    ...(facility && { facility }),
    ...(process && { process }),
  };
}

export function TaskList({ tab }: { tab: 'todo' | 'mine' | 'done' }) {
  const { t } = useWords();
  const [search] = useSearchParams();
  const filters = filtersOf(search, tab);
  const list = useInfiniteQuery(tasksQuery(filters));
  const tasks = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const nameOf = useNames(tasks.map((one) => one.assignee));
  useToldOfDone(tasks);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [at, setAt] = useState(0);
  const searchBox = useRef<InputRef>(null);
  const navigate = useNavigate();
  const acts = useBulkActs(() => setPicked(new Set()));
  const chosen = tasks.filter((one) => picked.has(one.id));
  const open = (task: Task) => void navigate(casePath(task.instance, task.id));
  const toggle = (id: string) =>
    setPicked((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement && event.target.type !== 'checkbox') return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const task = tasks[at];
    const moves: Record<string, number> = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 };
    const move = moves[event.key];
    if (move !== undefined) setAt(Math.max(0, Math.min(tasks.length - 1, at + move)));
    else if (event.key === '/') searchBox.current?.focus();
    else if (!task) return;
    else if (event.key === 'Enter' && event.target === event.currentTarget) open(task);
    else if (event.key === 'c' && task.assignee === null) void acts.run('claim', [task]);
    else if (event.key === 'x') toggle(task.id);
    else return;
    event.preventDefault();
  };

  const count = list.hasNextPage ? t('inbox.countMore', { n: tasks.length }) : t('inbox.count', { n: tasks.length });
  return (
    <>
      {tab !== 'done' && <TaskFilters searchBox={searchBox} />}
      <div className="listbar">
        <span className="strong" aria-live="polite">
          {list.data && count}
        </span>
        {chosen.length > 0 && (
          <>
            <span className="soft">{t('common.selected', { n: chosen.length })}</span>
            <Button
              loading={acts.busy}
              onClick={() =>
                void acts.run(
                  'claim',
                  chosen.filter((one) => one.assignee === null),
                )
              }
            >
              {t('inbox.claimMany')}
            </Button>
            <Button
              loading={acts.busy}
              onClick={() =>
                void acts.run(
                  'unclaim',
                  chosen.filter((one) => one.assignee !== null),
                )
              }
            >
              {t('inbox.unclaimMany')}
            </Button>
          </>
        )}
        <span className="spring" />
        {tab !== 'done' && <span className="soft keys">{t('inbox.keys')}</span>}
        <ExportButton tasks={tasks} nameOf={nameOf} />
      </div>
      {list.isPending && <Skeleton active />}
      {list.error && <ErrorNotice error={list.error} retry={() => void list.refetch()} />}
      {list.data && tasks.length === 0 && <NoTasks tab={tab} filtered={search.size > (search.has('tab') ? 1 : 0)} />}
      {tasks.length > 0 && (
        <TaskTable
          {...{ tasks, nameOf, picked, toggle, at, setAt, open, onKeyDown, done: tab === 'done' }}
          pickAll={(all) => setPicked(new Set(all ? tasks.map((one) => one.id) : []))}
          claim={(task) => void acts.run('claim', [task])}
          more={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
        />
      )}
    </>
  );
}

function NoTasks({ tab, filtered }: { tab: string; filtered: boolean }) {
  const { t } = useWords();
  if (tab === 'done') return <Empty title={t('inbox.emptyDone')} />;
  return filtered ? (
    <Empty title={t('inbox.emptyFiltered')} />
  ) : (
    <Empty title={t('inbox.empty')} hint={t('inbox.emptyHint')} />
  );
}

/** A task that a colleague has done leaves the list by itself: here it is said by whom. */
function useToldOfDone(tasks: Task[]): void {
  const { t, named } = useWords();
  const { message } = App.useApp();
  const person = usePerson();
  const nameOf = useNameLookup();
  useChanges((change) => {
    if (change.kind !== 'task' || change.status === 'open' || change.closedBy === person.id) return;
    const task = tasks.find((one) => one.id === change.id && one.status === 'open');
    if (!task) return;
    const { closedBy } = change;
    const about = { task: named(task), case: task.businessKey };
    if (closedBy === undefined) void message.info(t('inbox.left.cancelled', about), 6);
    else void nameOf(closedBy).then((name) => message.info(t('inbox.left.completed', { ...about, name }), 6));
  });
}

/** Claims or releases many, and says what became of each. */
function useBulkActs(whenDone: () => void) {
  const { t } = useWords();
  const { message } = App.useApp();
  const client = useQueryClient();
  const wordsOf = useErrorWords();
  const [busy, setBusy] = useState(false);
  const run = async (act: 'claim' | 'unclaim', tasks: Task[]) => {
    if (tasks.length === 0) return;
    setBusy(true);
    const results = await Promise.allSettled(
      tasks.map(({ id }) =>
        bodyOf(
          api.POST(`/api/tasks/{id}/${act}`, {
            params: { path: { id }, header: { 'Idempotency-Key': newIdempotencyKey() } },
            body: {},
          }),
        ),
      ),
    );
    setBusy(false);
    const refused = results.flatMap((one) => (one.status === 'rejected' ? [wordsOf(one.reason).title] : []));
    const done = results.length - refused.length;
    if (refused.length > 0)
      void message.warning(
        t('inbox.done.reportFailed', { done, failed: refused.length, why: [...new Set(refused)].join(' ') }),
        8,
      );
    else void message.success(t('inbox.done.report', { done }));
    whenDone();
    await client.invalidateQueries({ queryKey: ['tasks'] });
  };
  return { run, busy };
}

function ExportButton({ tasks, nameOf }: { tasks: Task[]; nameOf(id: string): string }) {
  const { t } = useWords();
  const { facilities } = usePerson();
  const write = () => {
    const head = [t('column.task'), t('column.case'), t('column.facility'), t('column.assignee'), t('column.due')];
    const rows = tasks.map((one) => [
      one.name,
      one.title,
      facilities.find(({ code }) => code === one.facility)?.name ?? one.facility,
      one.assignee === null ? '' : nameOf(one.assignee),
      one.dueAt ?? '',
    ]);
    download('tasks.csv', csvOf([head, ...rows]));
  };
  return (
    <Button disabled={tasks.length === 0} onClick={write}>
      {t('common.export')}
    </Button>
  );
}
