/** Queries by cache key. Acts write their response into the cache, or invalidate it. */
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Definition } from './client.ts';
import { refreshing } from './live.ts';
import type { operations } from './operations.ts';

/** Polling interval without a change stream (live.ts). */
const listRefreshMs = 10_000;
const pageRefreshMs = 5_000;

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => bodyOf(api.GET('/api/me')),
  staleTime: 60_000,
  retry: false,
});

export type TaskFilters = Omit<operations['tasks'], 'cursor'>;

export const tasksQuery = (filters: TaskFilters) =>
  infiniteQueryOptions({
    queryKey: ['tasks', filters],
    queryFn: ({ pageParam }) =>
      bodyOf(api.GET('/api/tasks', { params: { query: { ...filters, ...(pageParam && { cursor: pageParam }) } } })),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: refreshing(listRefreshMs),
  });

/** Numbers of tasks in the inbox. */
export const countsQuery = queryOptions({
  queryKey: ['task-counts'],
  queryFn: () => bodyOf(api.GET('/api/tasks/counts')),
  refetchInterval: refreshing(listRefreshMs),
});

/** @param page the list that the views belong to */
export const viewsQuery = (page: string) =>
  queryOptions({
    queryKey: ['views', page],
    queryFn: () => bodyOf(api.GET('/api/views', { params: { query: { page } } })),
    staleTime: 60_000,
  });

export const taskQuery = (id: string) =>
  queryOptions({
    queryKey: ['task', id],
    queryFn: () => bodyOf(api.GET('/api/tasks/{id}', { params: { path: { id } } })),
  });

export const choicesQuery = (id: string, seen: string) =>
  queryOptions({
    queryKey: ['choices', id, seen],
    queryFn: () => bodyOf(api.GET('/api/tasks/{id}/choices', { params: { path: { id } } })),
    placeholderData: keepPreviousData,
    retry: false,
  });

export const instanceQuery = (id: string) =>
  queryOptions({
    queryKey: ['instance', id],
    queryFn: () => bodyOf(api.GET('/api/instances/{id}', { params: { path: { id } } })),
    refetchInterval: refreshing(pageRefreshMs),
  });

export const explanationQuery = (id: string, seen: string) =>
  queryOptions({
    queryKey: ['explanation', id, seen],
    queryFn: () => bodyOf(api.GET('/api/instances/{id}/explain', { params: { path: { id } } })),
    placeholderData: keepPreviousData,
  });

export const factsQuery = (id: string, seen: string) =>
  queryOptions({
    queryKey: ['facts', id, seen],
    queryFn: () => bodyOf(api.GET('/api/instances/{id}/facts', { params: { path: { id } } })),
    placeholderData: keepPreviousData,
  });

export const journalQuery = (id: string, seen: string) =>
  infiniteQueryOptions({
    queryKey: ['journal', id, seen],
    queryFn: ({ pageParam }) =>
      bodyOf(
        api.GET('/api/instances/{id}/journal', {
          params: { path: { id }, query: { limit: 200, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    placeholderData: keepPreviousData,
    getNextPageParam: (page) => page.nextCursor,
  });

const definitionsQuery = queryOptions({
  queryKey: ['definitions'],
  queryFn: () => bodyOf(api.GET('/api/definitions')),
  staleTime: 30_000,
});

/** With the number of instances that run on each version. */
export const countedDefinitionsQuery = queryOptions({
  queryKey: ['definitions', 'counted'],
  queryFn: () => bodyOf(api.GET('/api/definitions', { params: { query: { counts: true } } })),
  refetchInterval: refreshing(listRefreshMs),
});

/** The newest version of each, for names and filters. */
export const processesQuery = queryOptions({
  ...definitionsQuery,
  select: ({ items }: { items: Definition[] }) => ({ items: items.filter((one) => one.newest) }),
});

export const startableQuery = queryOptions({
  queryKey: ['definitions', 'startable'],
  queryFn: () => bodyOf(api.GET('/api/definitions', { params: { query: { startable: true } } })),
  staleTime: 30_000,
});

export const profileQuery = (key: string) =>
  queryOptions({
    queryKey: ['profile', key],
    queryFn: () => bodyOf(api.GET('/api/definitions/{key}', { params: { path: { key } } })),
    staleTime: 60_000,
  });

/** Versions are immutable. */
export const diagramQuery = (key: string, version: number) =>
  queryOptions({
    queryKey: ['diagram', key, version],
    queryFn: async () =>
      (await bodyOf(
        api.GET('/api/definitions/{key}/versions/{version}', {
          params: { path: { key, version } },
          parseAs: 'text',
        }),
      )) as string,
    staleTime: Number.POSITIVE_INFINITY,
  });
