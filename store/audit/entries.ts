/**
 * The audit trail: who read or did what, when, from where, and with what result (docs/domain.md#records-and-privacy).
 * Append-only; the server removes entries at the end of their retention.
 */
import mongoose, { type QueryFilter } from 'mongoose';
import { anyJson, rowSchema } from '../db/schema.ts';

export type AuditResult =
  | 'done'
  /** Answered with a problem below 500: not authorised, not found, conflict, invalid. */
  | 'refused'
  /** An outage or an error: whether it took effect is unknown. */
  | 'failed';

/** The subject, for instance `{ kind: 'instances', id: 'leave/7' }`. */
export interface AuditSubject {
  kind: string;
  id?: string;
}

export interface AuditEntry {
  /** ISO 8601. */
  at: string;
  /** Staff id; null where nobody was logged in. */
  who: string | null;
  /** Client address. */
  from: string;
  requestId: string;
  /** The route, for instance `POST /api/tasks/{id}/claim`, or the name of an event that is no route (`login-locked`). */
  act: string;
  what: AuditSubject;
  /** Facility of the subject; null: none, or the whole group. */
  facility: string | null;
  result: AuditResult;
  /** Codes, ids and field names. Never text entered by people, never a secret. */
  details: Record<string, unknown>;
}

export type AuditRow = AuditEntry & { _id: string; expiresAt: Date };

const schema = rowSchema<AuditRow>({
  at: String,
  who: String,
  from: String,
  requestId: String,
  act: String,
  what: anyJson,
  facility: String,
  result: String,
  details: anyJson,
  /** A date, for the TTL index. */
  expiresAt: Date,
});
schema.index({ at: -1, _id: -1 });
schema.index({ who: 1, at: -1, _id: -1 });
schema.index({ 'what.id': 1, at: -1, _id: -1 });
schema.index({ facility: 1, at: -1, _id: -1 });
schema.index({ act: 1, at: -1, _id: -1 });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const AuditModel = mongoose.model<AuditRow>('audit', schema, 'audit');

export interface AuditSearch {
  /** Restricts the result to these facilities; absent: all. */
  facilities?: string[];
  who?: string;
  kind?: string;
  id?: string;
  act?: string;
  result?: AuditResult;
  /** ISO 8601; the first inclusive, the second exclusive. */
  from?: string;
  to?: string;
  /** Position where the previous page ended. */
  before?: { at: string; id: string };
  limit: number;
}

/** Newest first. */
export async function listAudit(search: AuditSearch): Promise<AuditRow[]> {
  const { facilities, who, kind, id, act, result, from, to, before, limit } = search;
  const and: QueryFilter<AuditRow>[] = [];
  if (from !== undefined) and.push({ at: { $gte: from } });
  if (to !== undefined) and.push({ at: { $lt: to } });
  if (before) and.push({ at: { $lte: before.at }, $nor: [{ at: before.at, _id: { $gte: before.id } }] });
  const filter = {
    ...(facilities && { facility: { $in: facilities } }),
    ...(who !== undefined && { who }),
    ...(kind !== undefined && { 'what.kind': kind }),
    ...(id !== undefined && { 'what.id': id }),
    ...(act !== undefined && { act }),
    ...(result !== undefined && { result }),
    ...(and.length > 0 && { $and: and }),
  } as QueryFilter<AuditRow>;
  return AuditModel.find(filter, { expiresAt: 0 }).sort({ at: -1, _id: -1 }).limit(limit).lean<AuditRow[]>();
}
