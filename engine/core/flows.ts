/** Which flows a token takes on leaving, and taking them (BPMN 2.0.2, 8.3.13 and 13.2.1). */

import type { FlowId, PlanFlow } from '../model/plan.ts';
import { type Failure, fail, failedExpression } from './failure.ts';
import { raiseIncidentAt } from './hold.ts';
import { adjustTokenCount } from './live-tokens.ts';
import { addJournalEntry } from './run.ts';
import type { Run, Token } from './run-types.ts';
import { enqueueToken, lookupAt } from './token.ts';
import { evaluate } from './variables.ts';

/** Takes the outgoing flows. */
export function proceed(run: Run, token: Token): void {
  const behaviour = run.kinds.behaviourOf(token.element);
  const flows = behaviour?.choose ? behaviour.choose(token, run) : chooseByConditions(token, run);
  if (Array.isArray(flows)) takeFlows(run, token, flows);
  else raiseIncidentAt(run, token, 'flow', flows);
}

/** `leave` of a gateway: what its start listeners found out decides about its flows. */
export function leaveGateway(token: Token, run: Run): void {
  proceed(run, token);
}

function takeFlows(run: Run, token: Token, flows: FlowId[]): void {
  const { element } = token;
  // Each flow gets the number of tokens of the completion quantity (BPMN 2.0.2, table 10.3).
  const times = 'completionQuantity' in element ? (element.completionQuantity ?? 1) : 1;
  for (const id of flows)
    for (let i = 0; i < times; i++) {
      addJournalEntry(run, 'flow-taken', element.id, token.key, { flow: id });
      enqueueToken(run, flowOf(run, id).target, token.scope, id);
    }
  const tokens = flows.length * times;
  if (tokens !== 1) adjustTokenCount(run, token.scope, tokens - 1);
}

export function flowOf(run: Run, id: FlowId): PlanFlow {
  const flow = run.plan.flows[id];
  if (!flow) throw new Error(`The plan of ${run.plan.key} has no flow ${id}.`);
  return flow;
}

/** True, false, or the failure: a non-boolean is an incident, never a silent default. */
export function flowConditionHolds(run: Run, token: Token, flow: PlanFlow): { ok: true; value: boolean } | Failure {
  const condition = flow.condition!;
  const result = evaluate(run, condition, lookupAt(run, token));
  if (!result.ok) return failedExpression('flow-condition', condition, result, flow.name ?? flow.id);
  if (typeof result.value === 'boolean') return { ok: true, value: result.value };
  if (result.value === 'true' || result.value === 'false') return { ok: true, value: result.value === 'true' };
  return fail('expression-failed', {
    reason: 'wrong-type',
    part: 'flow-condition',
    name: flow.name ?? flow.id,
    expected: 'boolean',
  });
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
      const result = flowConditionHolds(run, token, flow);
      if (!result.ok) return result;
      if (!result.value) continue;
      met++;
    }
    taken.push(id);
  }
  if (defaultFlow !== undefined && met === 0) taken.push(defaultFlow);
  if (taken.length === 0 && conditions > 0) return noOutgoingFlow();
  return taken;
}

export function noOutgoingFlow(): Failure {
  return fail('no-flow', { reason: 'no-condition-holds' });
}
