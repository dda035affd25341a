/**
 * Complex gateway: it waits for start until its activation condition holds, consumes one token of each flow that has
 * one and continues; then it waits for reset, like an inclusive join, for tokens of the other flows, consumes them, and
 * starts again (BPMN 2.0.2, 10.6.5 and 13.4.5).
 */

import { type Failure, fail, failedExpression } from '../core/failure.ts';
import { chooseByConditions, flowConditionHolds, flowOf, leaveGateway, proceed } from '../core/flows.ts';
import { complete, completeJoin } from '../core/moves.ts';
import { addJournalEntry, elementOf, newKey, putWait, removeWait, setTokens, tokensOf } from '../core/run.ts';
import type { ElementBehaviour, Run, Token } from '../core/run-types.ts';
import { incidentOf, journalIncident } from '../core/token.ts';
import { evaluate, lookupFrom } from '../core/variables.ts';
import type { ElementOf, FlowId, Variables } from '../model/plan.ts';
import type { WaitOf } from '../model/types.ts';
import { addArrival, consumeArrivals, findJoin, type Taken } from './join.ts';

type Complex = ElementOf<'complexGateway'>;

export const complexGateway: ElementBehaviour<Complex> = {
  enter(token, run) {
    const { element } = token;
    if (element.incoming.length < 2) {
      complete(run, token);
      return undefined;
    }
    if (token.flow === undefined) {
      takeActivatedFlows(run, token);
      return undefined;
    }
    const before = findJoin(run, element.id, token.scope);
    if (before?.from) {
      addArrival(run, token);
      return undefined;
    }
    const active = holdsFor(run, element, token.scope, {
      ...before?.taken,
      [token.flow]: (before?.taken[token.flow] ?? 0) + 1,
    });
    if (!active.ok) return active;
    const join = addArrival(run, token);
    if (active.value) activate(run, join, token);
    return undefined;
  },
  choose(token, run) {
    const { variables, element } = token;
    if (token.resets) return chooseForReset(token, run);
    if (!conditional(run, element)) return chooseByConditions(token, run);
    return chooseByConditions({ ...token, variables: { ...variables, waitingForStart: true } }, run);
  },
  leave: leaveGateway,
  join: {
    canActivate,
    activate: activateComplex,
    awaitsAll: (join) => join.from !== undefined,
    exhausted: resetComplex,
  },
};

const conditional = (run: Run, { outgoing }: Complex): boolean =>
  outgoing.some((id) => run.plan.flows[id]?.condition !== undefined);

/** The tokens continue as one; the join is kept for tokens still to come, with the flows that have had one. */
function activate(run: Run, join: WaitOf<'join'>, token: Token<Complex>): void {
  consumeArrivals(run, { ...join, from: Object.keys(join.taken) }, () => 1);
  completeJoin(run, token);
}

/** Its listeners are done, and their variables are visible to the conditions of the reset too. */
function takeActivatedFlows(run: Run, token: Token<Complex>): void {
  const join = findJoin(run, token.element.id, token.scope);
  if (join?.from && token.variables && Object.keys(token.variables).length > 0)
    putWait(run, { ...join, variables: token.variables });
  complete(run, token);
}

/** `activationCount` is the number of tokens that wait; each incoming flow is readable as its own count under its id. */
function holdsFor(run: Run, element: Complex, scope: string, taken: Taken): { ok: true; value: boolean } | Failure {
  const { activationCondition, incoming } = element;
  const counts: Variables = {};
  let activationCount = 0;
  for (const flow of incoming) {
    const tokens = taken[flow] ?? 0;
    counts[flow] = tokens;
    activationCount += tokens;
  }
  if (activationCondition === undefined) return { ok: true, value: incoming.every((flow) => counts[flow] !== 0) };
  counts['activationCount'] = activationCount;
  const result = evaluate(run, activationCondition, lookupFrom(run, counts, scope));
  if (!result.ok) return failedExpression('activation-condition', activationCondition, result);
  return typeof result.value === 'boolean'
    ? { ok: true, value: result.value }
    : fail('expression-failed', { reason: 'wrong-type', part: 'activation-condition', expected: 'boolean' });
}

/**
 * Waiting for start: the condition may read data changed since the last token arrived.
 * @returns whether it continues now
 */
function canActivate(run: Run, join: WaitOf<'join'>): boolean {
  const element = elementOf(run, join.element);
  if (element.kind !== 'complexGateway' || !(run.written || run.changed.has(join.key))) return false;
  const active = holdsFor(run, element, join.scope!, join.taken);
  if (active.ok) return active.value;
  if (join.incident?.code !== active.code) {
    putWait(run, { ...join, incident: incidentOf(run, active) });
    journalIncident(run, element.id, join.key, active);
  }
  return false;
}

function activateComplex(run: Run, join: WaitOf<'join'>): void {
  const { incident, ...clear } = join;
  const element = elementOf(run, join.element);
  if (element.kind !== 'complexGateway') return;
  if (incident) addJournalEntry(run, 'incident-resolved', element.id, join.key, { code: incident.code });
  activate(run, clear, { element, key: newKey(run), scope: join.scope!, phase: 'activating' });
}

/** No more tokens can arrive: late tokens are consumed, and flows whose condition holds for a reset are taken. */
function resetComplex(run: Run, join: WaitOf<'join'>): void {
  const element = elementOf(run, join.element);
  if (element.kind !== 'complexGateway') return;
  const { from = [], variables, incident: _, ...rest } = join;
  const token: Token<Complex> = {
    element,
    key: newKey(run),
    scope: join.scope!,
    phase: 'completed',
    variables: { ...variables, waitingForStart: false },
    resets: true,
  };
  // A second token of a flow it has had one from is one of the next round.
  const left: Taken = {};
  for (const [flow, tokens] of Object.entries(join.taken)) {
    const more = from.includes(flow) ? tokens : tokens - 1;
    if (more > 0) left[flow] = more;
  }
  if (Object.keys(left).length === 0) removeWait(run, join.key);
  else {
    putWait(run, { ...rest, taken: left });
    setTokens(run, rest.scope!, tokensOf(run, rest.scope!) + 1);
  }
  proceed(run, token);
}

/**
 * Every flow whose condition holds, otherwise the default flow; none is no failure (table 13.5). A flow without a
 * condition belongs to the activation only: taken at the reset too, every discriminator would produce two tokens.
 */
function chooseForReset(token: Token<Complex>, run: Run): FlowId[] | Failure {
  const { element } = token;
  if (!conditional(run, element)) return [];
  const taken: FlowId[] = [];
  for (const id of element.outgoing) {
    const flow = flowOf(run, id);
    if (flow.condition === undefined) continue;
    const result = flowConditionHolds(run, token, flow);
    if (!result.ok) return result;
    if (result.value) taken.push(id);
  }
  return taken.length === 0 && element.defaultFlow !== undefined ? [element.defaultFlow] : taken;
}
