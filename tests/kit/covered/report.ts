/**
 * At the end of a test run: how much of each definition the tests reached, printed and as coloured pictures, and whether that is enough.
 * A plugin of the project's configuration, so that it reports whatever reporters the command line names.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { Plugin } from 'vitest/config';
import type { TestModule, TestRunEndReason, Vitest } from 'vitest/node';
import { coverageSvg } from './picture.ts';
import { addUp, shareOf, type Tally } from './tally.ts';

export interface CoverageSettings {
  /** Vitest project whose tests are reported. */
  project: string;
  /** Folder of the pictures. */
  folder: string;
  /** Definitions (paths) that must be covered, with the least per cent; checked when every test file has run. */
  floors: Record<string, number>;
}

/** Lists no more than this many uncovered items of one definition. */
const maxListed = 40;

export function definitionCoverage(settings: CoverageSettings): Plugin {
  let added = false;
  return {
    name: 'drawing-coverage',
    configureVitest({ vitest }) {
      if (added) return;
      added = true;
      vitest.config.reporters.push({
        onTestRunEnd: (modules: readonly TestModule[], _errors: unknown, reason: TestRunEndReason) =>
          report(vitest, settings, modules, reason),
      });
    },
  };
}

async function report(
  vitest: Vitest,
  { project, folder, floors }: CoverageSettings,
  all: readonly TestModule[],
  reason: TestRunEndReason,
): Promise<void> {
  const modules = all.filter((module) => module.project.name === project);
  if (modules.length === 0) return;
  const tallies = addUp(modules.flatMap((module) => module.meta().covered ?? []));
  const whole = await isWhole(vitest, modules);
  if (whole) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const pictures = await draw(tallies, folder);
  const lines = coverageLines(tallies, (file) => relative(vitest.config.root, pictures.get(file) ?? ''));
  const tooLow = whole && reason === 'passed' ? belowFloors(tallies, floors, vitest.config.root) : [];
  // To stderr: a reporter may be writing JSON to the other.
  vitest.logger.error(['', 'Definitions covered by tests', ...lines, ...tooLow].join('\n'));
  if (tooLow.length > 0) process.exitCode = 1;
}

/** Every test file of the project ran, with every test. */
async function isWhole(vitest: Vitest, modules: readonly TestModule[]): Promise<boolean> {
  if (vitest.config.testNamePattern) return false;
  const { testFiles } = await modules[0]!.project.globTestFiles();
  const ran = new Set(modules.map((module) => module.moduleId));
  return testFiles.every((file) => ran.has(file));
}

async function draw(tallies: Tally[], folder: string): Promise<Map<string, string>> {
  const pictures = new Map<string, string>();
  for (const file of new Set(tallies.map((tally) => tally.file))) {
    const items = tallies.filter((tally) => tally.file === file).flatMap((tally) => tally.items);
    const name = basename(file).replace(/\.[^.]*$/, '');
    const taken = [...pictures.values()].filter((other) => basename(other).startsWith(name)).length;
    const picture = join(folder, `${name}${taken > 0 ? `-${taken + 1}` : ''}.svg`);
    writeFileSync(picture, await coverageSvg(file, items));
    pictures.set(file, picture);
  }
  return pictures;
}

/** One line per process, and under it what no test reached. */
export function coverageLines(tallies: Tally[], pictureOf: (file: string) => string): string[] {
  const width = Math.max(0, ...tallies.map(({ process }) => process.length));
  return [...tallies]
    .sort((a, b) => (a.process < b.process ? -1 : 1))
    .flatMap(({ file, process, items }) => {
      const elements = shareOf(items.filter(({ kind }) => kind === 'element'));
      const flows = shareOf(items.filter(({ kind }) => kind === 'flow'));
      const { percent } = shareOf(items);
      const missed = items.filter(({ times }) => times === 0);
      const listed = missed.slice(0, maxListed).map(({ label }) => `      not covered: ${label}`);
      const more = missed.length > maxListed ? [`      and ${missed.length - maxListed} more`] : [];
      const shares = `elements ${elements.covered}/${elements.total}, flows ${flows.covered}/${flows.total}`;
      return [
        `  ${process.padEnd(width)} ${String(percent).padStart(4)}%  ${shares}  ${pictureOf(file)}`,
        ...listed,
        ...more,
      ];
    });
}

/** What is not enough, in a sentence each. */
export function belowFloors(tallies: Tally[], floors: Record<string, number>, root: string): string[] {
  return Object.entries(floors).flatMap(([path, floor]) => {
    const items = tallies.filter(({ file }) => relative(root, file) === path).flatMap((tally) => tally.items);
    if (items.length === 0) return [`  ✗ No test runs ${path}; at least ${floor}% of it must be covered.`];
    const { percent } = shareOf(items);
    return percent < floor ? [`  ✗ ${path} is covered to ${percent}%; at least ${floor}% is asked for.`] : [];
  });
}
