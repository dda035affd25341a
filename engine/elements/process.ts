import { endInstance } from '../core/end-instance.ts';
import { fail } from '../core/failure.ts';
import type { ScopeBehaviour } from '../core/run-types.ts';
import type { ElementOf } from '../model/plan.ts';

/** Process: the outermost scope. It begins with the instance (`begin-instance.ts`) and ends it when no token is left (BPMN 2.0.2, 13.3.1 and 13.5.6). */
export const process: ScopeBehaviour<ElementOf<'process'>> = {
  enter: (token) => fail('unsupported', { reason: 'element-kind', kind: token.element.kind }),
  emptied: (run) => endInstance(run, 'completed'),
};
