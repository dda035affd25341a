/**
 * Change feed of instance and task rows, polled by any number of processes. Rows carry their write time by the writer's
 * clock, so a late write or a slow clock places a row before known ones: a reader looks back beyond its position and
 * skips rows it knows.
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
  /** Milliseconds, by the writer's clock. */
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
 * @param since milliseconds, inclusive
 * @param limit maximum number of each kind
 * @returns in order of writing
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
