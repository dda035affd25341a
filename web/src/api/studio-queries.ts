/** Queries of the studio and the definition pages. */
import { queryOptions } from '@tanstack/react-query';
import type { components } from '../../generated/api.d.ts';
import { api, bodyOf } from './client.ts';

type Files = components['schemas']['DefinitionFiles'];

/** The versions of one definition, the newest first. */
export const versionsQuery = (key: string) =>
  queryOptions({
    queryKey: ['definitions', 'versions', key],
    queryFn: () => bodyOf(api.GET('/api/definitions', { params: { query: { key, counts: true } } })),
  });

/** Versions are immutable. */
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

/** @param opened differs for each opening, so that nothing cached is shown */
export const impactQuery = (opened: string, files: Files) =>
  queryOptions({
    queryKey: ['impact', opened],
    queryFn: () => bodyOf(api.POST('/api/definitions/impact', { body: files })),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });

export const definitionProposalsQuery = queryOptions({
  queryKey: ['proposals', 'definitions'],
  queryFn: () => bodyOf(api.GET('/api/proposals', { params: { query: { state: 'open' } } })),
  select: ({ items }) => items.filter(({ act }) => act.includes(' /api/definitions')),
});

export const drawingsQuery = queryOptions({
  queryKey: ['drawings'],
  queryFn: () => bodyOf(api.GET('/api/drawings')),
});

export const drawingQuery = (id: string) =>
  queryOptions({
    queryKey: ['drawing', id],
    queryFn: () => bodyOf(api.GET('/api/drawings/{id}', { params: { path: { id } } })),
    // A refetch must not replace what is being edited.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
