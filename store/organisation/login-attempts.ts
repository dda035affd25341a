/**
 * Recent login attempts per address, per login, and overall. Stored in the database, so that all processes share the
 * counts and its clock. An attempt is counted before the password is checked and uncounted on success, so that parallel
 * attempts do not evade the limit.
 */
import mongoose from 'mongoose';
import { databaseTime } from '../db/database-time.ts';
import { rowSchema } from '../db/schema.ts';

interface AttemptCount {
  /** `<counter>#<start of its window>`. */
  _id: string;
  n: number;
  /** A date, for the TTL index. */
  expiresAt: Date;
}

const schema = rowSchema<AttemptCount>({ n: Number, expiresAt: Date });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const LoginAttemptModel = mongoose.model<AttemptCount>('loginAttempts', schema, 'loginAttempts');

export interface AttemptLimit {
  /** Name of the counter; must not identify a person. */
  key: string;
  atMost: number;
}

export interface CountedAttempt {
  /** The first exceeded limit; absent: the attempt is allowed. */
  passed?: AttemptLimit;
  /** Whether it is the first attempt beyond that limit. */
  first: boolean;
  retryAfterSeconds: number;
  /** Uncounts a successful attempt. */
  takeBack(): Promise<void>;
}

const windowMs = 15 * 60_000;

export async function countAttempt(limits: AttemptLimit[]): Promise<CountedAttempt> {
  const now = await databaseTime();
  const began = now.getTime() - (now.getTime() % windowMs);
  const expiresAt = new Date(began + 2 * windowMs);
  const idOf = (limit: AttemptLimit) => `${limit.key} ${began}`;
  const counts = await Promise.all(limits.map((limit) => increment(idOf(limit), expiresAt)));
  const at = limits.findIndex((limit, index) => (counts[index] ?? 0) > limit.atMost);
  const passed = limits[at];
  return {
    ...(passed && { passed }),
    first: passed !== undefined && counts[at] === passed.atMost + 1,
    retryAfterSeconds: Math.max(1, Math.ceil((began + windowMs - now.getTime()) / 1000)),
    async takeBack() {
      await LoginAttemptModel.updateMany({ _id: { $in: limits.map(idOf) } }, { $inc: { n: -1 } });
    },
  };
}

async function increment(_id: string, expiresAt: Date): Promise<number> {
  const add = () =>
    LoginAttemptModel.findOneAndUpdate(
      { _id },
      { $inc: { n: 1 }, $setOnInsert: { expiresAt } },
      { upsert: true, returnDocument: 'after' },
    ).lean<AttemptCount>();
  // A concurrent attempt has created the window.
  const row = await add().catch(add);
  return row?.n ?? 0;
}
