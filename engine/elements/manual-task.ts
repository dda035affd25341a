import { complete } from '../core/moves.ts';
import type { ElementBehaviour } from '../core/run-types.ts';
import type { ElementOf } from '../model/plan.ts';

/** Manual task: done without the engine, which neither starts nor watches it; it completes at once (BPMN 2.0.2, 10.3.3 and 13.3.3). */
export const manualTask: ElementBehaviour<ElementOf<'manualTask'>> = {
  enter(token, run) {
    complete(run, token);
    return undefined;
  },
};
