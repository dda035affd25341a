/** Names of processes by key, in the language of the person. */
import { useQuery } from '@tanstack/react-query';
import { processesQuery } from '../api/queries.ts';
import { useWords } from '../words/index.ts';

export function useProcessNames(): { nameOf(key: string): string; list: { value: string; label: string }[] } {
  const { named } = useWords();
  const { data } = useQuery(processesQuery);
  const list = (data?.items ?? []).map((one) => ({ value: one.key, label: named(one) }));
  const names = new Map(list.map(({ value, label }) => [value, label]));
  return { nameOf: (key) => names.get(key) ?? key, list };
}
