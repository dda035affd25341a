/** Sessions of logged-in staff. Only the SHA-256 of a token is stored. */
import mongoose from 'mongoose';
import { grouped } from '../db/grouped.ts';
import { anyJson, rowSchema } from '../db/schema.ts';
import type { RoleAt } from './role-at.ts';

export interface Session {
  /** SHA-256 of the token, hex. */
  _id: string;
  staff: string;
  /** Name and roles at login; a change of either ends the session (store/organisation/staff.ts). */
  name: string;
  roles: RoleAt[];
  /** Client address. */
  from: string;
  createdAt: string;
  /** A date, for the TTL index. */
  expiresAt: Date;
}

const schema = rowSchema<Session>({
  staff: String,
  name: String,
  roles: anyJson,
  from: String,
  createdAt: String,
  expiresAt: Date,
});
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
schema.index({ staff: 1 });

export const SessionModel = mongoose.model<Session>('sessions', schema, 'sessions');

export async function saveSession(session: Session): Promise<void> {
  await SessionModel.create(session);
}

const findOne = grouped(async (ids: string[]): Promise<(Session | null)[]> => {
  const found = new Map((await findSessions([...new Set(ids)], new Date())).map((one) => [one._id, one]));
  return ids.map((id) => found.get(id) ?? null);
});

/** An expired session that has not been removed yet is ignored. */
export const findSession = (id: string): Promise<Session | null> => findOne(id);

/** Those of these ids that have not expired. */
export async function findSessions(ids: string[], now: Date): Promise<Session[]> {
  return SessionModel.find({ _id: { $in: ids }, expiresAt: { $gt: now } }).lean<Session[]>();
}

/** Newest first. */
export async function listSessionsOf(staff: string, now: Date): Promise<Session[]> {
  return SessionModel.find({ staff, expiresAt: { $gt: now } })
    .sort({ createdAt: -1, _id: 1 })
    .lean<Session[]>();
}

/**
 * @param staff only if it belongs to them
 * @returns whether it existed
 */
export async function removeSession(id: string, staff?: string): Promise<boolean> {
  const { deletedCount } = await SessionModel.deleteOne({ _id: id, ...(staff !== undefined && { staff }) });
  return deletedCount === 1;
}

/**
 * Ends all sessions of a person.
 * @returns their number
 */
export async function removeSessionsOf(staff: string): Promise<number> {
  return (await SessionModel.deleteMany({ staff })).deletedCount;
}
