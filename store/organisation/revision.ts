/**
 * A number that grows with each change of a facility, a calendar or a rule set. Every start needs them and they change hardly ever: one
 * read of the number says whether what was read before still holds (as-of-revision.ts).
 */
import mongoose from 'mongoose';
import { rowSchema } from '../db/schema.ts';

interface RevisionRow {
  _id: string;
  revision: number;
}

export const OrganisationRevisionModel = mongoose.model<RevisionRow>(
  'organisationRevisions',
  rowSchema<RevisionRow>({ revision: Number }),
  'organisationRevisions',
);

const _id = 'organisation';

export async function findOrganisationRevision(): Promise<number> {
  const row = await OrganisationRevisionModel.findById(_id).lean<RevisionRow>();
  return row?.revision ?? 0;
}

/** After the change: whoever reads the new number finds what was changed. */
export async function countOrganisationChange(): Promise<void> {
  await OrganisationRevisionModel.updateOne({ _id }, { $inc: { revision: 1 } }, { upsert: true });
}
