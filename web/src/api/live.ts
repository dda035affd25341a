/** What is shown follows what happens: changes that the server tells are put into what is cached, or make it be read anew. */
import { type InfiniteData, type Query, type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import { isConnected, listen } from './change-stream.ts';
import type { Change, Task } from './client.ts';

/** Lists that change often are read anew this often at most. */
const gatherMs = 1000;
/** With more pages than that a list is not read anew by itself: what is in it is only brought up to date. */
const mostPages = 3;
/** While changes come by themselves; rows that were taken away, and clocks that differ, are seen this late. */
const connectedRefreshMs = 60_000;

/** How often a query is asked again. @param ms while changes do not come by themselves */
export const refreshing =
  (ms: number) =>
  (query: Pick<Query, 'state'>): number | false =>
    isLong(query.state.data) ? false : isConnected() ? connectedRefreshMs : ms;

/** Keeps everything that is shown up to date; once, for all pages. */
export function useLive(): void {
  const client = useQueryClient();
  useEffect(() => {
    const changes = new Map<string, Change>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      timer = undefined;
      refreshAfter(client, [...changes.values()]);
      changes.clear();
    };
    const end = listen({
      changed(change) {
        changes.set(change.id, change);
        if (change.kind === 'task') patchTask(client, change);
        timer ??= setTimeout(refresh, gatherMs);
      },
      reset: () => void client.invalidateQueries(),
      loggedOut: () => void client.invalidateQueries({ queryKey: ['me'] }),
    });
    return () => {
      clearTimeout(timer);
      end();
    };
  }, [client]);
}

/** Is told of each change, before what is cached changes. */
export function useChanges(changed: (change: Change) => void): void {
  const latest = useEffectEvent(changed);
  useEffect(() => listen({ changed: (change) => latest(change) }), []);
}

/** Lists and counts: they may hold any row. */
const lists: readonly unknown[] = ['tasks', 'instances', 'task-counts'];

function refreshAfter(client: QueryClient, changes: Change[]): void {
  const ids = new Set<unknown>(changes.flatMap((one) => (one.kind === 'task' ? [one.id, one.instance] : [one.id])));
  void client.invalidateQueries({
    predicate: ({ queryKey, state }) =>
      (lists.includes(queryKey[0]) && !isLong(state.data)) || queryKey.some((part) => ids.has(part)),
  });
}

const isInfinite = (data: unknown): data is InfiniteData<{ items: unknown[] }> =>
  typeof data === 'object' && data !== null && 'pages' in data;
const isLong = (data: unknown): boolean => isInfinite(data) && data.pages.length > mostPages;

/** In every list of open tasks: one that is over leaves it, one that somebody has taken says so. */
function patchTask(client: QueryClient, change: Extract<Change, { kind: 'task' }>): void {
  client.setQueriesData<InfiniteData<{ items: Task[] }>>({ queryKey: ['tasks'] }, (data) => {
    if (!isInfinite(data) || !data.pages.some(({ items }) => items.some(({ id }) => id === change.id))) return data;
    const patched = (task: Task): Task[] => {
      if (task.id !== change.id || task.status !== 'open') return [task];
      return change.status === 'open' ? [{ ...task, assignee: change.assignee }] : [];
    };
    return { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.flatMap(patched) })) };
  });
}
