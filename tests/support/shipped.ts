/** The shipped definitions as tests need them: their files, and their plans compiled as a deployment would. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { jobCatalogue } from '../../activities/jobs/catalogue.ts';
import { type Compiled, compile } from '../../engine/compile/index.ts';
import { compileDmn } from '../../engine/dmn/compile.ts';
import type { DecisionPlan } from '../../engine/dmn/plan.ts';
import type { MessageTemplate, Plan, Variables } from '../../engine/model/plan.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'definitions');

/** Folders of `definitions/` with a diagram of their name. */
export const shippedKeys: readonly string[] = readdirSync(folder)
  .filter((key) => existsSync(join(folder, key, `${key}.bpmn`)))
  .sort();

const read = (...path: string[]): string => readFileSync(join(folder, ...path), 'utf8');

export const shippedFile = (key: string): string => join(folder, key, `${key}.bpmn`);
export const diagramOf = (key: string): string => read(key, `${key}.bpmn`);
export const englishNamesOf = (key: string): Record<string, string> => JSON.parse(read(key, `${key}.en.json`));

/** Texts of messages to people by id; none where the definition brings none. */
const messagesOf = (key: string): Record<string, MessageTemplate> =>
  existsSync(join(folder, key, 'messages.json')) ? JSON.parse(read(key, 'messages.json')) : {};

/** form-js schemas by form id. */
export function formsOf(key: string): Record<string, Record<string, unknown>> {
  const files = readdirSync(join(folder, key)).filter((name) => name.endsWith('.form'));
  return Object.fromEntries(files.map((name) => [name.slice(0, -'.form'.length), JSON.parse(read(key, name))]));
}

export interface RuleSetFile {
  key: string;
  name: string;
  region: string;
  validFrom: string;
  version: number;
  rules: Variables;
}

export const ruleSets = (): RuleSetFile[] =>
  readdirSync(join(folder, 'rules'))
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(read('rules', name)));

export const isShipped = (key: string): boolean => existsSync(shippedFile(key));

/** The tables beside a diagram. */
export async function decisionsOf(key: string): Promise<DecisionPlan[]> {
  const files = readdirSync(join(folder, key)).filter((name) => name.endsWith('.dmn'));
  const compiled = await Promise.all(files.map((name) => compileDmn(read(key, name))));
  return compiled.flatMap(({ decisions }) => decisions);
}

export const compileShipped = async (key: string): Promise<Compiled> =>
  compile(diagramOf(key), {
    decisions: await decisionsOf(key),
    forms: formsOf(key),
    englishNames: englishNamesOf(key),
    messageTemplates: messagesOf(key),
    jobTypes: Object.keys(jobCatalogue),
  });

const plans = new Map<string, Promise<Plan>>();

/** The plan, compiled once per test file. */
export function planOf(key: string): Promise<Plan> {
  const known = plans.get(key) ?? compiledPlan(key);
  plans.set(key, known);
  return known;
}

async function compiledPlan(key: string): Promise<Plan> {
  const { plans, problems } = await compileShipped(key);
  const [plan] = plans;
  if (!plan) throw new Error(`${key} does not compile: ${problems.map((problem) => problem.message).join(' ')}`);
  return plan;
}
