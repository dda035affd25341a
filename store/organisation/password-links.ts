/** One-time tokens by which somebody sets a password of their own. Of a token the SHA-256 is stored only. */
import mongoose from 'mongoose';
import { rowSchema } from '../db/schema.ts';

export interface PasswordLink {
  /** SHA-256 of the token, hex. */
  _id: string;
  staff: string;
  /** Who gave it out. */
  by: string;
  /** A date, so that the server removes it. */
  expiresAt: Date;
}

const schema = rowSchema<PasswordLink>({ staff: String, by: String, expiresAt: Date });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
schema.index({ staff: 1 });

export const PasswordLinkModel = mongoose.model<PasswordLink>('passwordLinks', schema, 'passwordLinks');

/** In the place of those the person has. */
export async function savePasswordLink(link: PasswordLink): Promise<void> {
  await removePasswordLinks(link.staff);
  await PasswordLinkModel.create(link);
}

export async function findPasswordLink(id: string, now: Date): Promise<PasswordLink | null> {
  return PasswordLinkModel.findOne({ _id: id, expiresAt: { $gt: now } }).lean<PasswordLink>();
}

/** @returns false: it was used, or has gone meanwhile */
export async function usePasswordLink(id: string): Promise<boolean> {
  return (await PasswordLinkModel.deleteOne({ _id: id })).deletedCount === 1;
}

export async function removePasswordLinks(staff: string): Promise<void> {
  await PasswordLinkModel.deleteMany({ staff });
}
