/** Queries of the settings pages. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { paths } from '../../generated/api.d.ts';
import { api, bodyOf } from './client.ts';

export const rolesQuery = queryOptions({
  queryKey: ['roles'],
  queryFn: () => bodyOf(api.GET('/api/roles')),
  staleTime: 300_000,
});

export type StaffFilters = Omit<NonNullable<paths['/api/staff']['get']['parameters']['query']>, 'cursor'>;

export const staffQuery = (filters: StaffFilters) =>
  infiniteQueryOptions({
    queryKey: ['staff', filters],
    queryFn: ({ pageParam }) =>
      bodyOf(api.GET('/api/staff', { params: { query: { ...filters, ...(pageParam && { cursor: pageParam }) } } })),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });

export const personQuery = (id: string) =>
  queryOptions({
    queryKey: ['staff', 'one', id],
    queryFn: () => bodyOf(api.GET('/api/staff/{id}', { params: { path: { id } } })),
  });

export const sessionsOfQuery = (id: string) =>
  queryOptions({
    queryKey: ['staff', 'sessions', id],
    queryFn: () => bodyOf(api.GET('/api/staff/{id}/sessions', { params: { path: { id } } })),
  });

export const ownSessionsQuery = queryOptions({
  queryKey: ['own-sessions'],
  queryFn: () => bodyOf(api.GET('/api/me/sessions')),
});

export type AuditFilters = Omit<NonNullable<paths['/api/audit']['get']['parameters']['query']>, 'cursor'>;

export const auditPage = (filters: AuditFilters, cursor: string | undefined) =>
  bodyOf(api.GET('/api/audit', { params: { query: { ...filters, ...(cursor && { cursor }) } } }));

export const auditQuery = (filters: AuditFilters) =>
  infiniteQueryOptions({
    queryKey: ['audit', filters],
    queryFn: ({ pageParam }) => auditPage(filters, pageParam),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });

export type ProposalState = NonNullable<NonNullable<paths['/api/proposals']['get']['parameters']['query']>['state']>;

export const proposalsQuery = (state: ProposalState | undefined) =>
  infiniteQueryOptions({
    queryKey: ['proposals', 'list', state],
    queryFn: ({ pageParam }) =>
      bodyOf(
        api.GET('/api/proposals', {
          params: { query: { ...(state && { state }), ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: 10_000,
  });

export const proposalQuery = (id: string) =>
  queryOptions({
    queryKey: ['proposals', 'one', id],
    queryFn: () => bodyOf(api.GET('/api/proposals/{id}', { params: { path: { id } } })),
  });

export const calendarsQuery = queryOptions({
  queryKey: ['calendars'],
  queryFn: () => bodyOf(api.GET('/api/calendars')),
  // Running instances take a new version one after the other.
  refetchInterval: ({ state }) => (state.data?.items.some(({ pending }) => pending > 0) ? 5_000 : false),
});

export const calendarYearQuery = (id: string, year: number) =>
  queryOptions({
    queryKey: ['calendar-year', id, year],
    queryFn: () => bodyOf(api.GET('/api/calendars/{id}/years/{year}', { params: { path: { id, year } } })),
    staleTime: 60_000,
  });

export const ruleSetsQuery = queryOptions({
  queryKey: ['rule-sets'],
  queryFn: () => bodyOf(api.GET('/api/rule-sets')),
});

export const ruleVersionQuery = (key: string, version: number) =>
  queryOptions({
    queryKey: ['rule-sets', key, version],
    queryFn: () => bodyOf(api.GET('/api/rule-sets/{key}/versions/{version}', { params: { path: { key, version } } })),
  });

export const facilitiesQuery = queryOptions({
  queryKey: ['facilities'],
  queryFn: () => bodyOf(api.GET('/api/facilities')),
});

export const jobTypesQuery = queryOptions({
  queryKey: ['job-types'],
  queryFn: () => bodyOf(api.GET('/api/job-types')),
  refetchInterval: 30_000,
});
