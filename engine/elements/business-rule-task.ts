import { fail } from '../failure.ts';
import type { ElementBehaviour } from '../moves.ts';
import { nameOf } from '../moves.ts';
import type { ElementOf } from '../plan.ts';
import { startJob } from './job.ts';

/** Business rule task: a rule engine is called and its answer completes the task (BPMN 2.0.2, 10.3.3 and 13.3.3). */
export const businessRuleTask: ElementBehaviour<ElementOf<'businessRuleTask'>> = {
  enter(token, run) {
    const { job } = token.element;
    return job ? startJob(token, run, job) : fail('unsupported', `“${nameOf(token.element)}”的决策表不能执行。`);
  },
};
