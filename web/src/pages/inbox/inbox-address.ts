/** Filters, order and columns of a task list as URL parameters, so that a view can be shared. */
import type { TaskFilters } from '../../api/queries.ts';

export const tabs = ['todo', 'done', 'started'] as const;
export type Tab = (typeof tabs)[number];

export const tabOf = (search: URLSearchParams): Tab => tabs.find((one) => one === search.get('tab')) ?? 'todo';

const pageSize = 100;
const columnPrefix = 'column.';
/** How a list looks, which filters nothing. */
const looks: ReadonlySet<string> = new Set(['tab', 'sort', 'columns', 'view']);

/** Those who may have the tasks of the list; `available` when nothing is said. */
export const assigneeChoices = ['available', 'me', 'none', 'all'] as const;
export type AssigneeChoice = (typeof assigneeChoices)[number];

export const isFiltered = (search: URLSearchParams): boolean => [...search.keys()].some((name) => !looks.has(name));

/** @returns without order and size, as acts on all that match take it */
export function filtersOf(search: URLSearchParams): Omit<TaskFilters, 'limit' | 'sort'> {
  const text = (name: string) => search.get(name) || undefined;
  const [q, facility, process, stage] = [text('q'), text('facility'), text('process'), text('stage')];
  const due = text('due') as TaskFilters['due'] | undefined;
  const assignee = text('assignee') ?? 'available';
  const columns = [...search].filter(([name, value]) => name.startsWith(columnPrefix) && value !== '');
  return {
    ...(tabOf(search) === 'done'
      ? { status: 'completed' as const, doneByMe: true }
      : assignee !== 'all' && { assignee }),
    ...(due && { due }),
    ...(q && { q }),
    ...(facility && { facility }),
    ...(process && { process }),
    ...(process && stage && { stage }),
    ...(text('urgent') && { urgent: true }),
    ...(process && Object.fromEntries(columns)),
  };
}

export function listOf(search: URLSearchParams): TaskFilters {
  const usual = tabOf(search) === 'done' ? '-closedAt' : 'urgency';
  return { ...filtersOf(search), sort: search.get('sort') ?? usual, limit: pageSize };
}

/** The address of a view without what belongs to it being opened. */
export function queryOf(search: URLSearchParams): string {
  const kept = new URLSearchParams(search);
  kept.delete('view');
  return kept.toString();
}
