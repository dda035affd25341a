import { complete } from '../core/moves.ts';
import type { ElementBehaviour } from '../core/run-types.ts';
import type { ElementOf } from '../model/plan.ts';
import { startEventSubProcess } from './event-sub-process.ts';

/** Start event: what triggered it has happened already, so the token leaves at once (BPMN 2.0.2, 10.5.2 and 13.5.1). */
export const startEvent: ElementBehaviour<ElementOf<'startEvent'>> = {
  enter(token, run) {
    complete(run, token);
    return undefined;
  },
  /** Of an event subprocess: it waits as long as the scope around it runs. */
  resume(run, wait, occurrence) {
    if (wait.kind === 'event' && occurrence.type === 'event')
      startEventSubProcess(run, wait, occurrence.trigger, occurrence.results);
  },
};
