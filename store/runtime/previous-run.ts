/** An instance id may live again (called anew after an operator ended it): what the earlier life left in the read models. */
import { storeOf } from '../processes/index.ts';
import { InstanceModel } from './instances.ts';
import { addLineAfterEnd, lastJournalLine } from './journal.ts';
import type { InstanceRow } from './rows.ts';
import { TaskModel } from './tasks.ts';

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
 * An instance that was ended from outside could not tell of its end itself: its rows and its journal say so. A repeat changes nothing,
 * and rows of a step that were still on their way are older than these, so they are not taken any more.
 * @returns whether it was active until now
 */
export async function recordTermination(
  instance: string,
  { runId, endedAt, reason, identity }: TerminatedRun,
): Promise<boolean> {
  const row = await InstanceModel.findOne({ _id: instance, status: 'active' }, { process: 1, businessKey: 1 }).lean<
    Pick<InstanceRow, 'process' | 'businessKey'>
  >();
  if (!row) return false;
  // Sequence numbers are milliseconds.
  const seq = Date.parse(endedAt) + 1;
  const how = { status: 'terminated', outside: true, ...(reason && { reason }), ...(identity && { identity }) };
  await addLineAfterEnd(instance, { at: endedAt, kind: 'instance-ended', data: { id: runId, ...how } }, seq);
  const end = {
    status: 'terminated' as const,
    endedAt,
    updatedAt: endedAt,
    overdue: false,
    waits: [],
    incidents: [],
    subscriptions: [],
  };
  const { modifiedCount } = await InstanceModel.updateOne(
    { _id: instance, status: 'active' },
    { $set: end, $max: { seq }, $unset: { dueAt: '', signals: '', signalWaits: '' } },
  );
  await TaskModel.updateMany(
    { instance, status: 'open' },
    { $set: { status: 'cancelled', closedAt: endedAt, updatedAt: endedAt }, $max: { seq } },
  );
  await storeOf(row.process)?.endedOutside?.(row.businessKey, endedAt);
  return modifiedCount > 0;
}
