/** Keeps the query cache up to date with the server's change stream: a change is written into cached data, or the query is refetched. */
import { type InfiniteData, type Query, type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import { isConnected, listen } from './change-stream.ts';
import type { Change, Task } from './client.ts';

/** Lists that change often are refetched at most this often. */
const gatherMs = 1000;
/** A list with more loaded pages is not refetched automatically: only the rows in it are updated. */
const mostPages = 3;
/** Polling interval while the change stream is open; removed rows and clock differences are noticed this late. */
const connectedRefreshMs = 60_000;

/** Polling interval of a query. @param ms without a change stream */
export const refreshing =
  (ms: number) =>
  (query: Pick<Query, 'state'>): number | false =>
    isLong(query.state.data) ? false : isConnected() ? connectedRefreshMs : ms;

/** Connects the query cache to the change stream; used once, for all pages. */
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

/** Called with each change, before the cache is updated. */
export function useChanges(changed: (change: Change) => void): void {
  const latest = useEffectEvent(changed);
  useEffect(() => listen({ changed: (change) => latest(change) }), []);
}

/** Lists and counts, which any row may belong to. */
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

/** Updates every list of open tasks: closed tasks are removed, claimed ones show their assignee. */
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
