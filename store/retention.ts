/** Removes what is only kept for a time. Rows of instances, the journal and the access log stay; what expires by itself has an index for it. */
import { removeContentsOfEnded, removeUnheldContents, removeWaitingFiles } from './files/retention.ts';
import { OutboxModel } from './messaging/outbox.ts';
import { PatientReplyModel } from './messaging/replies.ts';
import { BatchItemModel, BatchModel } from './runtime/batches.ts';
import { ConditionCheckModel } from './runtime/condition-checks.ts';
import { DraftModel } from './runtime/drafts.ts';

/** Days. */
export interface Retention {
  /** Subject, text and data of messages to people, after they were sent or given up. */
  outboxTexts: number;
  /** That they were sent: to whom, when, with which receipt. */
  outbox: number;
  conditionChecks: number;
  /** Batches that are through, with what became of each instance. */
  batches: number;
  /** Forms filled in and not submitted, after they were last saved. */
  drafts: number;
  /** Files that were uploaded and not submitted; longer than drafts, which name them. */
  waitingFiles: number;
  /** What files hold, after their instance has ended; absent: for good. */
  files?: number;
}

export type Removed = Record<keyof Retention, number>;

const dayMs = 86_400_000;
const settledStatuses = ['sent', 'delivered', 'failed', 'suppressed', 'expired'] as const;
/** What is left over goes the next time. */
const batchesAtATime = 100;

/** @param now epoch milliseconds. Safe to repeat, and by several programs at once. */
export async function removeExpired(keep: Retention, now: number): Promise<Removed> {
  const before = (days: number): string => new Date(now - days * dayMs).toISOString();
  const settled = { status: { $in: settledStatuses } };
  // `dueAt` is when it was tried last, or a moment before.
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

/** @param before absent: what instances hold stays @param stored what was stored later is left alone */
async function removeFiles(before: string | undefined, stored: string): Promise<number> {
  const removed = before === undefined ? 0 : await removeContentsOfEnded(before);
  await removeUnheldContents(stored);
  return removed;
}

/** The items go first: whoever is cut off goes on with the batch the next time. */
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
