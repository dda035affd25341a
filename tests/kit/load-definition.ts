/** Definitions as the kit runs them: shipped ones by name, any other by file or as XML; compiled once and kept. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DefinitionSource } from '../../api/resources/definitions/lint-definition.ts';
import { compile } from '../../engine/compile/index.ts';
import { compileDmn } from '../../engine/dmn/compile.ts';
import type { DecisionPlan } from '../../engine/dmn/plan.ts';
import { decode } from '../../engine/files/decode.ts';
import type { Plan } from '../../engine/model/plan.ts';
import { isMissing, readDefinition } from '../../scripts/definition-files.ts';
import { compileShipped, isShipped, shippedFile } from '../support/shipped.ts';

export interface LoadedDefinition {
  /** The file; absent for a definition given as XML, which is not counted in the coverage. */
  file?: string;
  /** One per executable process of the file. */
  plans: Plan[];
}

const known = new Map<string, Promise<LoadedDefinition>>();

/**
 * @param source key of a shipped definition, path or URL of a BPMN file (with the forms, decisions, English names and `messages.json` beside it, as at a deployment), or BPMN as text
 * @throws when it would be refused at deployment, with every reason
 */
export function loadDefinition(source: string | URL): Promise<LoadedDefinition> {
  const name = source instanceof URL ? fileURLToPath(source) : source;
  const definition = known.get(name) ?? load(name);
  known.set(name, definition);
  return definition;
}

async function load(source: string): Promise<LoadedDefinition> {
  if (source.trimStart().startsWith('<')) return { plans: await compiled({ xml: source }, 'The definition') };
  if (isShipped(source)) {
    const { plans, problems } = await compileShipped(source);
    return { file: shippedFile(source), plans: accepted(plans, problems, source) };
  }
  const file = resolve(source);
  const definition = await readDefinition(file).catch((error: unknown) => {
    if (isMissing(error)) throw new Error(`There is neither a shipped definition nor a file ${file}.`);
    throw error;
  });
  return { file, plans: await compiled(definition, source) };
}

async function compiled({ xml, decisions = [], forms, englishNames, messages }: DefinitionSource, name: string) {
  const { plans, problems } = await compile(xml, {
    decisions: (await Promise.all(decisions.map(compiledDecisions))).flat(),
    ...(forms && { forms }),
    ...(englishNames && { englishNames }),
    ...(messages && { messageTemplates: messages }),
  });
  return accepted(plans, problems, name);
}

/** @throws when a decision would be refused */
async function compiledDecisions(xml: string | Uint8Array): Promise<DecisionPlan> {
  const { decisions, problems } = await compileDmn(decode(xml));
  const [wrong] = problems.filter(({ severity }) => severity === 'error');
  if (wrong) throw new Error(`A decision beside it would be refused at deployment: ${wrong.message}`);
  return decisions;
}

function accepted(plans: Plan[], problems: { severity: string; element?: string; message: string }[], name: string) {
  if (plans.length > 0) return plans;
  const reasons = problems
    .filter((problem) => problem.severity === 'error')
    .map(({ element, message }) => `  · ${element ? `${element}: ` : ''}${message}`);
  throw new Error(`${name} would be refused at deployment:\n${reasons.join('\n')}`);
}

/** Processes that a plan calls by a constant name. */
export function calledBy(plan: Plan): string[] {
  return Object.values(plan.elements).flatMap((element) =>
    element.kind === 'callActivity' && 'literal' in element.process ? [element.process.literal] : [],
  );
}
