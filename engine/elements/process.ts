import { endInstance } from '../core/end-instance.ts';
import { fail } from '../core/failure.ts';
import type { ScopeBehaviour } from '../core/run-types.ts';
import { nameOf } from '../core/token.ts';
import type { ElementOf } from '../model/plan.ts';

/** Process: the outermost scope. It begins with the instance (`begin-instance.ts`) and ends it when no token is left (BPMN 2.0.2, 13.3.1 and 13.5.6). */
export const process: ScopeBehaviour<ElementOf<'process'>> = {
  enter: (token) => fail('unsupported', `“${nameOf(token.element)}”是流程本身，没有路径能到达。`),
  emptied: (run) => endInstance(run, 'completed'),
};
