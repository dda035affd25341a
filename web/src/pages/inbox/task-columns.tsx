/** The columns a list of tasks can show: those of every task, and those its process declares. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Task } from '../../api/client.ts';
import { profileQuery } from '../../api/queries.ts';
import { Due } from '../../parts/due.tsx';
import { useProcessNames } from '../../parts/process-names.ts';
import { instantInWords } from '../../parts/time.ts';
import { useFacilityName, useZoneOf } from '../../parts/zone.ts';
import { useWords } from '../../words/index.ts';
import { columnText } from './column-text.ts';

export interface TaskColumn {
  id: string;
  title: string;
  /** Class of its cells, which gives the width. */
  size: 'narrow' | 'date' | 'count';
  /** As the API sorts by it. */
  sort: string;
  /** As a file shows it. */
  text(task: Task): string;
  /** As the table shows it, where that is more than the text. */
  cell?(task: Task): ReactNode;
}

type OwnColumn = 'process' | 'stage' | 'facility' | 'assignee' | 'created' | 'due' | 'closedAt';

export const usualColumns = ['facility', 'assignee', 'due'];

/** @param nameOf names of people @returns all that can be chosen, in their order */
export function useTaskColumns(process: string | undefined, nameOf: (id: string) => string): TaskColumn[] {
  const { t, language, named } = useWords();
  const facilityName = useFacilityName();
  const zoneOf = useZoneOf();
  const processes = useProcessNames();
  const { data: profile } = useQuery({ ...profileQuery(process ?? ''), enabled: process !== undefined });
  const instant = (at: string | undefined, facility: string) =>
    at === undefined ? '' : instantInWords(at, { language, zone: zoneOf(facility) });
  const stages = new Map(profile?.stages.map((one) => [one.id, named(one)]));
  const own = (id: OwnColumn, sort: string, size: TaskColumn['size'], text: (task: Task) => string): TaskColumn => ({
    id,
    title: t(`column.${id}`),
    size,
    sort,
    text,
  });
  const shared: TaskColumn[] = [
    own('process', 'name', 'narrow', (task) => processes.nameOf(task.process)),
    own('stage', 'stage', 'narrow', ({ stage = '' }) => stages.get(stage) ?? stage),
    own('facility', 'facility', 'narrow', (task) => facilityName(task.facility)),
    own('assignee', 'assignee', 'narrow', ({ assignee }) => (assignee === null ? '' : nameOf(assignee))),
    own('created', 'createdAt', 'date', (task) => instant(task.createdAt, task.facility)),
    {
      ...own('due', 'dueAt', 'date', (task) => instant(task.dueAt, task.facility)),
      cell: ({ createdAt, dueAt, facility, remaining }) => (
        <Due since={createdAt} {...{ dueAt, facility, remaining }} />
      ),
    },
    own('closedAt', 'closedAt', 'date', (task) => instant(task.closedAt, task.facility)),
  ];
  const declared = (profile?.columns ?? []).map(
    (column): TaskColumn => ({
      id: `column.${column.id}`,
      title: named(column),
      size: column.type === 'date' ? 'date' : 'narrow',
      sort: `column.${column.id}`,
      text: (task) =>
        columnText(column, task.columns?.[column.id], { nameOf, named, instant: (at) => instant(at, task.facility) }),
    }),
  );
  return [...shared, ...declared];
}

/** Whose names a list shows: who has the tasks, and the people in the columns of their process. */
export function usePeopleIn(tasks: Task[], process: string | undefined): (string | null)[] {
  const { data: profile } = useQuery({ ...profileQuery(process ?? ''), enabled: process !== undefined });
  const ids = (profile?.columns ?? []).filter(({ type }) => type === 'person').map(({ id }) => id);
  const inColumns = ({ columns = {} }: Task) => ids.map((id) => String(columns[id] ?? ''));
  return tasks.flatMap((task) => [task.assignee, ...inColumns(task)]);
}
