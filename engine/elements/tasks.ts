/** Tasks that need nobody: done as soon as they are reached. */

import { complete } from '../core/moves.ts';
import type { ElementBehaviour } from '../core/run-types.ts';

/** Abstract task and manual task: the engine has nothing to do or to watch, they complete at once (BPMN 2.0.2, 13.3.3). */
export const abstractTask: ElementBehaviour = {
  enter(token, run) {
    complete(run, token);
    return undefined;
  },
};
