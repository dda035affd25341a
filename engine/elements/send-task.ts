import { fail } from '../core/failure.ts';
import { complete } from '../core/moves.ts';
import { addCommand } from '../core/run.ts';
import type { ElementBehaviour } from '../core/run-types.ts';
import { lookupAt } from '../core/token.ts';
import { messageOf } from '../events/arm.ts';
import type { ElementOf } from '../model/plan.ts';
import { jobWait, startJob } from './job.ts';
import { thrownVariables } from './thrown-variables.ts';

/** Send task: once its message is sent it is complete (BPMN 2.0.2, 10.3.3 and 13.3.3). With a job, the job sends. */
export const sendTask: ElementBehaviour<ElementOf<'sendTask'>> = {
  enter(token, run) {
    const { element, key } = token;
    if (element.job) return startJob(token, run, element.job);
    if (!element.message) return fail('unsupported', { reason: 'message-missing' });
    const message = messageOf(run, element.message, lookupAt(run, token));
    if (!message.ok) return message;
    const variables = thrownVariables(token);
    if (!variables.ok) return variables;
    const payload = { ...message.value, variables: variables.value };
    addCommand(run, { do: 'publish-message', key, element: element.id, ...payload });
    complete(run, token);
    return undefined;
  },
  ...jobWait,
};
