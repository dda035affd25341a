/** The elements of a process in numbers. */
import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client.ts';

const refreshMs = 30_000;

export const statisticsQuery = (key: string, query: { version?: number; facility?: string; from?: string }) =>
  queryOptions({
    queryKey: ['statistics', key, query],
    queryFn: () => bodyOf(api.GET('/api/definitions/{key}/statistics', { params: { path: { key }, query } })),
    placeholderData: (before) => before,
    refetchInterval: refreshMs,
  });
