/**
 * Bytes sealed with a key: AES-256-GCM with a random nonce, after deflating where that makes them smaller. The same format for all payloads,
 * in docs/job-workers.md for other languages: nonce (12), ciphertext, tag (16); its first byte says whether the rest is deflated (zlib).
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { deflateSync, inflateSync } from 'node:zlib';
import type { Key } from './keys.ts';

const cipher = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

const plain = Buffer.of(0);
const deflated = Buffer.of(1);

/** Below this length the zlib header outweighs the compression. */
const worthDeflating = 150;
/** A window that covers a short text compresses equally well in half the time, as setup dominates. */
const shortText = { windowBits: 13, memLevel: 6 };
const shortTextBytes = 8192;

/** Temporal accepts 4 MB per message; a larger declared size is not ours. */
const maxInflatedBytes = 64 * 1024 * 1024;

/** Bound to the key's id: the metadata that names the key is authenticated with the content. */
const associatedData = (key: Key): Buffer => Buffer.from(`careloop:${key.id}`);

/** @param compress false for payloads that stay in the process */
export function seal(content: Buffer, key: Key, compress = true): Buffer {
  const options = content.length > shortTextBytes ? {} : shortText;
  const small = compress && content.length >= worthDeflating ? deflateSync(content, options) : undefined;
  const [how, body] = small && small.length < content.length ? [deflated, small] : [plain, content];
  const nonce = randomBytes(nonceBytes);
  const sealing = createCipheriv(cipher, key.secret, nonce).setAAD(associatedData(key));
  return Buffer.concat([nonce, sealing.update(how), sealing.update(body), sealing.final(), sealing.getAuthTag()]);
}

/** Unique per sealing. */
export const nonceOf = (sealed: Uint8Array): string =>
  Buffer.from(sealed.subarray(0, nonceBytes)).toString('base64url');

/** @returns undefined when it was not sealed with this key, or changed since */
export function open(sealed: Uint8Array, key: Key): Buffer | undefined {
  const tagAt = sealed.length - tagBytes;
  if (tagAt <= nonceBytes) return undefined;
  try {
    const opening = createDecipheriv(cipher, key.secret, sealed.subarray(0, nonceBytes))
      .setAAD(associatedData(key))
      .setAuthTag(sealed.subarray(tagAt));
    const content = Buffer.concat([opening.update(sealed.subarray(nonceBytes, tagAt)), opening.final()]);
    const body = content.subarray(1);
    return content[0] === 1 ? inflateSync(body, { maxOutputLength: maxInflatedBytes }) : body;
  } catch {
    return undefined;
  }
}
