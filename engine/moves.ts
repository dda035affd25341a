/** How tokens move: arrive, begin, hold, complete, hand results over, take flows (BPMN 2.0.2, 13.3). Element kinds only add what is theirs. */

import { releaseGuards } from './cancel.ts';
import { handOver, mapInputs } from './data.ts';
import { endsAdHoc } from './elements/ad-hoc-sub-process.ts';
import { behaviourOf } from './elements/index.ts';
import { gathered } from './elements/join.ts';
import { enterBody, innerDone } from './elements/loops.ts';
import { scopeEmptied } from './elements/scope.ts';
import { armGuards, type Guard, prepareGuards } from './events/arm.ts';
import { recordCompensable, rescope } from './events/compensation.ts';
import { type Failure, fail } from './failure.ts';
import { proceed } from './flows.ts';
import { advance, type Token } from './lifecycle.ts';
import { hasListeners, listen } from './listeners.ts';
import type { FlowId, PlanElement, Variables } from './plan.ts';
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
  since,
  tokensOf,
} from './run.ts';
import type { Incident, Key, Wait, WaitOf } from './types.ts';
import { enclosing, type Lookup, lookupFrom } from './variables.ts';

/** What a kind of element does; everything it does not say is done here. */
export interface ElementBehaviour<E extends PlanElement = PlanElement> {
  /** A token has come and its inputs are mapped: wait (`hold`) or go on (`complete`). A failure leaves nothing done. */
  enter(token: Token<E>, run: Run): Failure | undefined;
  /** Which outgoing flows are taken; without it the conditions decide. */
  choose?(token: Token<E>, run: Run): FlowId[] | Failure;
}

/** More arrivals than this at one element of one scope, within one step, are a loop that nothing ever stops. */
const mostVisits = 1000;
/** And more than this in all, however they are spread: events that set each other off. */
const mostArrivals = 100_000;

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
  if (arrival.host !== undefined) {
    token.host = arrival.host;
    token.variables = arrival.variables;
    if (arrival.inside !== undefined) rescope(run, arrival.inside, token.key);
  }
  if (circles(run, token)) {
    stick(run, token, 'enter', fail('endless-loop', `“${nameOf(token.element)}”在一步之内重复了${mostVisits}次。`));
    return;
  }
  const { element } = token;
  const quantity = 'startQuantity' in element ? (element.startQuantity ?? 1) : 1;
  if (quantity === 1 || token.host !== undefined || gathered(run, token, quantity)) begin(run, token);
}

function circles(run: Run, token: Token): boolean {
  if (++run.arrivals <= mostVisits) return false;
  if (run.arrivals > mostArrivals) return true;
  run.visits ??= new Map();
  if (token.host !== undefined && bounded(run, token.host)) return false;
  const place = `${token.host ?? token.scope} ${token.element.id}`;
  const visits = (run.visits.get(place) ?? 0) + 1;
  run.visits.set(place, visits);
  return visits > mostVisits;
}

/** A multi-instance body knows how many there will be. */
function bounded(run: Run, host: Key): boolean {
  const body = getWait(run, host);
  return body?.kind === 'multi' && body.total !== null;
}

export function begin(run: Run, token: Token): void {
  const { element } = token;
  const behaviour = behaviourOf(element);
  if (behaviour === undefined) {
    stick(run, token, 'enter', fail('unsupported', `“${nameOf(element)}”（${element.kind}）不能执行。`));
    return;
  }
  const failure = isBody(run, token)
    ? beginBody(run, token)
    : (mapInputs(run, token) ?? beginOne(run, token, behaviour));
  if (failure) stick(run, token, 'enter', failure);
}

function beginBody(run: Run, token: Token): Failure | undefined {
  return listen(run, token, 'beforeAll') ? undefined : enterBody(token, run);
}

/** Start listeners come after the inputs and before anything else; those of a join when it is complete (`pass`). */
function beginOne(run: Run, token: Token, behaviour: ElementBehaviour): Failure | undefined {
  return !gathers(token) && listen(run, token, 'start') ? undefined : behaviour.enter(token, run);
}

function gathers({ element, flow }: Token): boolean {
  return 'incoming' in element && element.incoming.length > 1 && flow !== undefined && joining.includes(element.kind);
}
const joining: readonly string[] = ['parallelGateway', 'inclusiveGateway', 'complexGateway'];

/** A join has what it waits for. */
export function pass(run: Run, token: Token): void {
  if (!listen(run, token, 'start')) complete(run, token);
}

