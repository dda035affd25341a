import { complete } from '../core/moves.ts';
import type { ElementBehaviour } from '../core/run-types.ts';
import type { ElementOf } from '../model/plan.ts';

/** Task without a type: the engine has nothing to do or to watch, it completes at once (BPMN 2.0.2, 10.3.3 and 13.3.3). */
export const task: ElementBehaviour<ElementOf<'task'>> = {
  enter(token, run) {
    complete(run, token);
    return undefined;
  },
};
