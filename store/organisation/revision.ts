/**
 * A counter incremented with each change of a facility, calendar or rule set. Every start needs this data, which rarely
 * changes: one read of the counter validates the cache (as-of-revision.ts).
 */
import mongoose from 'mongoose';
import { finderById, rowSchema } from '../db/schema.ts';

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

const findRow = finderById(OrganisationRevisionModel);

export const findOrganisationRevision = async (): Promise<number> => (await findRow(_id))?.revision ?? 0;

/** Incremented after the change, so that a reader of the new number finds the new data. */
export async function countOrganisationChange(): Promise<void> {
  await OrganisationRevisionModel.updateOne({ _id }, { $inc: { revision: 1 } }, { upsert: true });
}
