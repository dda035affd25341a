/** Batches: begun, followed until they are through, stopped and resumed. */
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { components, paths } from '../../../generated/api.d.ts';
import { api, bodyOf, newIdempotencyKey } from '../../api/client.ts';
import { useIdempotencyKey } from '../idempotency.ts';

type Schemas = components['schemas'];
export type Batch = Schemas['Batch'];
export type BatchWithReport = Schemas['BatchWithReport'];
export type BatchItem = Schemas['BatchItem'];
export type BatchFilter = Schemas['InstanceFilter'];
export type Outcome = BatchItem['outcome'];
export type BatchKind = Batch['kind'];
export type ActsBody = paths['/api/batches']['post']['requestBody']['content']['application/json'];

const followMs = 1000;
const listMs = 5000;

export const batchQuery = (id: string) =>
  queryOptions({
    queryKey: ['batch', id],
    queryFn: () => bodyOf(api.GET('/api/batches/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data?.finished ? false : followMs),
  });

/** Counted anew whenever it is asked for. */
export const previewQuery = (kind: BatchKind, filter: BatchFilter) =>
  queryOptions({
    queryKey: ['batch-preview', kind, filter],
    queryFn: () => bodyOf(api.POST('/api/batches/preview', { body: { kind, filter } })),
    staleTime: 0,
  });

export const batchItemsQuery = (id: string, outcome: Outcome | undefined, seen: string) =>
  infiniteQueryOptions({
    queryKey: ['batch', id, 'items', outcome ?? '', seen],
    queryFn: ({ pageParam }) =>
      bodyOf(
        api.GET('/api/batches/{id}', {
          params: { path: { id }, query: { ...(outcome && { outcome }), ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    placeholderData: (before) => before,
    getNextPageParam: (page) => page.report.nextCursor,
  });

export const batchesQuery = infiniteQueryOptions({
  queryKey: ['batches'],
  queryFn: ({ pageParam }) =>
    bodyOf(api.GET('/api/batches', { params: { query: { ...(pageParam && { cursor: pageParam }) } } })),
  initialPageParam: '',
  getNextPageParam: (page) => page.nextCursor,
  refetchInterval: listMs,
});

/** Begins a batch of acts; its answer is what `batchQuery` shows first. */
export function useActOnMany(
  begun: (batch: BatchWithReport) => void,
  failed: (error: unknown, body: ActsBody) => void,
) {
  const client = useQueryClient();
  const [key, ended] = useIdempotencyKey();
  return useMutation({
    mutationFn: (body: ActsBody) =>
      bodyOf(api.POST('/api/batches', { params: { header: { 'Idempotency-Key': key } }, body })),
    onSuccess: (batch) => {
      ended();
      client.setQueryData(batchQuery(batch.id).queryKey, batch);
      void client.invalidateQueries({ queryKey: ['batches'] });
      begun(batch);
    },
    onError: (error, body) => {
      ended(error);
      failed(error, body);
    },
  });
}

export function useBatchControl(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (act: 'stop' | 'resume') =>
      bodyOf(
        api.POST(`/api/batches/{id}/${act}`, {
          params: { path: { id }, header: { 'Idempotency-Key': newIdempotencyKey() } },
        }),
      ),
    onSuccess: (batch) => {
      client.setQueryData(batchQuery(id).queryKey, batch);
      void client.invalidateQueries({ queryKey: ['batches'] });
    },
  });
}
