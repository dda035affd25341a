/** Instances that filters find, page by page, and how many there are. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { paths } from '../../../generated/api.d.ts';
import { api, bodyOf } from '../../api/client.ts';
import { refreshing } from '../../api/live.ts';
import { filtersAsText, type InstanceFilters } from '../../parts/instance-filters.ts';

const refreshMs = 10_000;

export const instanceListQuery = (filters: InstanceFilters) =>
  infiniteQueryOptions({
    queryKey: ['instances', 'list', filters],
    queryFn: ({ pageParam }) =>
      bodyOf(
        api.GET('/api/instances', {
          params: { query: { ...filters, ...(pageParam && { cursor: pageParam }) } },
          querySerializer: filtersAsText,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: refreshing(refreshMs),
  });

export type TotalsBy = NonNullable<NonNullable<paths['/api/instance-totals']['get']['parameters']['query']>['by']>;

export const instanceTotalsQuery = (
  { sort: _, limit: __, startedByMe: ___, ...filters }: InstanceFilters,
  by?: TotalsBy,
) =>
  queryOptions({
    queryKey: ['instances', 'totals', filters, by ?? ''],
    queryFn: () =>
      bodyOf(
        api.GET('/api/instance-totals', {
          params: { query: { ...filters, ...(by && { by }) } },
          querySerializer: filtersAsText,
        }),
      ),
    placeholderData: (before) => before,
    refetchInterval: refreshing(refreshMs),
  });
