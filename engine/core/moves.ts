/** Token movement: arrive, begin, complete, apply outputs, leave (BPMN 2.0.2, 13.3). Element kinds add only their specifics. */

import { hasGathered, joinsFlows } from '../elements/join.ts';
import { recordCompensable, rescope } from '../events/compensables.ts';
import { hasListeners, startListeners } from '../listeners/ask.ts';
import type { PlanElement, Variables } from '../model/plan.ts';
import type { Key } from '../model/types.ts';
import { type Failure, fail } from './failure.ts';
import { proceed } from './flows.ts';
import { raiseIncidentAt } from './hold.ts';
import { advance } from './lifecycle.ts';
import { adjustTokenCount } from './live-tokens.ts';
import { applyOutputs, mapInputs } from './mappings.ts';
import { releaseGuards } from './release.ts';
import { elementOf, getWait, newKey, removeWait } from './run.ts';
import type { Arrival, Run, Token } from './run-types.ts';
import { isBody, isInner, scopeAround } from './token.ts';

/** More arrivals at one element of one scope within one step are an endless loop. */
const maxVisits = 1000;
/** And more than this in all, however they are spread: events that set each other off. */
const maxArrivals = 100_000;

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
    if (arrival.index !== undefined) token.index = arrival.index;
    if (arrival.inside !== undefined) rescope(run, arrival.inside, token.key);
  }
  if (exceedsVisitLimit(run, token)) {
    raiseIncidentAt(run, token, 'enter', fail('endless-loop', { reason: 'visit-limit', visits: maxVisits }));
    return;
  }
  const { element } = token;
  const quantity = 'startQuantity' in element ? (element.startQuantity ?? 1) : 1;
  if (quantity === 1 || token.host !== undefined || hasGathered(run, token, quantity)) begin(run, token);
}

function exceedsVisitLimit(run: Run, token: Token): boolean {
  if (++run.arrivals <= maxVisits) return false;
  if (run.arrivals > maxArrivals) return true;
  run.visits ??= new Map();
  if (token.host !== undefined && hasFixedCount(run, token.host)) return false;
  const place = `${token.host ?? token.scope} ${token.element.id}`;
  const visits = (run.visits.get(place) ?? 0) + 1;
  run.visits.set(place, visits);
  return visits > maxVisits;
}

/** A multi-instance body knows how many there will be. */
function hasFixedCount(run: Run, host: Key): boolean {
  const body = getWait(run, host);
  return body?.kind === 'multi' && body.total !== null;
}

export function begin(run: Run, token: Token): void {
  const failure = isBody(run, token) ? beginBody(run, token) : (mapInputs(run, token) ?? beginOne(run, token));
  if (failure) raiseIncidentAt(run, token, 'enter', failure);
}

function beginBody(run: Run, token: Token): Failure | undefined {
  return startListeners(run, token, 'beforeAll') ? undefined : run.kinds.enterBody(token, run);
}

/** Start listeners run after the inputs and before anything else; those of a join when it is complete (`completeJoin`). */
function beginOne(run: Run, token: Token): Failure | undefined {
  const behaviour = run.kinds.behaviourOf(token.element);
  const gathers = behaviour.join !== undefined && token.flow !== undefined && joinsFlows(token.element);
  return !gathers && startListeners(run, token, 'start') ? undefined : behaviour.enter(token, run);
}

/** The join is complete. */
export function completeJoin(run: Run, token: Token): void {
  if (!startListeners(run, token, 'start')) complete(run, token);
}

/** The start listeners are done: a retry of a later failure does not call them again. */
export function enterAfterListeners(run: Run, token: Token): void {
  const failure = isBody(run, token)
    ? run.kinds.enterBody(token, run)
    : run.kinds.behaviourOf(token.element).enter(token, run);
  if (failure) raiseIncidentAt(run, token, 'listened', failure);
}

/** The work here is done: hand the results over, then leave. */
export function complete(run: Run, token: Token, results?: Variables): void {
  if (token.phase === 'activating') advance(run, token, 'active');
  if (token.phase === 'active') advance(run, token, 'completing');
  const failure = applyOutputs(run, token, results);
  if (failure) {
    raiseIncidentAt(run, token, 'leave', failure);
    return;
  }
  if (hasListeners(token.element, 'end') && !isBody(run, token)) {
    // From here on nothing can interrupt the element: its work is done.
    releaseGuards(run, token);
    startListeners(run, token, 'end');
  } else leave(run, token);
}

export function leave(run: Run, token: Token): void {
  const { element } = token;
  releaseGuards(run, token);
  recordCompensable(run, token);
  if (getWait(run, token.key) !== undefined) removeWait(run, token.key);
  advance(run, token, 'completed');
  if (isInner(run, token)) {
    run.kinds.instanceDone(run, token);
    return;
  }
  const ends = scopeAround(run, element)?.childCompleted?.(run, token);
  if (ends !== undefined) {
    adjustTokenCount(run, ends, -1);
    return;
  }
  const behaviour = run.kinds.behaviourOf(element);
  if (behaviour.leave) {
    behaviour.leave(token, run);
    return;
  }
  token.variables = undefined;
  proceed(run, token);
}

/** A token appears at an event that has happened already. */
export function leaveAfterEvent(run: Run, element: PlanElement, scope: Key, results: Variables | undefined): void {
  completeAfterEvent(run, { element, key: newKey(run), scope, phase: 'activating' }, results);
}

/** Applies its inputs and calls its start listeners, now that a token exists. */
export function completeAfterEvent(run: Run, token: Token, results: Variables | undefined): void {
  const failure = mapInputs(run, token);
  if (failure) {
    raiseIncidentAt(run, token, 'happened', failure, { happened: results ?? {} });
    return;
  }
  if (!startListeners(run, token, 'start', { happened: results ?? {} })) complete(run, token, results);
}
