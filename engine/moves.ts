/** How tokens move: arrive, begin, hold, complete, hand results over, take flows (BPMN 2.0.2, 13.3). Element kinds only add what is theirs. */

import { releaseGuards } from './cancel.ts';
import { behaviourOf } from './elements/index.ts';
import { scopeEmptied } from './elements/scope.ts';
import { armGuards, type Guard, prepareGuards } from './events/arm.ts';
import { type Failure, fail, failedExpression } from './failure.ts';
import { advance, type Token } from './lifecycle.ts';
import type { FlowId, PlanElement, PlanFlow, Variables } from './plan.ts';
import {
  type Arrival,
  elementOf,
  getWait,
  newKey,
  note,
  putWait,
  type Run,
  removeWait,
  setTokens,
  tokensOf,
} from './run.ts';
import type { Incident, Key, Wait } from './types.ts';
import { enclosing, evaluate, type Lookup, lookupFrom, map, writeUp } from './variables.ts';

/** What a kind of element does; everything it does not say is done here. */
export interface ElementBehaviour<E extends PlanElement = PlanElement> {
  /** A token has come and its inputs are mapped: wait (`hold`) or go on (`complete`). A failure leaves nothing done. */
  enter(token: Token<E>, run: Run): Failure | undefined;
  /** Which outgoing flows are taken; without it the conditions decide. */
  choose?(token: Token<E>, run: Run): FlowId[] | Failure;
  /** Arrivals are merged before they count as entering (joins). */
  merges?: true;
}

/** More arrivals than this at one element of one scope, within one step, are a loop that nothing ever stops. */
const mostVisits = 1000;

export function startOf(token: Token): Key {
  return token.host ?? token.scope;
}

export function lookupAt(run: Run, token: Token): Lookup {
  return lookupFrom(run, token.variables, startOf(token));
}

/** The token that a wait stands for. */
export function tokenOf(run: Run, wait: Wait): Token {
  const token: Token = {
    element: elementOf(run, wait.element),
    key: wait.key,
    scope: wait.scope ?? wait.key,
    phase: 'active',
  };
  if (wait.host !== undefined) token.host = wait.host;
  if (wait.variables !== undefined) token.variables = wait.variables;
  return token;
}

export function send(run: Run, element: string, scope: Key, flow?: FlowId): void {
  run.queue.push(flow === undefined ? { element, scope } : { element, scope, flow });
}

export function arrive(run: Run, arrival: Arrival): void {
  const token: Token = {
    element: elementOf(run, arrival.element),
    key: newKey(run),
    scope: arrival.scope,
    phase: 'activating',
  };
  if (arrival.flow !== undefined) token.flow = arrival.flow;
  if (circles(run, token)) {
    stick(run, token, 'enter', fail('endless-loop', `“${nameOf(token.element)}”在一步之内重复了${mostVisits}次。`));
    return;
  }
  begin(run, token);
}

function circles(run: Run, token: Token): boolean {
  if (++run.arrivals <= mostVisits) return false;
  run.visits ??= new Map();
  const place = `${token.scope} ${token.element.id}`;
  const visits = (run.visits.get(place) ?? 0) + 1;
  run.visits.set(place, visits);
  return visits > mostVisits;
}

export function begin(run: Run, token: Token): void {
  const behaviour = behaviourOf(token.element);
  const failure = behaviour
    ? (mapInputs(run, token) ?? behaviour.enter(token, run))
    : fail('unsupported', `“${nameOf(token.element)}”（${token.element.kind}）不能执行。`);
  if (failure) stick(run, token, 'enter', failure);
}

function mapInputs(run: Run, token: Token): Failure | undefined {
  const { element } = token;
  if (!('inputs' in element) || element.inputs === undefined || element.inputs.length === 0) return undefined;
  const lookup = lookupAt(run, token);
  const inputs = map(run, '输入映射', element.inputs, lookup, () => undefined);
  if (!inputs.ok) return inputs;
  token.variables = { ...token.variables, ...inputs.value };
  return undefined;
}

