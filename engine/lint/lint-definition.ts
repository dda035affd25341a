/** Lints a definition with all its files: diagram, forms, texts and decisions. */
import { startProblems } from '../analysis/start-events.ts';
import { withDiagram } from '../compile/auto-layout.ts';
import { compileDmn } from '../dmn/compile.ts';
import type { DecisionPlan } from '../dmn/plan.ts';
import { asUtf8, decode } from '../files/decode.ts';
import type { JobSignature } from '../model/job-signature.ts';
import type { JobWorker, LocalizedText, MessageTemplate, Problem } from '../model/plan.ts';
import { operatorRole } from '../model/roles.ts';
import { type Linted, lint } from './index.ts';
import type { LintOptions } from './options.ts';

export interface DefinitionSource {
  /** Text, or bytes in any encoding that the XML declaration names. */
  xml: string | Uint8Array;
  /** form-js schemas by form id; absent: the definition's tasks have no forms. */
  forms?: Record<string, unknown>;
  /** English names by element id. */
  englishNames?: Record<string, string>;
  /** Texts of messages to people by id. */
  messages?: Record<string, MessageTemplate>;
  /** DMN files with its decisions. */
  decisions?: (string | Uint8Array)[];
}

export interface LintContext {
  /** The roles there are, with what people call them; absent: those that are named are not checked. */
  roles?: Readonly<Record<string, LocalizedText>>;
  /** Names of messages that others send. */
  sentMessages?: readonly string[];
  /** Names of signals that others throw. */
  thrownSignals?: readonly string[];
  /** Built-in job types. */
  jobSignatures?: Readonly<Record<string, JobSignature>>;
  /** Job types that workers know besides those of this installation; `*` for any. */
  jobs?: readonly string[];
  /** Registered job types, with their workers. */
  workers?: Readonly<Record<string, JobWorker>>;
}

/** As `lint`, with what was found in the DMN files before it. */
export async function lintDefinition(definition: DefinitionSource, context: LintContext = {}): Promise<Linted> {
  const { options, problems } = await optionsOf(definition, context);
  const linted = await lint(definition.xml, options);
  const all = [...problems, ...linted.problems, ...linted.plans.flatMap(startProblems)];
  const refused = all.some(({ severity }) => severity === 'error');
  return { ...linted, problems: all, plans: refused ? [] : linted.plans };
}

/** @returns the file with a diagram, or as it is when none can be made */
export async function drawDefinition(definition: DefinitionSource, context: LintContext): Promise<string> {
  const { options } = await optionsOf(definition, context);
  return withDiagram(asUtf8(definition.xml), options);
}

async function optionsOf(
  definition: DefinitionSource,
  { roles, sentMessages, thrownSignals, jobSignatures, jobs = [], workers }: LintContext,
): Promise<{ options: LintOptions; problems: Problem[] }> {
  const { decisions, problems } = await compileDecisions(definition.decisions ?? []);
  const { forms, englishNames, messages } = definition;
  const options: LintOptions = {
    groupOfLastResort: operatorRole,
    ...(roles && { roles: Object.keys(roles), roleNames: roles }),
    decisions,
    ...(jobSignatures && { jobSignatures }),
    ...(!jobs.includes('*') && { jobTypes: [...Object.keys(jobSignatures ?? {}), ...jobs] }),
    ...(workers && { workers }),
    ...(forms && { forms }),
    ...(englishNames && { englishNames }),
    ...(messages && { messageTemplates: messages }),
    ...(sentMessages && { sentMessages }),
    ...(thrownSignals && { thrownSignals }),
  };
  return { options, problems };
}

async function compileDecisions(files: (string | Uint8Array)[]) {
  const problems: Problem[] = [];
  const texts = files.flatMap((file) => {
    try {
      return decode(file);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      problems.push({ severity: 'error', code: 'unparsable', message: `A DMN file cannot be read: ${why}` });
      return [];
    }
  });
  const decisions: DecisionPlan[] = [];
  for (const text of texts) {
    const compiled = await compileDmn(text, { imports: texts.filter((other) => other !== text) });
    decisions.push(compiled.decisions);
    problems.push(...compiled.problems);
  }
  return { decisions, problems };
}
