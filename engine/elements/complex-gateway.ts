/**
 * Complex gateway: its activation condition over the tokens that came says when it goes on; then it waits for what is still on its way
 * and starts anew (BPMN 2.0.2, 10.6.5 and 13.4.5).
 */
import { type Failure, fail, failedExpression } from '../failure.ts';
import { chooseByConditions, holds, take } from '../flows.ts';
import type { Token } from '../lifecycle.ts';
import { complete, count } from '../moves.ts';
import type { ElementOf, FlowId, Variables } from '../plan.ts';
import { elementOf, newKey, type Run, removeWait, since } from '../run.ts';
import { nameOf } from '../token.ts';
import type { WaitOf } from '../types.ts';
import { evaluate, lookupFrom } from '../variables.ts';
import type { ElementBehaviour } from './behaviour.ts';
import { addArrival, consumeArrivals, findJoin } from './join.ts';

type Complex = ElementOf<'complexGateway'>;

export const complexGateway: ElementBehaviour<Complex> = {
  enter(token, run) {
    const { element } = token;
    if (element.incoming.length < 2 || token.flow === undefined) {
      complete(run, token);
      return undefined;
    }
    const before = findJoin(run, element.id, token.scope);
    if (before?.reset) {
      addArrival(run, token);
      return undefined;
    }
    const active = activated(run, token, before);
    if (!active.ok) return active;
    const join = addArrival(run, token);
    if (!active.value) return undefined;
    // The tokens go on as one; the record stays to swallow those still to come.
    consumeArrivals(run, { ...join, reset: true }, (_, tokens) => tokens);
    complete(run, token);
    return undefined;
  },
  choose(token, run) {
    // Instances that ran before the conditions could read it went on without.
    const told = token.element.outgoing.length > 1 && since(run, 'complex-gateway-waiting-for-start');
    return chooseByConditions(
      told ? { ...token, variables: { ...token.variables, waitingForStart: true } } : token,
      run,
    );
  },
};

/** `activationCount` is the number of tokens that came; each incoming flow is readable as its own count under its id. */
function activated(
  run: Run,
  token: Token<Complex>,
  before: WaitOf<'join'> | undefined,
): { ok: true; value: boolean } | Failure {
  const { element, flow: came } = token;
  const { activationCondition, incoming } = element;
  const counts: Variables = {};
  let activationCount = 0;
  for (const flow of incoming) {
    const tokens = (before?.taken[flow] ?? 0) + (flow === came ? 1 : 0);
    counts[flow] = tokens;
    activationCount += tokens;
  }
  if (activationCondition === undefined) return { ok: true, value: incoming.every((flow) => counts[flow] !== 0) };
  counts['activationCount'] = activationCount;
  const result = evaluate(run, activationCondition, lookupFrom(run, counts, token.scope));
  if (!result.ok) return failedExpression('激活条件', activationCondition, result);
  return typeof result.value === 'boolean'
    ? { ok: true, value: result.value }
    : fail('expression-failed', `“${nameOf(element)}”的激活条件既不是真也不是假。`);
}

/** Nothing more is coming: the late tokens are used up, and flows are taken whose condition holds for a reset. */
export function resetComplex(run: Run, join: WaitOf<'join'>): void {
  const element = elementOf(run, join.element);
  if (element.kind !== 'complexGateway') return;
  removeWait(run, join.key);
  const token: Token<Complex> = {
    element,
    key: newKey(run),
    scope: join.scope!,
    phase: 'completed',
    variables: { waitingForStart: false },
  };
  const flows: FlowId[] = [];
  for (const id of element.outgoing) {
    const flow = run.plan.flows[id];
    // Without a condition a flow belongs to the activation alone.
    if (flow?.condition === undefined) continue;
    const result = holds(run, token, flow);
    if (result.ok && result.value) flows.push(id);
  }
  if (flows.length > 0) take(run, token, flows);
  else count(run, join.scope!, -1);
}
