/** Who sends which letter: claims of many at once, each for the time of a lease by the clock of the database and with a fencing number. */
import { randomUUID } from 'node:crypto';
import type { QueryFilter } from 'mongoose';
import { databaseTime } from '../db/database-time.ts';
import { type Audience, type Lane, type OutboxMessage, OutboxModel } from './outbox.ts';

/** Of a letter that is being sent or asked for: who holds it. */
export type Claim = Pick<OutboxMessage, '_id' | 'fence'>;

/** The facilities that have letters in a lane, found by one step in the index for each. */
export async function facilitiesQueued(audience: Audience, lane: Lane): Promise<string[]> {
  const found: string[] = [];
  for (let after = ''; ; ) {
    const next = await OutboxModel.findOne(
      { audience, status: 'queued', lane, facility: { $gt: after } },
      { facility: 1 },
    )
      .sort({ facility: 1 })
      .lean<Pick<OutboxMessage, 'facility'>>();
    if (!next) return found;
    found.push(next.facility);
    after = next.facility;
  }
}

export interface Claiming {
  audience: Audience;
  lane: Lane;
  facility: string;
  limit: number;
  /** Longer than a gateway has for a letter. */
  leaseMs: number;
}

/** Those that are due, the longest waiting first. Two who claim at once never get the same letter. */
export async function claimLetters({ leaseMs, limit, ...where }: Claiming): Promise<OutboxMessage[]> {
  const time = await databaseTime();
  const due = { ...where, status: 'queued' as const, dueAt: { $lte: time.toISOString() } };
  const ids = await OutboxModel.find(due, { _id: 1 }).sort({ dueAt: 1 }).limit(limit).lean<{ _id: string }[]>();
  if (ids.length === 0) return [];
  const claim = randomUUID();
  const { modifiedCount } = await OutboxModel.updateMany(
    { _id: { $in: ids.map(({ _id }) => _id) }, ...due },
    {
      $set: { status: 'sending', claim, leaseUntil: new Date(time.getTime() + leaseMs).toISOString() },
      $inc: { fence: 1 },
      $unset: { handedAt: '' },
    },
  );
  return modifiedCount === 0 ? [] : OutboxModel.find({ claim }).sort({ dueAt: 1 }).lean<OutboxMessage[]>();
}

/** As long as it is held by this claim. */
export const held = ({ _id, fence }: Claim): QueryFilter<OutboxMessage> => ({
  _id,
  status: 'sending',
  ...(fence !== undefined && { fence }),
});

/**
 * Right before a letter is given to the gateway: from here on nobody knows whether it is out until it is marked.
 * @returns when; undefined where another one has followed, or would any moment: it must not be sent
 */
export async function beginHandOver(
  claim: Claim,
  { gateway, address, leaseMs }: { gateway: string; address?: string; leaseMs: number },
): Promise<string | undefined> {
  const time = await databaseTime();
  const now = time.toISOString();
  const { matchedCount } = await OutboxModel.updateOne(
    { ...held(claim), leaseUntil: { $gt: now } },
    {
      $set: {
        handedAt: now,
        gateway,
        leaseUntil: new Date(time.getTime() + leaseMs).toISOString(),
        ...(address !== undefined && { address }),
      },
    },
  );
  return matchedCount === 1 ? now : undefined;
}

/** Letters whose holder has died: those that were not handed over yet wait again, of the others nobody knows. */
export async function releaseExpiredClaims(): Promise<{ queued: number; unknown: number }> {
  const now = (await databaseTime()).toISOString();
  const over = { status: 'sending' as const, leaseUntil: { $lt: now } };
  const gone = { claim: '', leaseUntil: '' } as const;
  const queued = await OutboxModel.updateMany(
    { ...over, handedAt: { $exists: false } },
    { $set: { status: 'queued', dueAt: now }, $unset: gone },
  );
  const unknown = await OutboxModel.updateMany(
    { ...over, handedAt: { $exists: true } },
    { $set: { status: 'unknown', reason: 'no-answer', dueAt: now, asked: 0 }, $unset: gone },
  );
  return { queued: queued.modifiedCount, unknown: unknown.modifiedCount };
}

/** A letter of which nobody knows, to ask its gateway for it; nobody else asks during the lease. */
export async function claimUnknown(audience: Audience, leaseMs: number): Promise<OutboxMessage | null> {
  const time = await databaseTime();
  return OutboxModel.findOneAndUpdate(
    { audience, status: 'unknown', dueAt: { $lte: time.toISOString() } },
    { $set: { dueAt: new Date(time.getTime() + leaseMs).toISOString() }, $inc: { fence: 1 } },
    { sort: { dueAt: 1 }, returnDocument: 'after' },
  ).lean<OutboxMessage>();
}
