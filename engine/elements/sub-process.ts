import type { ScopeBehaviour } from '../core/run-types.ts';
import type { ElementOf } from '../model/plan.ts';
import { completeScope, enterScope, forgetInside } from './scope.ts';

/** Embedded subprocess: a token of the outer scope stays while the inner tokens run (BPMN 2.0.2, 10.3.5 and 13.3.4). */
export const subProcess: ScopeBehaviour<ElementOf<'subProcess'>> = {
  enter: enterScope,
  emptied: completeScope,
  cancel: forgetInside,
};
