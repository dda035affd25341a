/** Sessions of logged-in staff. The token itself is never stored, only its SHA-256. */
import mongoose from 'mongoose';
import { anyJson, rowSchema } from '../db/schema.ts';
import type { RoleAt } from './role-at.ts';

export interface Session {
  /** SHA-256 of the token, hex. */
  _id: string;
  staff: string;
  /** As they were when it was opened: a change of either ends it (store/organisation/staff.ts). */
  name: string;
  roles: RoleAt[];
  /** Address it was opened from. */
  from: string;
  createdAt: string;
  /** A date, so that the server removes what has expired. */
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

/** @param now a session that has expired but is not yet removed counts as gone */
export async function findSession(id: string, now: Date): Promise<Session | null> {
  return SessionModel.findOne({ _id: id, expiresAt: { $gt: now } }).lean<Session>();
}

/** Those of these ids that are not over. */
export async function findSessions(ids: string[], now: Date): Promise<Session[]> {
  return SessionModel.find({ _id: { $in: ids }, expiresAt: { $gt: now } }).lean<Session[]>();
}

/** Newest first. */
export async function listSessionsOf(staff: string, now: Date): Promise<Session[]> {
  return SessionModel.find({ staff, expiresAt: { $gt: now } })
    .sort({ createdAt: -1, _id: 1 })
    .lean<Session[]>();
}

/** @param staff only if it is theirs @returns whether there was one */
export async function removeSession(id: string, staff?: string): Promise<boolean> {
  const { deletedCount } = await SessionModel.deleteOne({ _id: id, ...(staff !== undefined && { staff }) });
  return deletedCount === 1;
}

/** All sessions of a person. @returns how many there were */
export async function removeSessionsOf(staff: string): Promise<number> {
  return (await SessionModel.deleteMany({ staff })).deletedCount;
}
