/**
 * Transitions of a published message: offered, taken, returned to waiting, expired, withdrawn, deleted. Each applies only while it still
 * waits.
 */
import type { QueryFilter } from 'mongoose';
import { MessageModel, type MessageOffer, type MessageRow } from './message-rows.ts';

/** How long it is remembered what became of a message, and so for how long its id is taken. */
const rememberedDays = 7;
const forgetAfter = (at: string): Date => new Date(Date.parse(at) + rememberedDays * 86_400_000);

/** While it waits, and nobody who took the channel later has written of it. */
const waitingFor = (id: string, fence: number): QueryFilter<MessageRow> => ({
  _id: id,
  state: 'waiting',
  $or: [{ fence: { $exists: false } }, { fence: { $lte: fence } }],
});

/**
 * Before it is held out to an instance: whoever goes on after a crash asks that one first.
 * @param fence of the channel's lease
 * @returns false when it waits no longer (an operator took it back), or another one has followed on the channel
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

/** No subscriber yet. @param dueAt when to try again; absent: the message has expired */
export async function recordNoSubscriber(id: string, dueAt: string | undefined, fence: number): Promise<void> {
  if (dueAt === undefined) await settle(id, 'expired', {}, fence, true);
  else
    await MessageModel.updateOne(waitingFor(id, fence), {
      $set: { dueAt, fence },
      $inc: { attempts: 1 },
      $unset: { offer: '' },
    });
}

/** Who is being asked did not answer: it stays with that instance, which is asked again then. */
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
  // Who has taken it says so also late: it was held out to that one alone.
  await MessageModel.updateOne(state === 'taken' ? { _id: id, state: 'waiting' } : waitingFor(id, fence), {
    $set: { state, settledAt, fence, forgetAt: forgetAfter(settledAt), ...more, ...(untold && { untold }) },
    $unset: { offer: '' },
  });
}

/** An operator takes it back. Not while it is held out to an instance. @returns false when it does not wait (any more) */
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
