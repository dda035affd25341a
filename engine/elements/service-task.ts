import type { ElementBehaviour } from '../core/run-types.ts';
import type { ElementOf } from '../model/plan.ts';
import { jobWait, startJob } from './job.ts';

/** Service task: the service is called with the inputs, and its answer completes the task (BPMN 2.0.2, 10.3.3 and 13.3.3). */
export const serviceTask: ElementBehaviour<ElementOf<'serviceTask'>> = {
  enter: (token, run) => startJob(token, run, token.element.job),
  ...jobWait,
};
