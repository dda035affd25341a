/** Start requests by Idempotency-Key: reusing a key with other content is refused. */
import mongoose from 'mongoose';
import { rowSchema } from '../db/schema.ts';
import { groupedInserts } from './row-writing.ts';

interface StartRequestRow {
  /** Digest of the person and the key. */
  _id: string;
  /** Digest of the content. */
  content: string;
  at: Date;
}

/** Retention, longer than any repeat. */
const keptSeconds = 30 * 86_400;

const schema = rowSchema<StartRequestRow>({ content: String, at: Date });
schema.index({ at: 1 }, { expireAfterSeconds: keptSeconds });

export const StartRequestModel = mongoose.model<StartRequestRow>('startRequests', schema, 'startRequests');

/** @returns false when the request was made before with other content */
export async function claimStartRequest(request: string, content: string): Promise<boolean> {
  if (await isNew({ _id: request, content, at: new Date() })) return true;
  const first = await StartRequestModel.findById(request).lean<StartRequestRow>();
  return first === null || first.content === content;
}

const isNew = groupedInserts(StartRequestModel);