/** What a kind adds to the wait its token becomes. */
export type WaitBody = Wait extends infer W
  ? W extends Wait
    ? Omit<W, 'key' | 'element' | 'scope' | 'host' | 'since' | 'incident'>
    : never
  : never;

/** Boundary events of a token's element, ready to be armed: a timer that cannot be worked out must stop it before it begins. */
export function guardsOf(run: Run, token: Token): { ok: true; value: Guard[] } | Failure {
  const { element } = token;
  if (!('boundary' in element) || element.boundary === undefined || element.boundary.length === 0 || inner(run, token))
    return noGuards;
  return prepareGuards(run, element.boundary, lookupAt(run, token));
}
const noGuards: { ok: true; value: Guard[] } = { ok: true, value: [] };

/** Boundary events hang on a multi-instance body, not on each of its instances. */
function inner(run: Run, token: Token): boolean {
  return token.host !== undefined && getWait(run, token.host)?.kind === 'multi';
}

/** The token stays here: it becomes a wait, and its boundary events are armed. */
export function hold(run: Run, token: Token, body: WaitBody): Failure | undefined {
  const guards = guardsOf(run, token);
  if (!guards.ok) return guards;
  if (token.phase === 'activating') advance(run, token, 'active');
  putWait(run, waitOf(run, token, body));
  if (guards.value.length > 0) armGuards(run, guards.value, token.key, token.scope);
  return undefined;
}

function waitOf(run: Run, token: Token, body: WaitBody, incident?: Incident): Wait {
  const wait: Wait = { ...body, key: token.key, element: token.element.id, since: run.now };
  if (token.element.parent !== null) wait.scope = token.scope;
  if (token.host !== undefined) wait.host = token.host;
  if (token.variables !== undefined) wait.variables = token.variables;
  if (incident !== undefined) wait.incident = incident;
  return wait;
}

export function incidentOf(run: Run, failure: Failure): Incident {
  const { code, message, hint, details } = failure;
  return details === undefined ? { code, message, hint, at: run.now } : { code, message, hint, at: run.now, details };
}

/** The token cannot go on: it stays where it is, with the reason. */
export function stick(run: Run, token: Token, at: 'enter' | 'leave' | 'flow' | 'resume', failure: Failure): void {
  const wait = waitOf(
    run,
    token,
    token.flow === undefined ? { kind: 'stuck', at } : { kind: 'stuck', at, flow: token.flow },
  );
  if (at === 'enter') delete wait.variables;
  wait.incident = incidentOf(run, failure);
  putWait(run, wait);
  note(run, 'incident-raised', token.element.id, token.key, { code: failure.code, message: failure.message });
}

/** The work here is done: hand the results over, then leave. */
export function complete(run: Run, token: Token, results?: Variables): void {
  if (token.phase === 'activating') advance(run, token, 'active');
  if (token.phase === 'active') advance(run, token, 'completing');
  const failure = handOver(run, token, results);
  if (failure) stick(run, token, 'leave', failure);
  else leave(run, token);
}

/**
 * With output mappings only their targets go out; without them every result variable does, unless it is a local one here.
 * What fails keeps the results in the token, so that a retry has them.
 */
function handOver(run: Run, token: Token, results: Variables | undefined): Failure | undefined {
  const { element } = token;
  const outputs = 'outputs' in element ? element.outputs : undefined;
  const start = startOf(token);
  if (outputs !== undefined && outputs.length > 0) {
    if (results !== undefined) token.variables = { ...token.variables, ...results };
    const mapped = map(run, '输出映射', outputs, lookupAt(run, token), lookupFrom(run, undefined, start));
    if (!mapped.ok) return mapped;
    writeUp(run, start, mapped.value);
    return undefined;
  }
  if (results === undefined) return undefined;
  const locals = token.variables;
  if (locals === undefined) writeUp(run, start, results);
  else
    writeUp(run, start, Object.fromEntries(Object.entries(results).filter(([name]) => !Object.hasOwn(locals, name))));
  return undefined;
}

