import { flowConditionHolds, flowOf, leaveGateway, noOutgoingFlow } from '../core/flows.ts';
import { complete } from '../core/moves.ts';
import type { ElementBehaviour } from '../core/run-types.ts';
import type { ElementOf } from '../model/plan.ts';

/** Exclusive gateway: each token takes the first flow whose condition holds, otherwise the default (BPMN 2.0.2, 10.6.2 and 13.4.2). */
export const exclusiveGateway: ElementBehaviour<ElementOf<'exclusiveGateway'>> = {
  enter(token, run) {
    complete(run, token);
    return undefined;
  },
  choose(token, run) {
    const { outgoing, defaultFlow } = token.element;
    if (outgoing.length === 0) return [];
    for (const id of outgoing) {
      if (id === defaultFlow) continue;
      const flow = flowOf(run, id);
      if (flow.condition === undefined) return [id];
      const result = flowConditionHolds(run, token, flow);
      if (!result.ok) return result;
      if (result.value) return [id];
    }
    return defaultFlow === undefined ? noOutgoingFlow() : [defaultFlow];
  },
  leave: leaveGateway,
};
