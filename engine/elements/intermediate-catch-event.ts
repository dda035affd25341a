import { waitForEvents } from '../core/hold.ts';
import { complete } from '../core/moves.ts';
import type { ElementBehaviour } from '../core/run-types.ts';
import type { ElementOf } from '../model/plan.ts';
import { resumeCatching } from './catching.ts';

/** Intermediate catching event: the token waits until the event occurs, then continues (BPMN 2.0.2, 10.5.4 and 13.5.2). */
export const intermediateCatchEvent: ElementBehaviour<ElementOf<'intermediateCatchEvent'>> = {
  enter(token, run) {
    const { events } = token.element;
    // A link's token comes straight from its throwing event.
    if (events.length === 0 || events[0]?.type === 'link') {
      complete(run, token);
      return undefined;
    }
    return waitForEvents(run, token, events);
  },
  resume: resumeCatching,
};
