/** Evaluates a decision of a plan as a pure function: plain JSON in and out, failure as a value. Runs inside workflows. */

import { newBudget } from '../feel/budget.ts';
import { FeelFailure, isLimit } from '../feel/failure.ts';
import { fromJson, toJson } from '../feel/json.ts';
import { normalName } from '../feel/names.ts';
import type { Type } from '../feel/types.ts';
import { type FeelValue, kindOf } from '../feel/values.ts';
import type { Json, Variables } from '../model/plan.ts';
import type { EvaluationContext } from '../model/types.ts';
import { decide, type Program, programOf } from './decide.ts';
import { nodeNamed } from './lookup.ts';
import { openInputs } from './open.ts';
import type { DecisionRunning, Flaw, MatchedTable } from './place.ts';
import type { DecisionNode, DecisionPlan, NodeKey } from './plan.ts';
import { typed } from './program.ts';

export interface Warning {
  /** Id of the decision it came up in. */
  element: string;
  message: string;
}

export type DecisionResult =
  | { ok: true; value: Json; matched: MatchedTable[]; warnings: Warning[] }
  | {
      ok: false;
      /** `unknown-decision`, `hit-policy`, `value-not-allowed`, `bad-expression`, `requirement-cycle`, `limit`, `no-json`,
       * `missing-variable`, `evaluation-failed`. */
      code: string;
      message: string;
      element: string;
      /** With `missing-variable`: the names, each once. */
      missing?: string[];
    };

export interface DecisionOptions {
  /** Names that no input data or requirement declares are read from the variables; one that is not there is `missing-variable`. */
  openInputs?: boolean;
}

/** More would say nothing new and fill the journal. */
const maxWarnings = 20;

/**
 * @param plan from `compileDmn`; its expressions are compiled at the first use of this object and kept
 * @param decision id or name of a decision or decision service
 * @param variables values of the input data by name; what is missing is null, as is what is not of its type
 * @param context process time and the calendar, whose zone is where dates and times without a zone are meant
 * @param options by default names are found as the standard says, and others are null with a warning
 * @returns the value as plain JSON with the rules that made it and why parts of it may be null. A hit policy that is broken, an
 *   input that is not allowed and the like are failures.
 */
export function evaluateDecision(
  plan: DecisionPlan,
  decision: string,
  variables: Variables,
  context: EvaluationContext,
  options: DecisionOptions = {},
): DecisionResult {
  const node = nodeNamed(plan, decision);
  if (!node || (node.kind !== 'decision' && node.kind !== 'service'))
    return { ok: false, code: 'unknown-decision', message: `There is no decision "${decision}".`, element: decision };
  const { value, problems, warnings, matched } = evaluateNode(plan, node, new Map(), context, variables, options);
  const [problem] = problems;
  if (problem) return failed(problem, problems);
  try {
    return { ok: true, value: toJson(value, context.calendar.zone), matched, warnings };
  } catch (failure) {
    if (isLimit(failure)) return { ok: false, code: 'limit', message: messageOf(failure), element: node.id };
    if (!(failure instanceof FeelFailure)) throw failure;
    return { ok: false, code: 'no-json', message: `${failure.message}.`, element: node.id };
  }
}

