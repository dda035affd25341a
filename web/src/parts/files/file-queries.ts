/** What is asked of files. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client.ts';
import { refreshing } from '../../api/live.ts';

export const fileRulesQuery = queryOptions({
  queryKey: ['file-rules'],
  queryFn: () => bodyOf(api.GET('/api/file-rules')),
  staleTime: Number.POSITIVE_INFINITY,
});

export const fileQuery = (id: string) =>
  queryOptions({
    queryKey: ['file', id],
    queryFn: () => bodyOf(api.GET('/api/files/{id}', { params: { path: { id } } })),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

const listRefreshMs = 10_000;

export const instanceFilesQuery = (id: string, seen: string) =>
  queryOptions({
    queryKey: ['instance-files', id, seen],
    queryFn: () => bodyOf(api.GET('/api/instances/{id}/files', { params: { path: { id } } })),
    placeholderData: keepPreviousData,
    refetchInterval: refreshing(listRefreshMs),
  });
