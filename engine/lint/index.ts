/** Checks a diagram as a deployment does, and reports besides what is executable and yet doubtful. Nothing is thrown. */
import { Linter, type Report, type RuleDefinition } from 'bpmnlint';
import { hasDiagram } from '../compile/auto-layout.ts';
import { flag, type ModdleElement, text } from '../compile/element.ts';
import { listFlows } from '../compile/flow-lists.ts';
import { compileAndKeep, type Schemas } from '../compile/index.ts';
import { diagramOf, everything, processOf } from '../compile/rules/rule.ts';
import type { Plan, Problem } from '../model/plan.ts';
import { choiceAt } from './choices.ts';
import { intakeProblems } from './intake-problems.ts';
import { jobUseProblems } from './job-uses.ts';
import { sentIn, thrownIn } from './messages.ts';
import type { LintOptions } from './options.ts';
import { configOf, ourRules, resolver } from './plugin.ts';
import { recommended } from './recommended.ts';
import type { Scene } from './rule.ts';

export type { LintOptions } from './options.ts';

export interface Linted {
  /** As `compile` gives them: empty when any problem is an error. */
  plans: Plan[];
  /** What the compiler says, then what the rules find: the gravest first, otherwise in the order of the diagram. */
  problems: Problem[];
  /** As `compile` gives them. */
  schemas: Schemas;
  /** Names of the messages it sends by itself. */
  sends: string[];
  /** Names of the signals it throws. */
  throws: string[];
  /** Whether anything of it is drawn. */
  drawn: boolean;
}

/**
 * @param file the BPMN file: text, or bytes in any encoding that its XML declaration names
 */
export async function lint(file: string | Uint8Array, options: LintOptions = {}): Promise<Linted> {
  const compiled = await compileAndKeep(file, options);
  const { plans, definitions, schemas } = compiled;
  const problems = [
    ...compiled.problems,
    ...plans.flatMap((plan) => [...jobUseProblems(plan, options), ...intakeProblems(plan)]),
  ];
  if (!definitions) return { plans, problems, schemas, sends: [], throws: [], drawn: false };
  const found = await findings(definitions, problems, options);
  return { plans: problems.some(({ severity }) => severity === 'error') ? [] : plans, schemas, ...found };
}

async function findings(definitions: ModdleElement, compiled: Problem[], options: LintOptions) {
  const elements = everything(definitions);
  listFlows(elements);
  const diagram = diagramOf(definitions, elements);
  const scene: Scene = { diagram, options };
  const byId = new Map<string, ModdleElement>();
  for (const element of elements) byId.set(text(element, 'id') ?? '', element);
  const linter = new Linter({ resolver, transformRule: unharmed });
  const reports = await linter.lint(definitions, configOf(scene));
  const found = Object.entries(reports).flatMap(([name, list]) =>
    list.flatMap((report) => problemOf(name.replace('careloop/', ''), report, byId, compiled)),
  );
  const drawn = hasDiagram(definitions);
  const problems = [
    ...compiled.filter((problem) => !saidBetter(problem, byId, scene, found)),
    ...found.filter(({ code }) => drawn || code !== 'no-bpmndi'),
    ...(drawn ? [] : [noDiagram]),
  ];
  const order = new Map([...byId.keys()].map((id, index) => [id, index]));
  const nodes = diagram.all('bpmn:FlowNode');
  return { problems: problems.sort(byGravity(order)), sends: sentIn(nodes), throws: thrownIn(nodes), drawn };
}

const noDiagram: Problem = {
  severity: 'info',
  code: 'no-diagram',
  message: 'The file has no diagram.',
  hint: 'One is drawn when it is deployed; draw it in a modeler to have it as you like.',
};

/** A rule that stumbles over an odd diagram says nothing of it; the linter would write to the console. */
function unharmed(rule: RuleDefinition): RuleDefinition {
  const { check } = rule;
  const enter = typeof check === 'function' ? check : check.enter;
  const leave = typeof check === 'function' ? undefined : check.leave;
  const quietly = <T>(run: () => T): T | undefined => {
    try {
      return run();
    } catch {
      return undefined;
    }
  };
  return {
    ...rule,
    check: {
      ...(enter && { enter: (node, reporter) => quietly(() => enter(node, reporter)) }),
      ...(leave && { leave: (node, reporter) => quietly(() => leave(node, reporter)) }),
    },
  };
}

function problemOf(code: string, report: Report, byId: Map<string, ModdleElement>, compiled: Problem[]): Problem[] {
  const table = recommended[code];
  const rule = table ?? ourRules.find((one) => one.code === code);
  const element = report.id === undefined ? undefined : byId.get(report.id);
  // A process that is not executable is a picture, which the compiler says once.
  if (!rule || (element && processOf(element) && !flag(processOf(element) ?? element, 'isExecutable'))) return [];
  if (element && table?.unless?.(element)) return [];
  if (table?.said && compiled.some((one) => one.element === report.id && table.said?.includes(one.code))) return [];
  const name = element && text(element, 'name');
  return [
    {
      severity: rule.severity,
      code,
      message: table?.message ?? report.message.replace(/[^.]$/, '$&.'),
      ...(report.id !== undefined && { element: report.id }),
      ...(name !== undefined && { elementName: name }),
      hint: report.hint ?? rule.hint,
      ...(report.position && { position: report.position }),
    },
  ];
}

/** That a default flow is missing is no news where conditions are decided: then either nothing is open, or what is. */
function saidBetter(problem: Problem, byId: Map<string, ModdleElement>, scene: Scene, found: Problem[]): boolean {
  if (problem.code !== 'no-condition-no-default') return false;
  if (found.some((one) => one.code === 'conditions-gap' && one.element === problem.element)) return true;
  const gateway = byId.get(problem.element ?? '');
  const choice = gateway && choiceAt(gateway, scene);
  return choice !== undefined && !choice.samples.some((sample) => typeof sample.value === 'string');
}

const ranks: Record<Problem['severity'], number> = { error: 0, warning: 1, info: 2 };

const byGravity =
  (order: Map<string, number>) =>
  (a: Problem, b: Problem): number =>
    ranks[a.severity] - ranks[b.severity] || (order.get(a.element ?? '') ?? -1) - (order.get(b.element ?? '') ?? -1);
