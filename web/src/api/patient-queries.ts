/** Queries of the patient pages and of today's calls. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { components } from '../../generated/api.d.ts';
import { api, bodyOf } from './client.ts';
import { refreshing } from './live.ts';

type Schemas = components['schemas'];
export type Call = Schemas['FollowUpCalls']['items'][number];
export type Touch = Schemas['Touch'];
export type Patient = Schemas['Patient'];
export type WeekReport = Schemas['WeekReports']['items'][number];

const listRefreshMs = 10_000;

export const callsQuery = (facility: string | undefined) =>
  queryOptions({
    queryKey: ['calls', facility],
    queryFn: () =>
      bodyOf(api.GET('/api/follow-up-calls', { params: { query: { ...(facility && { facility }), limit: 200 } } })),
    refetchInterval: refreshing(listRefreshMs),
  });

/** @param seen changes with the instance, which makes the query refetch */
export const chainQuery = (chain: string, seen: string) =>
  queryOptions({
    queryKey: ['chain', chain, seen],
    queryFn: () => bodyOf(api.GET('/api/follow-ups/{chain}', { params: { path: { chain } } })),
  });

export const chainsOfPatientQuery = (patient: string) =>
  queryOptions({
    queryKey: ['chains', patient],
    queryFn: () => bodyOf(api.GET('/api/follow-ups', { params: { query: { patient, limit: 50 } } })),
  });

export const patientQuery = (id: string) =>
  queryOptions({
    queryKey: ['patient', id],
    queryFn: () => bodyOf(api.GET('/api/patients/{id}', { params: { path: { id } } })),
  });

export const patientsQuery = (q: string | undefined, facility: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['patients', q, facility],
    queryFn: ({ pageParam }) =>
      bodyOf(
        api.GET('/api/patients', {
          params: {
            query: {
              limit: 50,
              ...(q && { q }),
              ...(facility && { facility }),
              ...(pageParam && { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });

export const complaintsOfPatientQuery = (patient: string) =>
  queryOptions({
    queryKey: ['complaints', patient],
    queryFn: () => bodyOf(api.GET('/api/complaints', { params: { query: { patient, limit: 20 } } })),
  });

export const parkedEventsQuery = (facility: string | undefined) =>
  queryOptions({
    queryKey: ['parked-events', facility],
    queryFn: () =>
      bodyOf(
        api.GET('/api/hospital-events', {
          params: { query: { state: 'parked', limit: 100, ...(facility && { facility }) } },
        }),
      ),
  });

/** A year of reports of one facility, a few months of three. */
export const weekReportsQuery = (facility: string | undefined) =>
  queryOptions({
    queryKey: ['week-reports', facility],
    queryFn: () =>
      bodyOf(api.GET('/api/follow-up-reports', { params: { query: { limit: 53, ...(facility && { facility }) } } })),
  });
