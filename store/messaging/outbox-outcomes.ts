/** Outcomes of claimed letters. Each write applies only while the letter is held by that claim. */
import { databaseTime } from '../db/database-time.ts';
import { type LetterStatus, OutboxModel } from './outbox.ts';
import { type Claim, held } from './outbox-claims.ts';

const released = { claim: '', leaseUntil: '' } as const;

const later = (time: Date, ms: number): string => new Date(time.getTime() + ms).toISOString();

/** @returns false when another claim holds it, or a receipt came first */
export async function markSent(claim: Claim, providerId: string): Promise<boolean> {
  const sentAt = (await databaseTime()).toISOString();
  const { matchedCount } = await OutboxModel.updateOne(held(claim), {
    $set: { status: 'sent', sentAt, providerId },
    $unset: { ...released, error: '', reason: '', outages: '', asked: '' },
  });
  return matchedCount === 1;
}

export interface Postponed {
  error?: string;
  reason?: string;
  /** Counted as an attempt (refused by the gateway), an outage, or neither. */
  counts?: 'attempt' | 'outage';
  inMs: number;
}

/** To be retried. */
export async function postpone(claim: Claim, { error, reason, counts, inMs }: Postponed): Promise<void> {
  const dueAt = later(await databaseTime(), inMs);
  await OutboxModel.updateOne(held(claim), {
    $set: {
      status: 'queued',
      dueAt,
      ...(error !== undefined && { error }),
      ...(reason !== undefined && { reason }),
    },
    ...(counts && { $inc: counts === 'attempt' ? { attempts: 1 } : { outages: 1 } }),
    $unset: { ...released, handedAt: '', ...(counts === 'attempt' && { outages: '' }) },
  });
}

/** Outcome unknown: queried later. */
export async function markUnknown(claim: Claim, error: string, askInMs: number): Promise<void> {
  const dueAt = later(await databaseTime(), askInMs);
  await OutboxModel.updateOne(held(claim), {
    $set: { status: 'unknown', reason: 'no-answer', error, dueAt, asked: 0 },
    $unset: released,
  });
}

export interface Ended {
  status: Extract<LetterStatus, 'failed' | 'suppressed' | 'expired'>;
  reason: string;
  error?: string;
  /** Refused by the gateway. */
  refused?: boolean;
}

/** Will not be sent. */
export async function endLetter(claim: Claim, { status, reason, error, refused }: Ended): Promise<boolean> {
  const endedAt = (await databaseTime()).toISOString();
  const { matchedCount } = await OutboxModel.updateOne(held(claim), {
    $set: { status, reason, endedAt, ...(error !== undefined && { error }) },
    ...(refused && { $inc: { attempts: 1 } }),
    $unset: { ...released, outages: '' },
  });
  return matchedCount === 1;
}

export type Answer =
  | { is: 'sent' | 'delivered'; providerId: string }
  | { is: 'failed'; reason: string; error: string }
  /** Never received by its gateway: resent once. */
  | { is: 'repeat' }
  | { is: 'open'; error: string; askInMs: number; asked: boolean };

/** Result of a query for a letter with an unknown outcome. */
export async function answerUnknown({ _id, fence }: Claim, answer: Answer): Promise<boolean> {
  const time = await databaseTime();
  const now = time.toISOString();
  const filter = { _id, status: 'unknown' as const, ...(fence !== undefined && { fence }) };
  const { matchedCount } = await OutboxModel.updateOne(filter, changeBy(answer, now, time));
  return matchedCount === 1;
}

function changeBy(answer: Answer, now: string, time: Date): Parameters<typeof OutboxModel.updateOne>[1] {
  switch (answer.is) {
    case 'sent':
    case 'delivered': {
      const delivered = answer.is === 'delivered' && { deliveredAt: now };
      return {
        $set: { status: answer.is, sentAt: now, providerId: answer.providerId, ...delivered },
        $unset: { error: '', reason: '', asked: '' },
      };
    }
    case 'failed':
      return { $set: { status: 'failed', reason: answer.reason, error: answer.error, endedAt: now } };
    case 'repeat':
      return {
        $set: { status: 'queued', dueAt: now, reason: 'repeated' },
        $inc: { repeats: 1 },
        $unset: { handedAt: '', asked: '' },
      };
    case 'open':
      return {
        $set: { dueAt: later(time, answer.askInMs), error: answer.error },
        ...(answer.asked && { $inc: { asked: 1 } }),
      };
  }
}

const resendable = ['failed', 'expired', 'unknown'] as const satisfies LetterStatus[];

/**
 * Resends a letter with a fresh number of attempts and without expiry.
 * @returns false when its state does not allow it
 */
export async function resendLetter(id: string, by: string): Promise<boolean> {
  const at = (await databaseTime()).toISOString();
  const { matchedCount } = await OutboxModel.updateOne(
    { _id: id, status: { $in: resendable }, textsRemovedAt: { $exists: false } },
    {
      $set: { status: 'queued', attempts: 0, repeats: 0, dueAt: at, resent: { by, at } },
      $unset: { endedAt: '', handedAt: '', notAfter: '', reason: '', asked: '', givenUp: '' },
      $inc: { fence: 1 },
    },
  );
  return matchedCount === 1;
}

const open = ['queued', 'unknown'] as const satisfies LetterStatus[];

/**
 * Gives up a letter.
 * @returns false when it is not on its way
 */
export async function giveUpLetter(id: string, by: string, reason: string): Promise<boolean> {
  const at = (await databaseTime()).toISOString();
  const { matchedCount } = await OutboxModel.updateOne(
    { _id: id, status: { $in: open } },
    {
      $set: { status: 'failed', reason: 'given-up', endedAt: at, givenUp: { by, at, reason } },
      $unset: released,
      $inc: { fence: 1 },
    },
  );
  return matchedCount === 1;
}