/** The start listeners are done: a retry of what fails now does not ask them again. */
export function enterListened(run: Run, token: Token): void {
  const behaviour = behaviourOf(token.element);
  const failure = isBody(run, token) ? enterBody(token, run) : behaviour?.enter(token, run);
  if (failure) stick(run, token, 'listened', failure);
}

/** The token of a looping activity as a whole; its instances have it as their host. A compensation handler may loop, too. */
export function isBody(run: Run, token: Token): boolean {
  if (!('loop' in token.element) || token.element.loop === undefined || isLoopInstance(run, token)) return false;
  return token.host === undefined || handlersAreWhole(run);
}

/** Handlers once ran without their loop and their boundary events. */
export const handlersAreWhole = (run: Run): boolean => since(run, 'handlers-in-full');

/** One round or instance of a looping activity. Its boundary events hang on the body. */
export function isLoopInstance(run: Run, { element, host }: Token): boolean {
  if (host === undefined) return false;
  const body = getWait(run, host);
  return body === undefined || (body.kind === 'multi' && body.element === element.id);
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
  if (
    !('boundary' in element) ||
    element.boundary === undefined ||
    element.boundary.length === 0 ||
    isLoopInstance(run, token) ||
    (isInner(run, token) && !handlersAreWhole(run))
  )
    return noGuards;
  return prepareGuards(run, element.boundary, lookupAt(run, token));
}
const noGuards: { ok: true; value: Guard[] } = { ok: true, value: [] };

/** One instance of a looping activity, or a compensation handler: what goes on when it ends is its host's to say. */
export function isInner(run: Run, token: Token): boolean {
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

/** The body is a fresh object and becomes the wait itself: copying it here was a third of the cost of a step. */
export function waitOf(run: Run, token: Token, body: WaitBody): Wait {
  const { key, scope, host, variables } = token;
  const wait: Wait = Object.assign(body, { key, element: token.element.id, scope, since: run.now });
  if (host !== undefined) wait.host = host;
  if (variables !== undefined) wait.variables = variables;
  return wait;
}

export function incidentOf(run: Run, failure: Failure): Incident {
  const { code, message, hint, details } = failure;
  return details === undefined ? { code, message, hint, at: run.now } : { code, message, hint, at: run.now, details };
}

/** The token cannot go on: it stays where it is, with the reason. */
export function stick(run: Run, token: Token, at: WaitOf<'stuck'>['at'], failure: Failure): void {
  const wait = waitOf(
    run,
    token,
    token.flow === undefined ? { kind: 'stuck', at } : { kind: 'stuck', at, flow: token.flow },
  );
  // Nothing is done yet; only what a body gave its instance is kept.
  if (at === 'enter' && token.host === undefined) delete wait.variables;
  wait.incident = incidentOf(run, failure);
  putWait(run, wait);
  note(run, 'incident-raised', token.element.id, token.key, { code: failure.code, message: failure.message });
}

/** The work here is done: hand the results over, then leave. */
export function complete(run: Run, token: Token, results?: Variables): void {
  if (token.phase === 'activating') advance(run, token, 'active');
  if (token.phase === 'active') advance(run, token, 'completing');
  const failure = handOver(run, token, results);
  if (failure) {
    stick(run, token, 'leave', failure);
    return;
  }
  if (hasListeners(token.element, 'end') && !isBody(run, token)) {
    // Nothing interrupts the element any more: it has done its work.
    releaseGuards(run, token);
    listen(run, token, 'end');
  } else leave(run, token);
}

export function leave(run: Run, token: Token): void {
  const { element } = token;
  releaseGuards(run, token);
  recordCompensable(run, token);
  if (getWait(run, token.key) !== undefined) removeWait(run, token.key);
  advance(run, token, 'completed');
  if (isInner(run, token)) {
    innerDone(run, token);
    return;
  }
  // What the start listeners of a gateway found out decides about its flows.
  if (!gateway.test(element.kind)) token.variables = undefined;
  if (element.kind === 'eventSubProcess' || endsAdHoc(run, token)) count(run, token.scope, -1);
  else proceed(run, token);
}

const gateway = /Gateway$/;

/** Changes the number of live tokens of a scope; a scope without tokens is complete. */
export function count(run: Run, scope: Key, by: number): void {
  const tokens = tokensOf(run, scope) + by;
  setTokens(run, scope, tokens);
  if (tokens === 0) scopeEmptied(run, scope);
}

export function nameOf(element: PlanElement): string {
  return element.name ?? element.id;
}

/** Where the expressions of something armed on this wait look for variables. */
export function lookupOf(run: Run, wait: Wait): Lookup {
  return lookupFrom(run, wait.variables, enclosing(run, wait));
}
