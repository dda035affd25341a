/** Instances that an incident stops, and how many there are by what. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { paths } from '../../../../generated/api.d.ts';
import { api, bodyOf } from '../../../api/client.ts';
import { refreshing } from '../../../api/live.ts';

type Query = NonNullable<paths['/api/instance-totals']['get']['parameters']['query']>;
export type IncidentFilter = Pick<Query, 'facility' | 'process' | 'version' | 'element' | 'incidentCode' | 'q'>;

const pageSize = 50;
const refreshMs = 5000;
const stuck = { incident: true, status: 'active' } as const;

export const stuckQuery = (filter: IncidentFilter) =>
  infiniteQueryOptions({
    queryKey: ['instances', 'stuck', filter],
    queryFn: ({ pageParam }) =>
      bodyOf(
        api.GET('/api/instances', {
          params: { query: { ...stuck, ...filter, limit: pageSize, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: refreshing(refreshMs),
  });

export const stuckTotalsQuery = (filter: IncidentFilter, by?: 'incidentCode' | 'process') =>
  queryOptions({
    queryKey: ['instances', 'stuck', 'totals', filter, by ?? ''],
    queryFn: () =>
      bodyOf(api.GET('/api/instance-totals', { params: { query: { ...stuck, ...filter, ...(by && { by }) } } })),
    refetchInterval: refreshing(refreshMs),
  });
