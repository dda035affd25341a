/**
 * State transitions of a published message: offered, received, returned to waiting, expired, withdrawn, deleted. Each
 * applies only while the message is waiting.
 */
import type { QueryFilter } from 'mongoose';
import { MessageModel, type MessageOffer, type MessageRow } from './message-rows.ts';

/** How long a settled message is kept, and so how long its id is reserved. */
const rememberedDays = 7;
const forgetAfter = (at: string): Date => new Date(Date.parse(at) + rememberedDays * 86_400_000);

/** While it is waiting, and no later holder of the channel has written it. */
const waitingFor = (id: string, fence: number): QueryFilter<MessageRow> => ({
  _id: id,
  state: 'waiting',
  $or: [{ fence: { $exists: false } }, { fence: { $lte: fence } }],
});

/**
 * Recorded before it is offered to an instance, so that after a crash this instance is asked first.
 * @param fence of the channel's lease
 * @returns false when it is no longer waiting (withdrawn by an operator), or another process holds the channel
 */
export async function recordOffer(id: string, offer: MessageOffer, fence: number): Promise<boolean> {
  const { matchedCount } = await MessageModel.updateOne(waitingFor(id, fence), { $set: { offer, fence } });
  return matchedCount === 1;
}

export async function recordTaken(
  id: string,
  taken: { taker: string; element: string; began: boolean },
  fence: number,
): Promise<void> {
  await settle(id, 'taken', taken, fence);
}

/**
 * No subscriber yet.
 * @param dueAt time of the next attempt; absent: the message has expired
 */
export async function recordNoSubscriber(id: string, dueAt: string | undefined, fence: number): Promise<void> {
  if (dueAt === undefined) await settle(id, 'expired', {}, fence, true);
  else
    await MessageModel.updateOne(waitingFor(id, fence), {
      $set: { dueAt, fence },
      $inc: { attempts: 1 },
      $unset: { offer: '' },
    });
}

/** The offered instance did not answer: the message stays with it, and it is asked again. */
export async function recordUnanswered(id: string, dueAt: string, fence: number): Promise<void> {
  await MessageModel.updateOne(waitingFor(id, fence), { $set: { dueAt, fence }, $inc: { attempts: 1 } });
}

async function settle(
  id: string,
  state: 'taken' | 'expired',
  more: Partial<MessageRow>,
  fence: number,
  untold = false,
): Promise<void> {
  const settledAt = new Date().toISOString();
  // A late answer still counts, as the message was offered to that instance alone.
  await MessageModel.updateOne(state === 'taken' ? { _id: id, state: 'waiting' } : waitingFor(id, fence), {
    $set: { state, settledAt, fence, forgetAt: forgetAfter(settledAt), ...more, ...(untold && { untold }) },
    $unset: { offer: '' },
  });
}

/**
 * Withdrawn by an operator; not while it is offered to an instance.
 * @returns false when it is no longer waiting
 */
export async function withdrawMessage(id: string, by: string, reason: string): Promise<boolean> {
  const settledAt = new Date().toISOString();
  const found = await MessageModel.findOneAndUpdate(
    { _id: id, state: 'waiting', offer: { $exists: false } },
    { $set: { state: 'withdrawn', settledAt, withdrawn: { by, reason }, forgetAt: forgetAfter(settledAt) } },
  ).lean<MessageRow>();
  return found !== null;
}

/** A message without a time to live that found no subscriber is deleted: its sender has the response and may send it again. */
export async function dropMessage(id: string): Promise<void> {
  await MessageModel.deleteOne({ _id: id, state: 'expired' });
}

export async function recordSenderNotified(id: string): Promise<void> {
  await MessageModel.updateOne({ _id: id }, { $unset: { untold: '' } });
}
