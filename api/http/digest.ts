/** SHA-256 of texts, and of JSON values by their content. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../engine/model/canonical-json.ts';

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Digest of any JSON values, in order. */
export function digestOf(...values: unknown[]): string {
  return sha256(canonicalJson(values));
}
