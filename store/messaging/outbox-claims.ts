/** Claims on letters: batches, each leased by database time and with a fencing number. */
import { randomUUID } from 'node:crypto';
import type { QueryFilter } from 'mongoose';
import { databaseTime } from '../db/database-time.ts';
import { type Audience, type Lane, type OutboxMessage, OutboxModel } from './outbox.ts';

/** The claim on a letter that is being sent or queried. */
export type Claim = Pick<OutboxMessage, '_id' | 'fence'>;

/** Facilities with letters in a lane, by one index step each. */
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
  /** Longer than a gateway's deadline for a letter. */
  leaseMs: number;
}

/** Claims due letters, the longest waiting first. Concurrent claims never get the same letter. */
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

/** While it is held by this claim. */
export const held = ({ _id, fence }: Claim): QueryFilter<OutboxMessage> => ({
  _id,
  status: 'sending',
  ...(fence !== undefined && { fence }),
});

/**
 * Recorded right before a letter is handed to the gateway; from here on its outcome is unknown until recorded.
 * @returns the time; undefined when the claim is lost or about to expire, in which case the letter must not be sent
 */
export async function beginHandOver(
  claim: Claim,
  { leaseMs, ...about }: Pick<OutboxMessage, 'gateway' | 'address' | 'segments'> & { leaseMs: number },
): Promise<string | undefined> {
  const time = await databaseTime();
  const now = time.toISOString();
  const { matchedCount } = await OutboxModel.updateOne(
    { ...held(claim), leaseUntil: { $gt: now } },
    {
      $set: {
        ...about,
        handedAt: now,
        leaseUntil: new Date(time.getTime() + leaseMs).toISOString(),
      },
    },
  );
  return matchedCount === 1 ? now : undefined;
}

/** Letters of expired claims: those not handed over wait again, the others have an unknown outcome. */
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

/**
 * Claims a letter with an unknown outcome to query its gateway.
 * @param gateway name of the one that is queried: letters of another stay unknown, for operators
 */
export async function claimUnknown(
  audience: Audience,
  gateway: string,
  leaseMs: number,
): Promise<OutboxMessage | null> {
  const time = await databaseTime();
  return OutboxModel.findOneAndUpdate(
    { audience, gateway, status: 'unknown', dueAt: { $lte: time.toISOString() } },
    { $set: { dueAt: new Date(time.getTime() + leaseMs).toISOString() }, $inc: { fence: 1 } },
    { sort: { dueAt: 1 }, returnDocument: 'after' },
  ).lean<OutboxMessage>();
}