function leave(run: Run, token: Token): void {
  const { element } = token;
  releaseGuards(run, token);
  if (getWait(run, token.key) !== undefined) removeWait(run, token.key);
  advance(run, token, 'completed');
  token.variables = undefined;
  if (element.kind === 'eventSubProcess') count(run, token.scope, -1);
  else proceed(run, token);
}

/** Takes the outgoing flows. */
export function proceed(run: Run, token: Token): void {
  const behaviour = behaviourOf(token.element);
  const flows = behaviour?.choose ? behaviour.choose(token, run) : chooseByConditions(token, run);
  if (Array.isArray(flows)) take(run, token, flows);
  else stick(run, token, 'flow', flows);
}

export function take(run: Run, token: Token, flows: FlowId[]): void {
  for (const id of flows) {
    note(run, 'flow-taken', token.element.id, token.key, { flow: id });
    send(run, flowOf(run, id).target, token.scope, id);
  }
  if (flows.length !== 1) count(run, token.scope, flows.length - 1);
}

/** Changes the number of live tokens of a scope; a scope without tokens is complete. */
export function count(run: Run, scope: Key, by: number): void {
  const tokens = tokensOf(run, scope) + by;
  setTokens(run, scope, tokens);
  if (tokens === 0) scopeEmptied(run, scope);
}

export function flowOf(run: Run, id: FlowId): PlanFlow {
  const flow = run.plan.flows[id];
  if (!flow) throw new Error(`The plan of ${run.plan.key} has no flow ${id}.`);
  return flow;
}

/** True, false, or why it is neither: what is not a boolean is an incident, never a silent default. */
export function holds(run: Run, token: Token, flow: PlanFlow): { ok: true; value: boolean } | Failure {
  const condition = flow.condition!;
  const result = evaluate(run, condition, lookupAt(run, token));
  if (!result.ok) return failedExpression(`路径“${flow.name ?? flow.id}”的条件`, condition, result);
  if (typeof result.value === 'boolean') return { ok: true, value: result.value };
  if (result.value === 'true' || result.value === 'false') return { ok: true, value: result.value === 'true' };
  return fail('expression-failed', `路径“${flow.name ?? flow.id}”的条件既不是真也不是假。`, { flow: flow.id });
}

/**
 * Uncontrolled flow, conditional flows and the default flow out of any element (BPMN 2.0.2, 13.2.1 and 8.3.13): every flow without a
 * condition, every one whose condition holds, the default flow when no condition does.
 */
export function chooseByConditions(token: Token, run: Run): FlowId[] | Failure {
  const { element } = token;
  if (!('outgoing' in element)) return [];
  const { outgoing, defaultFlow } = element;
  const only = outgoing.length === 1 ? run.plan.flows[outgoing[0]!] : undefined;
  if (only !== undefined && only.condition === undefined) return outgoing;
  const taken: FlowId[] = [];
  let conditions = 0;
  let met = 0;
  for (const id of outgoing) {
    if (id === defaultFlow) continue;
    const flow = flowOf(run, id);
    if (flow.condition !== undefined) {
      conditions++;
      const result = holds(run, token, flow);
      if (!result.ok) return result;
      if (!result.value) continue;
      met++;
    }
    taken.push(id);
  }
  if (defaultFlow !== undefined && met === 0) taken.push(defaultFlow);
  if (taken.length === 0 && conditions > 0) return noFlow(element);
  return taken;
}

export function noFlow(element: PlanElement): Failure {
  return fail('no-flow', `“${nameOf(element)}”没有一个条件成立，也没有默认路径。`);
}

export function nameOf(element: PlanElement): string {
  return element.name ?? element.id;
}

/** Where the expressions of something armed on this wait look for variables. */
export function lookupOf(run: Run, wait: Wait): Lookup {
  return lookupFrom(run, wait.variables, enclosing(run, wait));
}
