import { complete } from '../core/moves.ts';
import type { ElementBehaviour } from '../core/run-types.ts';

/** Start event: what triggered it has happened already, so the token leaves at once (BPMN 2.0.2, 10.5.2 and 13.5.1). */
export const startEvent: ElementBehaviour = {
  enter(token, run) {
    complete(run, token);
    return undefined;
  },
};

/** Boundary event: tokens are made here when it fires, they never arrive (BPMN 2.0.2, 13.5.3). */
export const boundaryEvent: ElementBehaviour = startEvent;
