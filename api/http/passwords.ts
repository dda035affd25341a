/**
 * Password hashing with salted scrypt (RFC 7914), with the cost of OWASP's Password Storage Cheat Sheet for 32 MiB. The
 * cost is part of the digest, so that it can be raised: the next login rehashes.
 */
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

const cost = { N: 32_768, r: 8, p: 3 } as const;
const keyLength = 32;

function derive(password: string, salt: Buffer, options: Required<Pick<ScryptOptions, 'N' | 'r' | 'p'>>) {
  const maxmem = 256 * options.N * options.r;
  return new Promise<Buffer>((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, keyLength, { ...options, maxmem }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

const prefix = ['scrypt', cost.N, cost.r, cost.p].join('$');

/** @returns `scrypt$N$r$p$salt$key`, salt and key in base64url */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  return [prefix, salt.toString('base64url'), key.toString('base64url')].join('$');
}

export async function verifyPassword(password: string, digest: string): Promise<boolean> {
  const [kind, N, r, p, salt, key] = digest.split('$');
  if (kind !== 'scrypt' || !salt || !key) return false;
  const expected = Buffer.from(key, 'base64url');
  const given = await derive(password, Buffer.from(salt, 'base64url'), { N: Number(N), r: Number(r), p: Number(p) });
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Whether the digest has another cost than new ones. */
export const isOutdated = (digest: string): boolean => !digest.startsWith(`${prefix}$`);

/** Verified for unknown logins and people without a password, so that timing does not reveal which logins exist. */
export const dummyDigest = `${prefix}$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA`;
