/**
 * Keys of a Careloop on this machine (temporal/sealing/keys.ts): made once, in `.local/`, readable by their owner only. Keys in the environment
 * come first. They go with the data: `reset` removes both, and histories sealed with keys that are gone do not open.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseEnv } from 'node:util';

const variables = ['CARELOOP_ACTING_KEYS', 'CARELOOP_JOB_KEYS'] as const;
export type KeyVariables = Record<(typeof variables)[number], string>;

/** @param file where they are kept */
export function localKeys(file: string, env: NodeJS.ProcessEnv): KeyVariables {
  const { CARELOOP_ACTING_KEYS: acting, CARELOOP_JOB_KEYS: job } = env;
  if (acting && job) return { CARELOOP_ACTING_KEYS: acting, CARELOOP_JOB_KEYS: job };
  const kept = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : makeKeys(file);
  const keyOf = (name: keyof KeyVariables) => env[name] || kept[name] || '';
  return { CARELOOP_ACTING_KEYS: keyOf('CARELOOP_ACTING_KEYS'), CARELOOP_JOB_KEYS: keyOf('CARELOOP_JOB_KEYS') };
}

function makeKeys(file: string): Record<string, string | undefined> {
  const made = Object.fromEntries(variables.map((name) => [name, newKey()]));
  mkdirSync(dirname(file), { recursive: true });
  // Of two that start at once the first one's keys count.
  try {
    writeFileSync(file, variables.map((name) => `${name}=${made[name]}\n`).join(''), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    return parseEnv(readFileSync(file, 'utf8'));
  }
  return made;
}

const newKey = (): string => `local-${randomBytes(3).toString('hex')}:${randomBytes(32).toString('base64')}`;
