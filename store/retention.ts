/**
 * Deletes data at the end of its retention. Rows of instances, the journal and the audit trail are kept; other expiring
 * data has a TTL index.
 */
import { removeContentsOfEnded, removeUnheldContents, removeWaitingFiles } from './files/retention.ts';
import { OutboxModel } from './messaging/outbox.ts';
import { PatientReplyModel } from './messaging/replies.ts';
import { BatchItemModel, BatchModel } from './runtime/batches.ts';
import { ConditionCheckModel } from './runtime/condition-checks.ts';
import { DraftModel } from './runtime/drafts.ts';

/** Days. */
export interface Retention {
  /** Subject, text and data of letters, after they were sent or given up. */
  outboxTexts: number;
  /** Records of letters: recipient, time, receipt. */
  outbox: number;
  conditionChecks: number;
  /** Completed batches with their reports. */
  batches: number;
  /** Drafts, after their last save. */
  drafts: number;
  /** Pending files; longer than drafts, which refer to them. */
  waitingFiles: number;
  /** Contents of files after their instance has ended; absent: kept permanently. */
  files?: number;
}

export type Removed = Record<keyof Retention, number>;

const dayMs = 86_400_000;
const settledStatuses = ['sent', 'delivered', 'failed', 'suppressed', 'expired'] as const;
/** The remainder is deleted in the next round. */
const batchesAtATime = 100;

/**
 * Idempotent, and safe to run concurrently.
 * @param now epoch milliseconds
 */
export async function removeExpired(keep: Retention, now: number): Promise<Removed> {
  const before = (days: number): string => new Date(now - days * dayMs).toISOString();
  const settled = { status: { $in: settledStatuses } };
  // `dueAt` is the time of the last attempt, or a moment before.
  const outbox = await OutboxModel.deleteMany({ ...settled, dueAt: { $lt: before(keep.outbox) } });
  const texts = await OutboxModel.updateMany(
    { ...settled, dueAt: { $lt: before(keep.outboxTexts) }, textsRemovedAt: { $exists: false } },
    { $set: { subject: '', body: '', textsRemovedAt: new Date(now).toISOString() }, $unset: { data: '', address: '' } },
  );
  await PatientReplyModel.updateMany(
    { at: { $lt: before(keep.outboxTexts) }, text: { $ne: '' } },
    { $set: { text: '' } },
  );
  const checks = await ConditionCheckModel.deleteMany({ at: { $lt: before(keep.conditionChecks) } });
  const drafts = await DraftModel.deleteMany({ savedAt: { $lt: before(keep.drafts) } });
  return {
    outboxTexts: texts.modifiedCount,
    outbox: outbox.deletedCount,
    conditionChecks: checks.deletedCount,
    drafts: drafts.deletedCount,
    batches: await removeBatches(before(keep.batches)),
    waitingFiles: await removeWaitingFiles(before(keep.waitingFiles)),
    files: await removeFiles(keep.files === undefined ? undefined : before(keep.files), before(1)),
  };
}

/**
 * @param before absent: contents of instances are kept
 * @param stored contents stored later are kept
 */
async function removeFiles(before: string | undefined, stored: string): Promise<number> {
  const removed = before === undefined ? 0 : await removeContentsOfEnded(before);
  await removeUnheldContents(stored);
  return removed;
}

/** The items first, so that an interrupted deletion is resumed with the batch. */
async function removeBatches(before: string): Promise<number> {
  const old = await BatchModel.find({ startedAt: { $lt: before } }, { _id: 1 })
    .sort({ startedAt: 1 })
    .limit(batchesAtATime)
    .lean<{ _id: string }[]>();
  let removed = 0;
  for (const { _id: batch } of old) {
    if ((await BatchItemModel.exists({ batch, outcome: 'pending' })) !== null) continue;
    await BatchItemModel.deleteMany({ batch });
    await BatchModel.deleteOne({ _id: batch });
    removed += 1;
  }
  return removed;
}
