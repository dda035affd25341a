/**
 * What may come in from outside, as the diagram declares it: a form's fields, the names that an output mapping reads, what a job type
 * answers. Everything else stays outside, and what an instance is known by never comes in. Holds where the runtime asks for it
 * (`Env.intake`); models of others, which declare nothing, run without.
 */

import { analyse } from '../feel/analyse.ts';
import { oncePerPlan } from '../model/once-per-plan.ts';
import type { DataAssociation, ElementId, Expression, Json, Plan, PlanElement, Variables } from '../model/plan.ts';
import type { Key, Wait } from '../model/types.ts';
import type { Run } from './run-types.ts';

/** Reserved variables set at the start: owner and rules. No act, message, job or call may write them. */
const givenAtStart: readonly string[] = ['businessKey', 'facility', 'startedAt', 'startedBy', 'rules'];

export const isGivenAtStart = (name: string): boolean => givenAtStart.includes(name);

const declared = oncePerPlan((_plan) => new Map<ElementId, ReadonlySet<string>>());

/** Names that an element accepts by its output mapping, data outputs and loop collection. */
function declaredNames(plan: Plan, element: PlanElement): ReadonlySet<string> {
  const known = declared(plan);
  let names = known.get(element.id);
  if (names === undefined) {
    names = new Set(readBy(plan, element).filter((name) => !isGivenAtStart(name)));
    known.set(element.id, names);
  }
  return names;
}

function readBy(plan: Plan, element: PlanElement): string[] {
  const outputs = 'outputs' in element ? (element.outputs ?? []).map(({ source }) => source) : [];
  const loop = 'loop' in element && element.loop?.type === 'multi' ? element.loop.outputElement : undefined;
  const around = element.parent === null ? undefined : plan.elements[element.parent];
  const collected = around && 'collects' in around ? around.collects?.element : undefined;
  const data = 'dataOutputs' in element ? (element.dataOutputs ?? []) : [];
  return [...[...outputs, loop, collected].flatMap(namesIn), ...data.flatMap(namesOfData)];
}

const namesOfData = ({ source, transformation, assignments = [] }: DataAssociation): string[] => [
  ...(source === undefined ? [] : [source.split('.')[0] ?? source]),
  ...[transformation, ...assignments.map(({ from }) => from)].flatMap(namesIn),
];

/** Names of variables that an expression reads, also those it only asks about. */
export function namesIn(expression: Expression | undefined): string[] {
  if (expression === undefined || 'literal' in expression) return [];
  return analyse(expression.feel)
    .reads.filter(({ filterOnly }) => !filterOnly)
    .map(({ name }) => name);
}

/** Limited to what the element declares. */
export function takenIn(run: Run, element: PlanElement, results: Variables): Variables;
export function takenIn(run: Run, element: PlanElement, results: Variables | undefined): Variables | undefined;
export function takenIn(run: Run, element: PlanElement, results: Variables | undefined): Variables | undefined {
  if (run.env.intake === undefined || results === undefined) return results;
  const names = declaredNames(run.plan, element);
  return only(results, (name) => names.has(name));
}

/** Results of a job: by its output mapping, otherwise by the declaration of its type. */
export function takenFromJob(run: Run, element: PlanElement, jobType: string, results: Variables): Variables {
  if (run.env.intake === undefined) return results;
  const mapped = 'outputs' in element && element.outputs !== undefined && element.outputs.length > 0;
  const names = new Set([
    ...declaredNames(run.plan, element),
    ...(mapped ? [] : run.env.intake.jobOutputs(jobType).filter((name) => !isGivenAtStart(name))),
  ]);
  return only(results, (name) => names.has(name));
}

/** Everything except reserved variables, for elements that accept all. */
export const withoutGiven = (run: Run, results: Variables): Variables =>
  run.env.intake === undefined ? results : only(results, (name) => !isGivenAtStart(name));

function only(results: Variables, may: (name: string) => boolean): Variables {
  const entries = Object.entries(results);
  const kept = entries.filter(([name]) => may(name));
  return kept.length === entries.length ? results : Object.fromEntries(kept);
}

/** By name, in the form of field errors of a form. */
export function notDeclared(names: string[]): Json[] {
  return names.map((name) => ({ ...notTakenIn(name), message: { ...notTakenIn(name).message } }));
}

export const notTakenIn = (field: string) => ({
  field,
  code: 'unknown-field' as const,
  message: { zh: `此处不接收“${field}”。`, en: `"${field}" is not taken in here.` },
});

/** The names sent that are not accepted. */
export function undeclaredIn(run: Run, element: PlanElement, given: Variables): string[] {
  if (run.env.intake === undefined) return [];
  const names = declaredNames(run.plan, element);
  return Object.keys(given).filter((name) => !names.has(name));
}

/**
 * Names accepted at a start from outside: fields of the start form and declarations of the start event. A called
 * instance gets what its caller passes instead.
 * @param startEvent absent: the process starts by itself
 */
export function startNames(plan: Plan, startEvent?: ElementId): ReadonlySet<string> {
  const process = plan.elements[plan.key];
  const own = process && 'starts' in process ? process.starts : [];
  const starts = (startEvent === undefined ? own : [startEvent]).flatMap((id) => plan.elements[id] ?? []);
  const form = startEvent === undefined ? plan.forms[plan.profile?.startForm ?? ''] : undefined;
  const names = [
    ...(form?.fields ?? []).map(({ key }) => key.split('.')[0] ?? key),
    ...starts.flatMap((start) => [...declaredNames(plan, start), ...triggerNames(start)]),
  ];
  return new Set(names.filter((name) => !isGivenAtStart(name)));
}

/** A condition comes with the variables it reads, and a timer with its due time. */
function triggerNames(start: PlanElement): string[] {
  const events = 'events' in start ? start.events : [];
  return events.flatMap((event) =>
    event.type === 'conditional' ? namesIn(event.condition) : event.type === 'timer' ? ['scheduledAt'] : [],
  );
}

/** Names that elements of the plan declare which wait for this message or signal; one whose name is an expression may be it. */
export function namesCaught(plan: Plan, type: 'message' | 'signal', name: string): ReadonlySet<string> {
  const isIt = (of: Expression) => !('literal' in of) || of.literal === name;
  const catching = Object.values(plan.elements).filter(
    (element) =>
      ('events' in element && element.events.some((event) => event.type === type && isIt(event.name))) ||
      (type === 'message' && element.kind === 'receiveTask' && isIt(element.message.name)),
  );
  return new Set(catching.flatMap((element) => [...declaredNames(plan, element)]));
}

/** Variables of a signal that no waiting element accepts. */
export function undeclaredInSignal(plan: Plan, waits: Record<Key, Wait>, name: string, variables: Variables): string[] {
  const listening = Object.values(waits).filter(
    (wait) => wait.kind === 'event' && wait.triggers.some((one) => one.type === 'signal' && one.name === name),
  );
  const names = new Set(
    listening.flatMap(({ element }) => [
      ...(plan.elements[element] ? declaredNames(plan, plan.elements[element]) : []),
    ]),
  );
  return listening.length === 0 ? [] : Object.keys(variables).filter((one) => !names.has(one));
}
