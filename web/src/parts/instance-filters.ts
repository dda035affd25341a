/** The filters of a list of instances, in its address: also those by the columns of the process, as the API writes them. */
import type { paths } from '../../generated/api.d.ts';

export type InstanceFilters = Omit<NonNullable<paths['/api/instances']['get']['parameters']['query']>, 'cursor'>;

const columnPrefix = 'column.';
const texts = ['q', 'facility', 'process', 'stage', 'element', 'incidentCode', 'root', 'sort'] as const;
const instants = ['startedFrom', 'startedTo', 'endedFrom', 'endedTo', 'dueFrom', 'dueTo'] as const;
const flags = ['incident', 'overdue', 'longerThanUsual'] as const;

export function instanceFiltersOf(search: URLSearchParams): InstanceFilters {
  const filters: Record<string, unknown> = {};
  for (const name of [...texts, ...instants, 'status']) {
    const value = search.get(name);
    if (value) filters[name] = value;
  }
  for (const name of flags) if (search.get(name)) filters[name] = true;
  const version = Number(search.get('version'));
  if (version > 0) filters['version'] = version;
  const columns = columnsOf(search);
  if (columns) filters['columns'] = columns;
  return filters;
}

function columnsOf(search: URLSearchParams): Record<string, string | string[]> | undefined {
  const names = [...new Set([...search.keys()].filter((name) => name.startsWith(columnPrefix)))];
  const columns = names.map((name) => {
    const values = search.getAll(name);
    return [name.slice(columnPrefix.length), values.length === 1 ? (values[0] ?? '') : values] as const;
  });
  return columns.length > 0 ? Object.fromEntries(columns) : undefined;
}

/** Columns are parameters of their own (`column.<id>=…`). */
export function filtersAsText(query: Record<string, unknown>): string {
  const { columns, ...others } = query;
  const text = new URLSearchParams();
  for (const [name, value] of Object.entries(others)) if (value !== undefined) text.set(name, String(value));
  for (const [id, value] of Object.entries((columns ?? {}) as Record<string, string | string[]>))
    for (const one of [value].flat()) text.append(`${columnPrefix}${id}`, one);
  return text.toString();
}
