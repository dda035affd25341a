import type { ElementBehaviour } from '../core/run-types.ts';
import type { ElementOf } from '../model/plan.ts';
import { jobWait } from './job.ts';
import { throwAll } from './throwing.ts';

/** Intermediate throwing event: its events are thrown, then the token continues (BPMN 2.0.2, 10.5.4 and 13.5.2). */
export const intermediateThrowEvent: ElementBehaviour<ElementOf<'intermediateThrowEvent'>> = {
  enter: throwAll,
  ...jobWait,
};
