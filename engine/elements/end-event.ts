import type { ElementBehaviour } from '../core/run-types.ts';
import type { ElementOf } from '../model/plan.ts';
import { jobWait } from './job.ts';
import { throwAll } from './throwing.ts';

/** End event: its events are thrown and its token is used up (BPMN 2.0.2, 10.5.3 and 13.5.6). */
export const endEvent: ElementBehaviour<ElementOf<'endEvent'>> = { enter: throwAll, ...jobWait };
