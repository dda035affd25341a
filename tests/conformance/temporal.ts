/**
 * `npm run conformance:temporal -- [DIR] [MODE…]`: the cases of a folder through a real worker, in every mode of tests/runtime/proof, and
 * random models (`CARELOOP_RANDOM_INSTANCES`, `CARELOOP_SEED`). `CARELOOP_ONLY` is a pattern for the names of the cases.
 */
import { proofCases, runProof } from '../runtime/proof/cases.ts';
import { type Lab, type Mode, modes } from '../runtime/proof/lab.ts';
import { randomModels, runRandom } from '../runtime/proof/random.ts';
import { folderAskedFor } from '../support/public-cases.ts';
import { readEntries } from './cases.ts';
import { onTemporal, type Run } from './on-temporal.ts';

const [named, ...wanted] = process.argv.slice(2);
const isMode = (name: string): name is Mode => name in modes;
const chosen = wanted.length > 0 ? wanted.filter(isMode) : Object.keys(modes).filter(isMode);
const only = new RegExp(process.env['CARELOOP_ONLY'] ?? '');
const seed = Number(process.env['CARELOOP_SEED'] ?? Date.now() % 1_000_000);
const models = Number(process.env['CARELOOP_RANDOM_INSTANCES'] ?? 200);

function allRuns(): Run[] {
  const folder = folderAskedFor('bpmn', named);
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

try {
  await onTemporal(allRuns());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}
