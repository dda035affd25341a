/** An instance id may live again (called anew after an operator ended it): what the earlier life left in the read models. */
import { storeOf } from '../processes/index.ts';
import { InstanceModel, storedInstance } from './instances.ts';
import { addLineAfterEnd, lastJournalLine } from './journal.ts';
import type { InstanceRow, TaskRow } from './rows.ts';
import { storedTask, TaskModel } from './tasks.ts';

/**
 * @param firstSeq where the rows of this life begin: newer ones are its own, written by an attempt whose result Temporal did not take
 * @returns number of the last journal line of an instance of this id that has ended before; 0 when there was none
 */
export async function lastLineOfPreviousRun(
  instance: string,
  firstSeq: number = Number.POSITIVE_INFINITY,
): Promise<number> {
  const row = await InstanceModel.findOne({ _id: instance }, { status: 1, seq: 1, journalFrom: 1 }).lean<
    Pick<InstanceRow, 'status' | 'seq' | 'journalFrom'>
  >();
  if (row && row.seq > firstSeq) return row.journalFrom ?? 0;
  if (!row || row.status === 'active') return 0;
  return lastJournalLine(instance);
}

export interface TerminatedRun {
  runId: string;
  /** ISO 8601. */
  endedAt: string;
  /** As whoever ended it gave it. */
  reason?: string;
  /** How whoever ended it is called in Temporal. */
  identity?: string;
}

/**
 * An instance that was ended from outside could not tell of its end itself: its rows and its journal say so, for good. A repeat changes
 * nothing, and nothing that its last run writes later is taken (store/runtime/projection.ts). Nobody but who worked on it and who sees all
 * of its facility finds it then: it is no task of a role any more.
 * @returns whether it was active until now
 */
export async function recordTermination(
  instance: string,
  { runId, endedAt, reason, identity }: TerminatedRun,
): Promise<boolean> {
  const row = await InstanceModel.findOne({ _id: instance, status: 'active' }).lean<InstanceRow>();
  if (!row) return false;
  // Sequence numbers are milliseconds.
  const seq = Date.parse(endedAt) + 1;
  const how = { status: 'terminated', outside: true, ...(reason && { reason }), ...(identity && { identity }) };
  await addLineAfterEnd(instance, { at: endedAt, kind: 'instance-ended', data: { id: runId, ...how } }, seq);
  const { readKeys, writtenAt } = storedInstance({ ...row, groups: [] });
  const end = {
    status: 'terminated' as const,
    endedOutside: runId,
    endedAt,
    updatedAt: endedAt,
    overdue: false,
    waits: [],
    incidents: [],
    subscriptions: [],
    groups: [],
    readKeys,
    writtenAt,
  };
  const { modifiedCount } = await InstanceModel.updateOne(
    { _id: instance, status: 'active' },
    { $set: end, $max: { seq }, $unset: { dueAt: '', signals: '', signalWaits: '' } },
  );
  await close(row, endedAt);
  return modifiedCount > 0;
}

/** Rows of its last step came later than its end: what they opened is closed again. */
export async function closeIfEndedOutside(instance: string): Promise<void> {
  const row = await InstanceModel.findOne({ _id: instance, endedOutside: { $exists: true } }).lean<InstanceRow>();
  if (row?.endedAt !== undefined) await close(row, row.endedAt);
}

async function close({ _id: instance, process, businessKey }: InstanceRow, endedAt: string): Promise<void> {
  await cancelOpenTasks(instance, endedAt);
  await storeOf(process)?.endedOutside?.(businessKey, endedAt);
}

async function cancelOpenTasks(instance: string, at: string): Promise<void> {
  const open = await TaskModel.find({ instance, status: 'open' }).lean<TaskRow[]>();
  if (open.length === 0) return;
  const end = { status: 'cancelled', closedAt: at, updatedAt: at, candidateGroups: [] } satisfies Partial<TaskRow>;
  const updates = open.map((row) => {
    const { inboxKeys, writtenAt } = storedTask({ ...row, ...end });
    const update = { $set: { ...end, inboxKeys, writtenAt }, $max: { seq: Date.parse(at) + 1 } };
    return { updateOne: { filter: { _id: row._id, status: 'open' }, update } };
  });
  await TaskModel.collection.bulkWrite(updates as never, { ordered: false });
}
