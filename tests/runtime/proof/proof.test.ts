/** A seeded sample of the proof; all of it: `npm run conformance:temporal`. */
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Job } from '../../../activities/types.ts';
import { readEntries } from '../../conformance/cases.ts';
import { publicTest } from '../../support/public-test.ts';
import { proofCases, runProof, scripts } from './cases.ts';
import { type Lab, type Mode, modes, openLab, pooled } from './lab.ts';
import { prepareRandom, randomModels, runRandom, work } from './random.ts';

const allModes = Object.keys(modes) as Mode[];
const atATime = 8;
/** As in tests/support/seed.ts. */
const asked = process.env['CARELOOP_SEED'] ?? '2026';
const seed = asked === 'random' ? Date.now() % 1_000_000 : Number(asked);
const models = Number(process.env['CARELOOP_RANDOM_INSTANCES'] ?? 24);

let lab: Lab;
beforeAll(async () => {
  const job: Job = (input, context) => ('script' in context.headers ? scripts : work)(input, context);
  lab = await openLab({ temporalAddress: inject('temporalAddress'), mongodbUri: inject('mongodbUri') }, job);
  await prepareRandom(lab);
});
afterAll(() => lab?.close());

publicTest(
  ['bpmn'],
  'conformance cases come out of a real worker as of the core, however it is disturbed',
  async (folder) => {
    const entries = readEntries(folder);
    // Every fourth of those that rest on no timer, each in another mode; the seed says where to begin.
    const cases = proofCases(folder, entries, allModes).filter((one) => !one.timed);
    const sample = cases.filter((_, index) => (index + seed) % 15 === 0);
    const problems = await pooled(sample, atATime, async (one) => {
      const problem = await runProof(lab, folder, one);
      return problem && `${one.name}: ${problem}`;
    });
    expect(problems.filter(Boolean), `seed ${seed}`).toEqual([]);
  },
);

test('random models end in a real worker as at the core, however it is disturbed', async () => {
  const problems = await pooled(randomModels(seed, models, allModes), atATime, async (model) => {
    const problem = await runRandom(lab, model);
    return problem && `model ${model.n} [${model.mode}]: ${problem}`;
  });
  expect(problems.filter(Boolean), `seed ${seed}`).toEqual([]);
});
