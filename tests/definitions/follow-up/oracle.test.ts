/**
 * Random chains against the oracle, minute by minute: each touch once or with its reason; none at night or after the end; facts that come
 * twice or late change nothing. More of them: `FOLLOW_UP_CHAINS=2000 npx vitest run --project definitions tests/definitions/follow-up/oracle.test.ts`.
 */
import { expect, it } from 'vitest';
import { definitionsOf } from '../../kit/story.ts';
import { playChain } from './random-chain.ts';

const chains = Number(process.env['FOLLOW_UP_CHAINS'] ?? 200);
const seed = Number(process.env['FOLLOW_UP_SEED'] ?? 20_270_301);

it(`${chains} chains go as the oracle says`, { timeout: chains * 10_000 }, async () => {
  const definitions = await definitionsOf({ definition: 'followUp' });
  let checks = 0;
  for (let n = 0; n < chains; n += 1) {
    try {
      checks += playChain(definitions, seed + n);
    } catch (error) {
      throw new Error(`chain ${seed + n} (FOLLOW_UP_SEED=${seed + n} FOLLOW_UP_CHAINS=1)`, { cause: error });
    }
  }
  expect(checks).toBeGreaterThan(chains * 4);
});
