/** Keys of tests: fixed, so that recorded histories open (tests/replay). */
import { type SealingKeys, sealingKeys } from '../../temporal/sealing/keys.ts';

const secretOf = (letter: string): Buffer => Buffer.alloc(32, letter);

export const testKeys: SealingKeys = sealingKeys(
  [{ id: 'test-acting', secret: secretOf('a') }],
  [{ id: 'test-job', secret: secretOf('j') }],
);

/** As programs are given them. */
export const testKeyVariables = {
  CARELOOP_ACTING_KEYS: `test-acting:${secretOf('a').toString('base64')}`,
  CARELOOP_JOB_KEYS: `test-job:${secretOf('j').toString('base64')}`,
};