function failed({ code, message, element }: Flaw, problems: Flaw[]): DecisionResult {
  if (code !== 'missing-variable') return { ok: false, code, message, element };
  const missing = [...new Set(problems.flatMap(({ variable }) => variable ?? []))];
  return { ok: false, code, message, element, missing };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export interface NodeResult {
  value: FeelValue;
  problems: Flaw[];
  warnings: Warning[];
  matched: MatchedTable[];
}

/** With values of FEEL; `variables` are read for whatever `values` does not name. */
export function evaluateNode(
  plan: DecisionPlan,
  node: DecisionNode,
  values: ReadonlyMap<string, FeelValue>,
  context: EvaluationContext,
  variables: Variables = {},
  options: DecisionOptions = {},
): NodeResult {
  const program = programOf(plan);
  newBudget();
  const result: NodeResult = { value: null, problems: [], warnings: [], matched: [] };
  // By the standard both are null with a warning.
  const tell = (message: string): null => {
    const sentence = message.endsWith('.') ? message : `${message}.`;
    if (result.warnings.length < maxWarnings) result.warnings.push({ element: running.element, message: sentence });
    return null;
  };
  const running: DecisionRunning = {
    context,
    depth: 0,
    element: node.id,
    matched: result.matched,
    fail: tell,
    note: tell,
    problem: (code, message, variable) =>
      result.problems.push({ code, message, element: running.element, ...(variable !== undefined && { variable }) }),
  };
  try {
    const given = inputs(program, node, values, variables, running);
    if (options.openInputs) running.open = openInputs(variables, declared(plan, given));
    result.value = decide(program, node, given, running);
  } catch (error) {
    // Too deep or too large; anything else is a fault of ours, and still no reason to stall a workflow.
    const message = messageOf(error);
    // Ahead of what may have come up before: it is why there is no value.
    result.problems.unshift({
      code: isLimit(error) ? 'limit' : 'evaluation-failed',
      message,
      element: running.element,
    });
  }
  return result;
}

/** Input data of the file itself by name, also for those who read it without a requirement. */
const declared = ({ nodes, namespace }: DecisionPlan, given: ReadonlyMap<NodeKey, FeelValue>): Map<string, FeelValue> =>
  new Map(
    [...given].flatMap(([key, value]) => {
      const node = nodes[key];
      return node?.kind === 'input' && node.namespace === namespace ? [[node.name, value]] : [];
    }),
  );

/** Input data of an imported model is in a context named like the import. */
function imported(
  plan: DecisionPlan,
  node: DecisionNode,
  values: ReadonlyMap<string, FeelValue>,
  variables: Variables,
  type: Type,
): FeelValue | undefined {
  for (const path of pathsTo(plan, plan.namespace, node.namespace, [])) {
    let given: FeelValue | undefined = values.get(path[0] ?? '');
    for (const scope of path.slice(1)) given = given instanceof Map ? given.get(scope) : undefined;
    if (given instanceof Map && given.has(node.name)) return given.get(node.name);
    let json: Json | undefined = variables;
    for (const scope of [...path, node.name]) json = isObject(json) ? json[scope] : undefined;
    if (json !== undefined) return fromJson(json, type);
  }
  return undefined;
}

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Names of imports that lead from one model to another. */
function pathsTo(plan: DecisionPlan, from: string, to: string, seen: string[]): string[][] {
  if (from === to) return [];
  return Object.entries(plan.imports[from] ?? {}).flatMap(([name, namespace]) => {
    if (seen.includes(namespace)) return [];
    return namespace === to ? [[name]] : pathsTo(plan, namespace, to, [...seen, from]).map((rest) => [name, ...rest]);
  });
}

function inputs(
  { plan, types }: Program,
  target: DecisionNode,
  values: ReadonlyMap<string, FeelValue>,
  variables: Variables,
  running: DecisionRunning,
): Map<NodeKey, FeelValue> {
  const given = new Map<NodeKey, FeelValue>();
  const byName = new Map(Object.keys(variables).map((key) => [normalName(key), key]));
  const parameters = new Set(target.kind === 'service' ? target.parameters.map(({ key }) => key) : []);
  for (const node of Object.values(plan.nodes)) {
    if (node.kind !== 'input' && !parameters.has(node.key)) continue;
    const type = types.named(node.type, node.namespace) ?? { is: 'any' };
    const key = byName.get(node.name);
    const value =
      values.get(node.name) ??
      (key === undefined ? undefined : fromJson(variables[key] ?? null, type)) ??
      imported(plan, node, values, variables, type);
    if (value === undefined) continue;
    const taken = typed(value, type, `The input "${node.name}"`, running);
    if (taken === null && value !== null)
      running.fail(`The input "${node.name}" is a ${kindOf(value)} that its type does not take.`);
    given.set(node.key, taken);
  }
  return given;
}
