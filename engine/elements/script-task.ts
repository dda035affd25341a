import { failedExpression } from '../core/failure.ts';
import { complete } from '../core/moves.ts';
import type { ElementBehaviour } from '../core/run-types.ts';
import { lookupAt } from '../core/token.ts';
import { evaluate } from '../core/variables.ts';
import type { ElementOf } from '../model/plan.ts';
import { jobWait, startJob } from './job.ts';

/** Script task: the engine runs the script, then the task is complete (BPMN 2.0.2, 10.3.3 and 13.3.3). FEEL runs here, anything else as a job. */
export const scriptTask: ElementBehaviour<ElementOf<'scriptTask'>> = {
  enter(token, run) {
    const { script, job } = token.element;
    if (job) return startJob(token, run, job);
    if (!script) {
      complete(run, token);
      return undefined;
    }
    const result = evaluate(run, script.source, lookupAt(run, token));
    if (!result.ok) return failedExpression('script', script.source, result);
    complete(run, token, script.resultVariable === undefined ? undefined : { [script.resultVariable]: result.value });
    return undefined;
  },
  ...jobWait,
};
