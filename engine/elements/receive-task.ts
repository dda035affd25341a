import { waitForEvents } from '../core/hold.ts';
import type { ElementBehaviour } from '../core/run-types.ts';
import { eventsOf } from '../events/events-of-element.ts';
import type { ElementOf } from '../model/plan.ts';
import { resumeCatching } from './catching.ts';

/** Receive task: it waits for its message and is complete when that arrives (BPMN 2.0.2, 10.3.3 and 13.3.3). */
export const receiveTask: ElementBehaviour<ElementOf<'receiveTask'>> = {
  enter: (token, run) => waitForEvents(run, token, eventsOf(token.element)),
  resume: resumeCatching,
};
