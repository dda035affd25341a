/**
 * `npm run conformance:temporal -- [DIR] [MODE…]`: the cases of a folder through a real worker, in every mode of tests/runtime/proof, and
 * random models (`CARELOOP_RANDOM_INSTANCES`, `CARELOOP_SEED`). `CARELOOP_ONLY` is a pattern for the names of the cases.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Job } from '../../activities/types.ts';
import { startMongodb } from '../../scripts/servers/mongodb.ts';
import { freePort } from '../../scripts/servers/ports.ts';
import { startTemporal } from '../../scripts/servers/temporal.ts';
import { proofCases, runProof, scripts } from '../runtime/proof/cases.ts';
import { type Lab, type Mode, modes, openLab, pooled } from '../runtime/proof/lab.ts';
import { prepareRandom, randomModels, runRandom, work } from '../runtime/proof/random.ts';
import { readEntries } from './cases.ts';

const [folder = '../shared/conformance/bpmn', ...wanted] = process.argv.slice(2);
const isMode = (name: string): name is Mode => name in modes;
const chosen = wanted.length > 0 ? wanted.filter(isMode) : Object.keys(modes).filter(isMode);
const only = new RegExp(process.env['CARELOOP_ONLY'] ?? '');
const seed = Number(process.env['CARELOOP_SEED'] ?? Date.now() % 1_000_000);
const models = Number(process.env['CARELOOP_RANDOM_INSTANCES'] ?? 200);

interface Run {
  name: string;
  run(lab: Lab): Promise<string | undefined>;
}

function allRuns(): Run[] {
  const entries = readEntries(folder).filter((entry) => only.test(entry.name));
  const cases = proofCases(folder, entries, chosen).map((proof) => ({
    name: proof.name,
    run: (lab: Lab) => runProof(lab, folder, proof),
  }));
  const random = randomModels(seed, models, chosen).map((model) => ({
    name: `random model ${model.n} of seed ${seed} [${model.mode}]`,
    run: (lab: Lab) => runRandom(lab, model),
  }));
  return [...cases, ...random];
}

async function main(): Promise<void> {
  const runs = allRuns();
  const job: Job = (input, context) => ('script' in context.headers ? scripts : work)(input, context);
  const data = await mkdtemp(join(tmpdir(), 'careloop-proof-'));
  const [temporal, mongodb] = await Promise.all([
    startTemporal({
      port: await freePort(),
      dataFile: join(data, 'temporal.db'),
      logFile: join(data, 'temporal.log'),
    }),
    startMongodb({ port: await freePort(), dataFolder: join(data, 'mongodb'), logFile: join(data, 'mongodb.log') }),
  ]);
  try {
    const lab = await openLab({ temporalAddress: temporal.address, mongodbUri: mongodb.uri }, job);
    await prepareRandom(lab);
    const results = await pooled(runs, 12, async ({ name, run }) => {
      const problem = await run(lab).catch((error: Error) => `it threw: ${error.stack}; ${error.cause}`);
      process.stdout.write(problem === undefined ? `pass  ${name}\n` : `FAIL  ${name}: ${problem}\n`);
      return problem;
    });
    await lab.close();
    const failed = results.filter((problem) => problem !== undefined).length;
    process.stdout.write(`\n${results.length - failed} passed, ${failed} failed\n`);
    if (failed > 0) process.exitCode = 1;
  } finally {
    await Promise.all([temporal.stop(), mongodb.stop()]);
    await rm(data, { recursive: true, force: true });
  }
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
});
