/**
 * Keys for sealing payloads. Acting keys belong to worker and API: a holder can act on instances and read histories.
 * Job keys are for external workers: they open job inputs and seal results, nothing else (docs/job-workers.md).
 */
import { z } from 'zod';

export interface Key {
  /** Part of the metadata of each payload. */
  id: string;
  /** 32 bytes. */
  secret: Buffer;
}

/** The first key of each kind seals, all of them open. */
export interface SealingKeys {
  acting: readonly [Key, ...Key[]];
  job: readonly [Key, ...Key[]];
}

const keyText = /^([\w-]{1,40}):([A-Za-z0-9+/]{43}=)$/;
export const isKeyId = (text: string): boolean => /^[\w-]{1,40}$/.test(text);
const howTo = 'ID:SECRET, several with commas between them, where SECRET is what "openssl rand -base64 32" prints';

/**
 * `id:secret[,id:secret…]`, secrets in base64. For a rotation, a new key is first added to all programs before it is
 * moved to the front.
 */
export const keyList = z.string().transform((text, context): SealingKeys['acting'] => {
  const keys = text.split(',').map((one): Key | undefined => {
    const [, id, secret] = keyText.exec(one.trim()) ?? [];
    return id !== undefined && secret !== undefined ? { id, secret: Buffer.from(secret, 'base64') } : undefined;
  });
  const [first, ...others] = keys;
  if (first && others.every((key) => key !== undefined)) {
    if (new Set(keys.map((key) => key?.id)).size === keys.length) return [first, ...others];
    context.addIssue({ code: 'custom', message: 'two keys have the same id' });
  } else context.addIssue({ code: 'custom', message: `must be ${howTo}` });
  return z.NEVER;
});

/** Variables of worker and API. */
export const keyVariables = {
  CARELOOP_ACTING_KEYS: z.string({ error: `is missing: ${howTo}` }).pipe(keyList),
  CARELOOP_JOB_KEYS: z.string({ error: `is missing: ${howTo}` }).pipe(keyList),
};

/** @throws Error when a key is used as both */
export function sealingKeys(acting: SealingKeys['acting'], job: SealingKeys['job']): SealingKeys {
  for (const one of acting)
    if (job.some((other) => other.id === one.id || other.secret.equals(one.secret)))
      throw new Error(
        `CARELOOP_ACTING_KEYS and CARELOOP_JOB_KEYS share the key ${one.id}, which would let external workers act.`,
      );
  return { acting, job };
}
