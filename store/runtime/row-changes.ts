/**
 * Which rows of instances and tasks have been written since: a feed that any number of programs reads for itself. Rows carry the time of
 * their writing by the writer's clock, so that one which came late, or from a clock that is behind, stands a little before rows that are
 * known already: a reader looks back further than it has come, and passes over what it knows.
 */
import { InstanceModel } from './instances.ts';
import type { InstanceRow, TaskRow } from './rows.ts';
import { TaskModel } from './tasks.ts';

const taskFields = [
  'seq',
  'instance',
  'process',
  'facility',
  'status',
  'assignee',
  'candidateGroups',
  'leaderGroups',
  'candidateUsers',
  'excludedUsers',
  'closedAt',
  'closedBy',
] as const satisfies (keyof TaskRow)[];

const instanceFields = [
  'seq',
  'process',
  'facility',
  'status',
  'groups',
  'participants',
] as const satisfies (keyof InstanceRow)[];

interface Written {
  /** Milliseconds, by the clock of the writer. */
  writtenAt: number;
}

export type TaskChange = { kind: 'task' } & Written & Pick<TaskRow, '_id' | (typeof taskFields)[number]>;
export type InstanceChange = { kind: 'instance' } & Written &
  Pick<InstanceRow, '_id' | (typeof instanceFields)[number]>;
export type RowChange = TaskChange | InstanceChange;

const projection = (fields: readonly string[]) => Object.fromEntries([...fields, 'writtenAt'].map((name) => [name, 1]));
const taskProjection = projection(taskFields);
const instanceProjection = projection(instanceFields);

/**
 * @param since milliseconds, included
 * @param limit at most so many of each kind
 * @returns in the order in which they were written
 */
export async function findRowChanges(since: number, limit: number): Promise<RowChange[]> {
  const filter = { writtenAt: { $gte: since } };
  const [tasks, instances] = await Promise.all([
    TaskModel.find(filter, taskProjection).sort({ writtenAt: 1 }).limit(limit).lean<Omit<TaskChange, 'kind'>[]>(),
    InstanceModel.find(filter, instanceProjection)
      .sort({ writtenAt: 1 })
      .limit(limit)
      .lean<Omit<InstanceChange, 'kind'>[]>(),
  ]);
  const all: RowChange[] = [
    ...tasks.map((row): RowChange => ({ kind: 'task', ...row })),
    ...instances.map((row): RowChange => ({ kind: 'instance', ...row })),
  ];
  return all.sort((a, b) => a.writtenAt - b.writtenAt);
}
