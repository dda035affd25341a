/** Compiles a BPMN file to plans, one per executable process. Errors are returned as problems; nothing is thrown. */
import type { Plan, Problem } from '../model/plan.ts';
import { withoutConsequences } from './consequences.ts';
import type { Compilation, CompileOptions } from './context.ts';
import { childrenOf, idOf, isA, type ModdleElement, text } from './element.ts';
import { refuseEventsOutOfPlace } from './event-positions.ts';
import { extensionsOf } from './extensions.ts';
import { compileGlobalTask, globalTasksOf } from './global-tasks.ts';
import { reachOf } from './inclusive-reach.ts';
import { lanesOf } from './lanes.ts';
import { type Parsed, parseFile } from './parse.ts';
import { newReport, type Report } from './report.ts';
import { checkRoles, roleNamesIn } from './roles.ts';
import { checkRulePaths } from './rule-paths.ts';
import { compileProcess, refuseUnusableId } from './scopes.ts';
import { checkStructure } from './structure.ts';

export type { CompileOptions } from './context.ts';

export interface Compiled {
  /** Empty when any problem is an error. */
  plans: Plan[];
  problems: Problem[];
  /** The form-js schemas of the forms in each plan, by the plan's key and the form's id: what pages show. */
  schemas: Schemas;
}

export type Schemas = Record<string, Record<string, unknown>>;

/**
 * @param file the BPMN file: text, or bytes in any encoding that its XML declaration names
 * @returns the plans, or none and the errors; warnings accompany plans
 */
export async function compile(file: string | Uint8Array, options: CompileOptions = {}): Promise<Compiled> {
  const { plans, problems, schemas } = await compileAndKeep(file, options);
  return { plans, problems, schemas };
}

/** Also returns the parsed tree, absent when the file cannot be read: for the linter. */
export async function compileAndKeep(
  file: string | Uint8Array,
  options: CompileOptions = {},
): Promise<Compiled & { definitions?: ModdleElement }> {
  const report = newReport();
  let plans: Plan[] = [];
  const schemas: Schemas = {};
  let parsed: Parsed | undefined;
  try {
    parsed = await parseFile(file, report);
    if (parsed) plans = compileDefinitions(parsed, options, report, schemas);
  } catch (error) {
    report.error(
      undefined,
      'unparsable',
      `The file cannot be compiled: ${error instanceof Error ? error.message : error}`,
      {
        hint: 'Open it in a BPMN modeler, correct what it marks, and export it again.',
      },
    );
  }
  const problems = withoutConsequences(report.problems);
  const refused = problems.some((problem) => problem.severity === 'error');
  return {
    plans: refused ? [] : plans,
    problems,
    schemas,
    ...(parsed && { definitions: parsed.definitions }),
  };
}

function compileDefinitions(parsed: Parsed, options: CompileOptions, report: Report, schemas: Schemas): Plan[] {
  const { definitions } = parsed;
  extensionsOf(definitions, [], report);
  const roots = childrenOf(definitions, 'rootElements');
  const processes = roots.filter((element) => isA(element, 'bpmn:Process'));
  const executable = processes.filter((process) => process.get?.('isExecutable') === true);
  const large = processes.find((process) => sizeOf(process) > maxElements);
  if (large) {
    const message = `It has ${sizeOf(large)} elements and flows; ${maxElements} is the most.`;
    report.error(large, 'plan-too-large', message, { hint: 'Divide it into processes that call each other.' });
    return [];
  }
  checkStructure(parsed, report);
  if (executable.length === 0)
    report.error(processes[0], 'no-executable-process', 'The file has no executable process.', {
      hint: 'Set isExecutable="true" at the process that shall run.',
    });
  for (const process of processes)
    if (!executable.includes(process))
      report.warning(process, 'not-executable', 'This process is not executable and is left out.');
  const globalTasks = globalTasksOf(definitions).map((task) =>
    compilePlan(task, definitions, options, report, schemas),
  );
  return [...executable.map((process) => compilePlan(process, definitions, options, report, schemas)), ...globalTasks];
}

/** A plan accompanies every instance and is searched at each step. */
const maxElements = 5_000;

/** The rest of the 255 bytes of an instance's id is for business keys. */
const maxKeyBytes = 100;

function sizeOf(scope: ModdleElement): number {
  return childrenOf(scope, 'flowElements').reduce((size, element) => size + 1 + sizeOf(element), 0);
}

function compilePlan(
  process: ModdleElement,
  definitions: ModdleElement,
  options: CompileOptions,
  report: Report,
  schemas: Schemas,
): Plan {
  const key = idOf(process);
  if (new TextEncoder().encode(key).length > maxKeyBytes)
    report.error(process, 'id-too-long', `The id of a process has ${maxKeyBytes} bytes at most.`, {
      hint: 'Give the process a shorter id: it begins the id of every instance.',
    });
  refuseUnusableId(process, report);
  const plan: Plan = {
    format: 1,
    key,
    name: text(process, 'name') ?? key,
    elements: {},
    flows: {},
    forms: {},
  };
  const own: Record<string, unknown> = {};
  schemas[key] = own;
  const c: Compilation = { plan, schemas: own, definitions, options, report, laneOf: lanesOf(process) };
  if (isA(process, 'bpmn:GlobalTask')) compileGlobalTask(process, c);
  else compileProcess(process, c);
  const drawn = new Map<string, ModdleElement>();
  const collect = (scope: ModdleElement): void => {
    drawn.set(idOf(scope), scope);
    for (const element of childrenOf(scope, 'flowElements')) collect(element);
  };
  collect(process);
  refuseEventsOutOfPlace(plan, (id) => drawn.get(id), report);
  checkRoles(plan, (id) => drawn.get(id), options, report);
  checkRulePaths(plan, (id) => drawn.get(id), report);
  const roleNames = roleNamesIn(plan, options);
  if (Object.keys(roleNames).length > 0) plan.roleNames = roleNames;
  const reach = reachOf(plan);
  if (reach) plan.reach = reach;
  const english = Object.entries(options.englishNames ?? {}).filter(
    ([id]) => Object.hasOwn(plan.elements, id) || Object.hasOwn(plan.flows, id),
  );
  if (english.length > 0) plan.englishNames = Object.fromEntries(english);
  const { messageTemplates = {} } = options;
  if (Object.keys(messageTemplates).length > 0) plan.messageTemplates = { ...messageTemplates };
  return plan;
}
