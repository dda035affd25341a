/**
 * `npm run conformance:random -- --models=2000 --paths=10 [--seed=N] [--model=I [--path=J]] [--temporal]`: random models of every kind of element, each
 * walked along random paths at the core (tests/engine/support/paths.ts says what must hold). A failure is repeated with its seed, model
 * and path. With `--temporal` each model is played once in a real worker in every mode of tests/runtime/proof instead.
 */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { everyKind, kindsReached } from '../engine/support/kinds.ts';
import { block, modelOf } from '../engine/support/models.ts';
import { pathNumbers, walk } from '../engine/support/paths.ts';
import type { Lab } from '../runtime/proof/lab.ts';

const { values } = parseArgs({
  options: {
    models: { type: 'string', default: '2000' },
    paths: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    model: { type: 'string' },
    path: { type: 'string' },
    temporal: { type: 'boolean', default: false },
  },
});
const [seed, models, paths] = [Number(values.seed), Number(values.models), Number(values.paths)];

const chosen = (wanted: string | undefined, index: number): boolean => wanted === undefined || Number(wanted) === index;

if (values.temporal) await throughWorkers();
else atTheCore();

async function throughWorkers(): Promise<void> {
  const { onTemporal } = await import('./on-temporal.ts');
  const { modes } = await import('../runtime/proof/lab.ts');
  const { randomModels, runRandom } = await import('../runtime/proof/random.ts');
  process.stdout.write(`seed ${seed}: ${models} models in ${Object.keys(modes).length} modes\n`);
  const runs = (Object.keys(modes) as (keyof typeof modes)[]).flatMap((mode) =>
    randomModels(seed, models, [mode])
      .filter(({ n }) => chosen(values.model, n))
      .map((model) => ({
        name: `--seed=${seed} --models=${models} --model=${model.n} [${mode}]`,
        run: (lab: Lab) => runRandom(lab, model),
      })),
  );
  await onTemporal(runs);
}

function atTheCore(): void {
  /** How often elements of each kind came to their end. */
  const reached = new Map<string, number>();
  const began = Date.now();
  let [passed, failed, steps, longest, incidents, elements] = [0, 0, 0, 0, 0, 0];
  const say = (line: string): void => void process.stdout.write(`${line}\n`);

  say(`seed ${seed}: ${models} models × ${paths} paths`);
  fc.sample(block, { seed, numRuns: models }).forEach((root, m) => {
    if (!chosen(values.model, m)) return;
    const plan = modelOf(root);
    elements += Object.keys(plan.elements).length;
    for (let p = 0; p < paths; p++) {
      if (!chosen(values.path, p)) continue;
      const walked = walk(plan, pathNumbers(seed, m, p));
      steps += walked.steps;
      longest = Math.max(longest, walked.steps);
      incidents += walked.incidents;
      for (const [id, times] of walked.reached)
        for (const kind of kindsReached(plan, id)) reached.set(kind, (reached.get(kind) ?? 0) + times);
      if (walked.problem === undefined) passed++;
      else {
        failed++;
        const blocks = JSON.stringify(root);
        say(`FAIL  --seed=${seed} --models=${models} --model=${m} --path=${p}: ${walked.problem.slice(0, 1500)}`);
        say(
          `      ${Object.keys(plan.elements).length} elements: ${blocks.length < 600 ? blocks : `${blocks.slice(0, 600)}…`}`,
        );
      }
    }
  });

  for (const kind of everyKind) say(`${String(reached.get(kind) ?? 0).padStart(9)}  ${kind}`);
  say(
    `${elements} elements, ${steps} steps (at most ${longest} in one path), ${incidents} incidents resolved, ${Date.now() - began} ms`,
  );
  const missing = everyKind.filter((kind) => !reached.has(kind));
  say(
    `${everyKind.length - missing.length} of ${everyKind.length} kinds reached${missing.length > 0 ? `; never: ${missing.join(', ')}` : ''}`,
  );
  say(`${passed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}
