/** A form with the colleagues that its fields can name, asked of the server. */
import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, bodyOf } from '../api/client.ts';
import { rolesIn, withPeople } from './form-people.ts';

/** @returns undefined until the colleagues are known; where they cannot be asked for, the form as it is */
export function useSchemaWithPeople(schema: object | undefined, facility: string): object | undefined {
  const roles = useMemo(() => (schema ? rolesIn(schema) : []), [schema]);
  const { pending, lists } = useQueries({
    queries: roles.map((one) => ({
      queryKey: ['colleagues', facility, one],
      queryFn: () =>
        bodyOf(
          api.GET('/api/colleagues', { params: { query: { facility, ...(one.trim() !== '*' && { roles: one }) } } }),
        ),
      staleTime: 300_000,
    })),
    combine: (results) => ({
      pending: results.some((one) => one.isPending),
      lists: results.map((one) => one.data?.items),
    }),
  });
  return useMemo(() => {
    if (!schema || pending) return undefined;
    const known = roles.flatMap((one, index) => (lists[index] ? [[one, lists[index]] as const] : []));
    return roles.length === 0 ? schema : withPeople(schema, new Map(known));
  }, [schema, pending, roles, lists]);
}
