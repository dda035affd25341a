/**
 * `npm run conformance:constraints -- [DIR]`: compiles models that each break one constraint of the standard and prints which are
 * refused and why. A refusal because the engine lacks something does not count.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { compile } from '../../engine/compile/index.ts';
import type { Problem } from '../../engine/model/plan.ts';
import { folderAskedFor } from '../support/public-cases.ts';

function modelsIn(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(directory, entry.name);
      return entry.isDirectory() ? modelsIn(path) : entry.name.endsWith('.bpmn') ? [path] : [];
    })
    .sort();
}

/** A warning that names the broken constraint counts where the constraint is about what is documentation only. */
const counts = (problem: Problem, constraint: string): boolean =>
  problem.severity === 'error'
    ? !problem.code.startsWith('unsupported-') && problem.code !== 'no-executable-process'
    : problem.constraints?.includes(constraint) === true;

async function tellOf(folder: string): Promise<void> {
  let refused = 0;
  let warned = 0;
  let right = 0;
  const models = modelsIn(folder);
  for (const path of models) {
    const constraint = basename(dirname(path));
    const { problems } = await compile(readFileSync(path), { scriptJobType: 'script' });
    const found = problems.filter((problem) => counts(problem, constraint));
    const exact = found.some((problem) => problem.constraints?.includes(constraint) === true);
    const refusing = found.some((problem) => problem.severity === 'error');
    if (refusing) refused++;
    else if (found.length > 0) warned++;
    if (exact) right++;
    const said = found.map(
      (problem) =>
        `${problem.code}${problem.constraints ? ` (${problem.constraints.join(', ')})` : ''} ${problem.element ?? ''}`,
    );
    const mark = refusing ? (exact ? 'refused ' : 'refused*') : exact ? 'warned  ' : 'ACCEPTED';
    process.stdout.write(`${mark}  ${relative(folder, path)}${said.length > 0 ? `: ${said.join(', ')}` : ''}\n`);
  }
  process.stdout.write('\n* for a reason that does not name this constraint\n');
  process.stdout.write(
    `${refused} of ${models.length} refused, ${warned} named in a warning; ${right} by the rule of the constraint\n`,
  );
}

try {
  await tellOf(folderAskedFor('bpmn-constraints', process.argv[2]));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}
