/** Names of people by staff id. */
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client.ts';

const namesQuery = (ids: string[]) =>
  queryOptions({
    queryKey: ['people', ids],
    queryFn: () => bodyOf(api.GET('/api/people', { params: { query: { ids: ids.join(',') } } })),
    staleTime: 300_000,
    enabled: ids.length > 0,
  });

/** The id itself until names are loaded, and for unknown ids. */
export function useNames(ids: (string | null | undefined)[]): (id: string) => string {
  const wanted = [...new Set(ids.filter((id): id is string => typeof id === 'string' && id !== ''))]
    .sort()
    .slice(0, 100);
  const { data } = useQuery({ ...namesQuery(wanted), placeholderData: (previous) => previous });
  const names = new Map(data?.items.map((one) => [one.id, one.name]));
  return (id) => names.get(id) ?? id;
}

/** The name of somebody who is not shown yet. */
export function useNameLookup(): (id: string) => Promise<string> {
  const client = useQueryClient();
  return async (id) => {
    const found = await client.fetchQuery(namesQuery([id])).catch(() => undefined);
    return found?.items[0]?.name ?? id;
  };
}
