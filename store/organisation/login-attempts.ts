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

/**
 * The last quarter of an hour counts, wherever a window begins: of the window before, the share that still lies in it. Otherwise the limit
 * could be used up twice around a boundary.
 * @param at database time
 */
export async function countAttempt(limits: AttemptLimit[], at?: Date): Promise<CountedAttempt> {
  const now = (at ?? (await databaseTime())).getTime();
  const elapsed = now % windowMs;
  const began = now - elapsed;
  const expiresAt = new Date(began + 2 * windowMs);
  const idOf = (limit: AttemptLimit) => `${limit.key} ${began}`;
  const counts = await Promise.all(
    limits.map(async (limit) => {
      const [before, own] = await Promise.all([
        LoginAttemptModel.findById(`${limit.key} ${began - windowMs}`).lean<AttemptCount>(),
        increment(idOf(limit), expiresAt),
      ]);
      return { limit, before: before?.n ?? 0, own };
    }),
  );
  const sliding = ({ before, own }: Counts): number => own + before * (1 - elapsed / windowMs);
  const exceeded = counts.find((one) => sliding(one) > one.limit.atMost);
  return {
    ...(exceeded && { passed: exceeded.limit }),
    first: exceeded !== undefined && sliding(exceeded) - 1 <= exceeded.limit.atMost,
    retryAfterSeconds: exceeded ? Math.ceil((waitMs(exceeded, exceeded.limit.atMost) - elapsed) / 1000) : 0,
    async takeBack() {
      await LoginAttemptModel.updateMany({ _id: { $in: limits.map(idOf) } }, { $inc: { n: -1 } });
    },
  };
}

interface Counts {
  /** In the window before. */
  before: number;
  own: number;
}

/** @returns when one more attempt is allowed, if none comes meanwhile, in milliseconds from the beginning of the window */
function waitMs({ before, own }: Counts, atMost: number): number {
  const spare = atMost - 1 - own;
  if (spare >= 0) return windowMs * (1 - spare / before);
  return windowMs * (2 - (atMost - 1) / own);
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
