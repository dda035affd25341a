/** Read models left by a previous run of an instance id, which may be reused (called again after an operator ended it). */
import { storeOf } from '../processes/index.ts';
import { InstanceModel, storedInstance } from './instances.ts';
import { addLineAfterEnd, lastJournalLine } from './journal.ts';
import type { InstanceRow, TaskRow } from './rows.ts';
import { storedTask, TaskModel } from './tasks.ts';

/**
 * @param firstSeq sequence number from which this run's rows start: newer ones are its own, from an attempt that
 * Temporal discarded
 * @returns number of the last journal line of an ended previous run; 0 without one
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
  /** Reason given by who ended it. */
  reason?: string;
  /** Identity in Temporal of who ended it. */
  identity?: string;
}

/**
 * Records the end of an instance that was terminated from outside and could not report it itself, in its rows and
 * journal, permanently. Idempotent; later writes of its last run are rejected (store/runtime/projection.ts). From then
 * on it is found only by people who worked on it and by those who see its whole facility.
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

/** Late rows of its last step: what they opened is closed again. */
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
