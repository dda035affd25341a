/** Reads a folder of cases, runs them, and compares what happened with what must happen. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from '../../engine/compile/index.ts';
import type { Json } from '../../engine/model/plan.ts';
import { newWorld, type Observed, startByHand } from './world.ts';

export interface Case {
  variables: Record<string, Json>;
  expect: string[];
  alsoStarts?: string;
  waitMs?: number;
}

export interface Entry {
  name: string;
  group: string;
  file: string;
  says: string;
  cases: Case[];
}

export interface Result {
  /** Name of the entry; with several cases, followed by what is different in this one. */
  name: string;
  entry: string;
  passed: boolean;
  reason?: string;
}

export function readEntries(folder: string): Entry[] {
  const file = join(folder, 'cases.json');
  if (!existsSync(file))
    throw new Error(`There are no conformance cases at ${folder}: name a folder that holds a cases.json.`);
  return JSON.parse(readFileSync(file, 'utf8')) as Entry[];
}

/** Stands in the model of the suite, but the standard has the token wait there: the incident explains, it stops nothing. */
const explaining = new Set(['join-unreachable']);

/** What the engine does not execute is lacking, not refused for breaking the standard. */
const lacking = /^unsupported-/;

export function caseName(entry: Entry, one: Case): string {
  if (entry.cases.length === 1) return entry.name;
  const told = Object.entries(one.variables).filter(([key, value]) => key !== 'integerVariable' || value !== 0);
  return `${entry.name} (${told.map(([key, value]) => `${key}=${value}`).join(', ') || 'integerVariable=0'})`;
}

export async function runEntry(folder: string, entry: Entry): Promise<Result[]> {
  const results: Result[] = [];
  for (const one of entry.cases) {
    const reason = await runCase(readFileSync(join(folder, entry.file)), entry.name, one).catch(
      (error: Error) => `the engine threw: ${error.message}`,
    );
    results.push({
      name: caseName(entry, one),
      entry: entry.name,
      passed: reason === undefined,
      ...(reason && { reason }),
    });
  }
  return results;
}

/**
 * @param process the key of the one that starts
 * @returns why the case fails
 */
export async function runCase(file: Uint8Array | string, process: string, one: Case): Promise<string | undefined> {
  const { plans, problems } = await compile(file, { scriptJobType: 'script' });
  const refused = problems.filter((problem) => problem.severity === 'error');
  if (refused.length > 0) {
    const broken = refused.some((problem) => !lacking.test(problem.code));
    const said = refused.map((problem) => `${problem.element ?? 'file'}: ${problem.message}`).join(' ');
    if (broken && compare(one.expect, ['ERROR_deployment']) === undefined) return undefined;
    return `refused: ${said}`;
  }
  const main = plans.find((plan) => plan.key === process) ?? plans[0];
  const other = one.alsoStarts === undefined ? undefined : plans.find((plan) => plan.key === one.alsoStarts);
  if (!main || (one.alsoStarts !== undefined && !other)) return 'the file does not hold the process that shall start';
  const world = newWorld(plans);
  world.start(main, one.variables, startByHand(main));
  if (other) world.start(other, one.variables);
  const observed = world.run(one.waitMs);
  const difference = compare(one.expect, outcome(observed));
  return difference && `${difference}${why(observed)}`;
}

/** What the case's `expect` is compared with. */
export function outcome({ log, incidents, errors }: Observed): string[] {
  const stopped = incidents.some(({ code }) => !explaining.has(code));
  return [...log, ...(stopped ? ['ERROR_runtime'] : []), ...(errors.length > 0 ? ['ERROR_thrownErrorEvent'] : [])];
}

function why({ incidents, errors }: Observed): string {
  const told = [...incidents.map(({ code, element, message }) => `${code} at ${element}: ${message}`), ...errors];
  return told.length > 0 ? ` (${told.join('; ')})` : '';
}

/** As multisets; `ERROR` stands for any of the three kinds of error. */
export function compare(expected: string[], actual: string[]): string | undefined {
  const rest = [...actual];
  const missing: string[] = [];
  for (const wanted of expected) {
    const index = rest.findIndex((got) => got === wanted || (wanted === 'ERROR' && got.startsWith('ERROR_')));
    if (index < 0) missing.push(wanted);
    else rest.splice(index, 1);
  }
  if (missing.length === 0 && rest.length === 0) return undefined;
  return `expected [${[...expected].sort().join(', ')}], got [${[...actual].sort().join(', ')}]`;
}

export async function runFolder(folder: string): Promise<Result[]> {
  const results: Result[] = [];
  for (const entry of readEntries(folder)) results.push(...(await runEntry(folder, entry)));
  return results;
}
