/** What the studio and the pages of definitions read. */
import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf } from './client.ts';

/** The versions of one definition, the newest first. */
export const versionsQuery = (key: string) =>
  queryOptions({
    queryKey: ['definitions', 'versions', key],
    queryFn: () => bodyOf(api.GET('/api/definitions', { params: { query: { key, counts: true } } })),
  });

/** A version never changes. */
export const filesQuery = (key: string, version: number) =>
  queryOptions({
    queryKey: ['files', key, version],
    queryFn: () =>
      bodyOf(api.GET('/api/definitions/{key}/versions/{version}/files', { params: { path: { key, version } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const lintContextQuery = (process: string) =>
  queryOptions({
    queryKey: ['lint-context', process],
    queryFn: () => bodyOf(api.GET('/api/lint-context', { params: { query: { process } } })),
    staleTime: 60_000,
  });

export const simulationContextQuery = (facility: string) =>
  queryOptions({
    queryKey: ['simulation-context', facility],
    queryFn: () => bodyOf(api.GET('/api/simulation-context', { params: { query: { facility } } })),
    staleTime: 60_000,
  });
