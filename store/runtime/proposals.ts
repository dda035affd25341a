/** Proposed acts, to be released by a second person: the request as sent, and its outcome. */
import mongoose, { type QueryFilter } from 'mongoose';
import { insertOnce, rowSchema } from '../db/schema.ts';

export type ProposalState =
  | 'open'
  /** Released and being carried out. */
  | 'releasing'
  | 'released'
  | 'rejected'
  /** Released, but refused when carried out. */
  | 'refused';

export interface ProposalRow {
  /** Digest of the proposer, the request, and the idempotency key. */
  _id: string;
  /** The route, for instance `POST /api/instances/{id}/skip`. */
  act: string;
  /** `{ params, body }` as JSON text. */
  request: string;
  /** Where both people must be authorised; null: for the whole group. */
  facility: string | null;
  /** Elements that move money, as `<process>/<element>`. */
  elements: string[];
  reason: string;
  proposedBy: string;
  proposedAt: string;
  /** ISO 8601: end of the period for release. */
  expiresAt: string;
  state: ProposalState;
  decidedBy?: string;
  decidedAt?: string;
  /** Of a rejection. */
  answer?: string;
  /** Problem code of a refusal. */
  code?: string;
}

const schema = rowSchema<ProposalRow>({
  act: String,
  request: String,
  facility: String,
  elements: [String],
  reason: String,
  proposedBy: String,
  proposedAt: String,
  expiresAt: String,
  state: String,
  decidedBy: String,
  decidedAt: String,
  answer: String,
  code: String,
});
schema.index({ state: 1, proposedAt: -1, _id: -1 });
schema.index({ proposedAt: -1, _id: -1 });

export const ProposalModel = mongoose.model<ProposalRow>('proposals', schema, 'proposals');

/** A repeat changes nothing. */
export async function saveProposal(row: ProposalRow): Promise<void> {
  await insertOnce(ProposalModel, row);
}

export async function findProposal(id: string): Promise<ProposalRow | null> {
  return ProposalModel.findById(id).lean<ProposalRow>();
}

/**
 * Newest first.
 * @param facilities only there; absent: everywhere, including the whole group
 */
export async function listProposals(
  search: { facilities?: readonly string[]; state?: ProposalState },
  before: { at: string; id: string } | undefined,
  limit: number,
): Promise<ProposalRow[]> {
  const { facilities, state } = search;
  const older = before && {
    $or: [{ proposedAt: { $lt: before.at } }, { proposedAt: before.at, _id: { $lt: before.id } }],
  };
  const filter = {
    ...(facilities && { facility: { $in: [...facilities] } }),
    ...(state !== undefined && { state }),
    ...older,
  } as QueryFilter<ProposalRow>;
  return ProposalModel.find(filter).sort({ proposedAt: -1, _id: -1 }).limit(limit).lean<ProposalRow[]>();
}

/**
 * The first decision counts. After a crash the person who was releasing it may continue.
 * @returns false when it was decided already
 */
export async function decideProposal(
  id: string,
  by: string,
  at: string,
  decision: { state: 'releasing' } | { state: 'rejected'; answer: string },
): Promise<boolean> {
  const again = decision.state === 'releasing' ? [{ state: 'releasing' as const, decidedBy: by }] : [];
  const filter = { _id: id, $or: [{ state: 'open' as const }, ...again] } as QueryFilter<ProposalRow>;
  const { matchedCount } = await ProposalModel.updateOne(filter, {
    $set: { ...decision, decidedBy: by, decidedAt: at },
  });
  return matchedCount === 1;
}

export async function closeProposal(
  id: string,
  outcome: { state: 'released' } | { state: 'refused'; code: string },
): Promise<void> {
  await ProposalModel.updateOne({ _id: id, state: 'releasing' }, { $set: outcome });
}
