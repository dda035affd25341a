/** An instance id may live again (called anew after an operator ended it): what the earlier life left in the read models. */
import { storeOf } from '../processes/index.ts';
import { InstanceModel } from './instances.ts';
import { lastJournalLine } from './journal.ts';
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

/** An instance that was ended from outside could not tell of its end itself. A repeat changes nothing. */
export async function recordTermination(instance: string, endedAt: string): Promise<boolean> {
  const end = {
    status: 'terminated' as const,
    endedAt,
    updatedAt: endedAt,
    overdue: false,
    waits: [],
    subscriptions: [],
  };
  const row = await InstanceModel.findOneAndUpdate(
    { _id: instance, status: 'active' },
    { $set: end, $unset: { dueAt: '', signals: '' } },
  ).lean<{ businessKey: string; process: string }>();
  if (!row) return false;
  await TaskModel.updateMany(
    { instance, status: 'open' },
    { $set: { status: 'cancelled', closedAt: endedAt, updatedAt: endedAt } },
  );
  await storeOf(row.process)?.endedOutside?.(row.businessKey, endedAt);
  return true;
}
