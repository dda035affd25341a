/** What operators look after besides instances: workers, letters, messages, schedules. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { components, paths } from '../../../generated/api.d.ts';
import { api, bodyOf } from '../../api/client.ts';

export type Runtime = components['schemas']['Runtime'];
export type Letter = components['schemas']['Letter'];
export type Gateways = components['schemas']['Gateways'];
export type Message = components['schemas']['PublishedMessage'];
export type Subscription = components['schemas']['Subscription'];
export type Schedule = components['schemas']['Schedule'];

const refreshMs = 10_000;

export const runtimeQuery = queryOptions({
  queryKey: ['runtime'],
  queryFn: () => bodyOf(api.GET('/api/runtime')),
  refetchInterval: refreshMs,
});

export const totalsQuery = queryOptions({
  queryKey: ['instances', 'totals', 'active'],
  queryFn: () => bodyOf(api.GET('/api/instance-totals', { params: { query: { status: 'active' } } })),
  refetchInterval: refreshMs,
});

export interface LettersAsked {
  status?: Letter['status'];
  lane?: Letter['lane'];
}

export const lettersQuery = (asked: LettersAsked) =>
  queryOptions({
    queryKey: ['letters', asked],
    queryFn: () => bodyOf(api.GET('/api/letters', { params: { query: { limit: 200, ...asked } } })),
    refetchInterval: refreshMs,
  });

export const gatewaysQuery = queryOptions({
  queryKey: ['gateways'],
  queryFn: () => bodyOf(api.GET('/api/gateways')),
  refetchInterval: refreshMs,
});

export const messagesQuery = (state?: Message['state']) =>
  queryOptions({
    queryKey: ['messages', state ?? ''],
    queryFn: () => bodyOf(api.GET('/api/messages', { params: { query: { limit: 200, ...(state && { state }) } } })),
    refetchInterval: refreshMs,
  });

export type SubscriptionsAsked = Omit<
  NonNullable<paths['/api/subscriptions']['get']['parameters']['query']>,
  'cursor' | 'limit'
>;

export const subscriptionsQuery = (asked: SubscriptionsAsked) =>
  infiniteQueryOptions({
    queryKey: ['subscriptions', asked],
    queryFn: ({ pageParam }) =>
      bodyOf(
        api.GET('/api/subscriptions', { params: { query: { ...asked, ...(pageParam && { cursor: pageParam }) } } }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: refreshMs,
  });

export const schedulesQuery = (key: string) =>
  queryOptions({
    queryKey: ['schedules', key],
    queryFn: () => bodyOf(api.GET('/api/definitions/{key}/schedules', { params: { path: { key } } })),
    refetchInterval: refreshMs,
  });
