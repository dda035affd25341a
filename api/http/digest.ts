/** SHA-256 digests of texts and of JSON values, independent of key order. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../engine/model/canonical-json.ts';

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Digest of any JSON values, in order. */
export function digestOf(...values: unknown[]): string {
  return sha256(canonicalJson(values));
}
