/** One-time tokens with which people set their password. Only the SHA-256 of a token is stored. */
import mongoose from 'mongoose';
import { rowSchema } from '../db/schema.ts';

export interface PasswordLink {
  /** SHA-256 of the token, hex. */
  _id: string;
  staff: string;
  /** Issuer. */
  by: string;
  /** A date, for the TTL index. */
  expiresAt: Date;
}

const schema = rowSchema<PasswordLink>({ staff: String, by: String, expiresAt: Date });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
schema.index({ staff: 1 });

export const PasswordLinkModel = mongoose.model<PasswordLink>('passwordLinks', schema, 'passwordLinks');

/** Replaces the person's previous token. */
export async function savePasswordLink(link: PasswordLink): Promise<void> {
  await removePasswordLinks(link.staff);
  await PasswordLinkModel.create(link);
}

export async function findPasswordLink(id: string, now: Date): Promise<PasswordLink | null> {
  return PasswordLinkModel.findOne({ _id: id, expiresAt: { $gt: now } }).lean<PasswordLink>();
}

/** @returns false when it was used or removed meanwhile */
export async function usePasswordLink(id: string): Promise<boolean> {
  return (await PasswordLinkModel.deleteOne({ _id: id })).deletedCount === 1;
}

export async function removePasswordLinks(staff: string): Promise<void> {
  await PasswordLinkModel.deleteMany({ staff });
}
