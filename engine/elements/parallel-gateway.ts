import { leaveGateway } from '../core/flows.ts';
import { complete, completeJoin } from '../core/moves.ts';
import type { ElementBehaviour } from '../core/run-types.ts';
import type { ElementOf } from '../model/plan.ts';
import { addArrival, consumeArrivals } from './join.ts';

/** Parallel gateway: it waits for one token on each incoming flow, then takes every outgoing one (BPMN 2.0.2, 10.6.4 and 13.4.1). */
export const parallelGateway: ElementBehaviour<ElementOf<'parallelGateway'>> = {
  enter(token, run) {
    const { incoming } = token.element;
    if (incoming.length < 2 || token.flow === undefined) {
      complete(run, token);
      return undefined;
    }
    const join = addArrival(run, token);
    if (!incoming.every((flow) => (join.taken[flow] ?? 0) > 0)) return undefined;
    consumeArrivals(run, join, () => 1);
    completeJoin(run, token);
    return undefined;
  },
  choose: (token) => token.element.outgoing,
  leave: leaveGateway,
  /** Decided on arrival: it counts its flows. */
  join: {},
};
