/** Start requests by Idempotency-Key: reusing a key with other content is refused. */
import mongoose from 'mongoose';
import { isDuplicateKey, rowSchema } from '../db/schema.ts';

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
  try {
    await StartRequestModel.collection.insertOne({ _id: request, content, at: new Date() } as never);
    return true;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    const first = await StartRequestModel.findById(request).lean<StartRequestRow>();
    return first === null || first.content === content;
  }
}
