/** Definitions as the kit runs them: shipped ones by name, any other by file or as XML; compiled once and kept. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CompileOptions, compile } from '../../engine/compile/index.ts';
import { compileDmn } from '../../engine/dmn/compile.ts';
import type { DecisionPlan } from '../../engine/dmn/plan.ts';
import type { Plan } from '../../engine/model/plan.ts';
import { compileShipped, isShipped, shippedFile } from '../support/shipped.ts';

export interface LoadedDefinition {
  /** The file; absent for a definition given as XML, which is not counted in the coverage. */
  file?: string;
  /** One per executable process of the file. */
  plans: Plan[];
}

type Beside = Pick<CompileOptions, 'forms' | 'decisions'>;

const known = new Map<string, Promise<LoadedDefinition>>();

/**
 * @param source key of a shipped definition, path or URL of a BPMN file (its `.form` and `.dmn` files beside it), or BPMN as text
 * @throws when it would be refused at deployment, with every reason
 */
export function loadDefinition(source: string | URL): Promise<LoadedDefinition> {
  const name = source instanceof URL ? fileURLToPath(source) : source;
  const definition = known.get(name) ?? load(name);
  known.set(name, definition);
  return definition;
}

async function load(source: string): Promise<LoadedDefinition> {
  if (source.trimStart().startsWith('<')) return { plans: await compiled(source, 'The definition') };
  if (isShipped(source)) {
    const { plans, problems } = await compileShipped(source);
    return { file: shippedFile(source), plans: accepted(plans, problems, source) };
  }
  const file = resolve(source);
  return {
    file,
    plans: await compiled(read(file), source, { forms: formsBeside(file), decisions: await decisionsBeside(file) }),
  };
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Error(`There is neither a shipped definition nor a file ${file}.`);
  }
}

async function compiled(xml: string, name: string, beside: Required<Beside> = { forms: {}, decisions: [] }) {
  const { forms, decisions } = beside;
  const { plans, problems } = await compile(xml, { decisions, ...(Object.keys(forms).length > 0 && { forms }) });
  return accepted(plans, problems, name);
}

function accepted(plans: Plan[], problems: { severity: string; element?: string; message: string }[], name: string) {
  if (plans.length > 0) return plans;
  const reasons = problems
    .filter((problem) => problem.severity === 'error')
    .map(({ element, message }) => `  · ${element ? `${element}: ` : ''}${message}`);
  throw new Error(`${name} would be refused at deployment:\n${reasons.join('\n')}`);
}

const namesBeside = (file: string, extension: string): string[] =>
  readdirSync(dirname(file)).filter((name) => name.endsWith(extension));

function formsBeside(file: string): Record<string, unknown> {
  return Object.fromEntries(
    namesBeside(file, '.form').map((name) => [
      name.slice(0, -'.form'.length),
      JSON.parse(readFileSync(join(dirname(file), name), 'utf8')),
    ]),
  );
}

/** @throws when a decision would be refused */
async function decisionsBeside(file: string): Promise<DecisionPlan[]> {
  const names = namesBeside(file, '.dmn');
  return Promise.all(
    names.map(async (name) => {
      const { decisions, problems } = await compileDmn(readFileSync(join(dirname(file), name), 'utf8'));
      const [wrong] = problems.filter(({ severity }) => severity === 'error');
      if (wrong) throw new Error(`${name} would be refused at deployment: ${wrong.message}`);
      return decisions;
    }),
  );
}

/** Processes that a plan calls by a constant name. */
export function calledBy(plan: Plan): string[] {
  return Object.values(plan.elements).flatMap((element) =>
    element.kind === 'callActivity' && 'literal' in element.process ? [element.process.literal] : [],
  );
}
