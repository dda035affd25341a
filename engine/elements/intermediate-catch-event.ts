import { prepareTriggers, watch } from '../events/arm.ts';
import { hold } from '../hold.ts';
import { complete } from '../moves.ts';
import type { ElementOf } from '../plan.ts';
import { getWait } from '../run.ts';
import { lookupAt } from '../token.ts';
import type { ElementBehaviour } from './behaviour.ts';

/** Intermediate catching event: the token waits until the event occurs, then goes on (BPMN 2.0.2, 10.5.4 and 13.5.2). */
export const intermediateCatchEvent: ElementBehaviour<ElementOf<'intermediateCatchEvent'>> = {
  enter(token, run) {
    const { events } = token.element;
    // A link's token comes straight from its throwing event.
    if (events.length === 0 || events[0]?.type === 'link') {
      complete(run, token);
      return undefined;
    }
    const triggers = prepareTriggers(run, events, lookupAt(run, token));
    if (!triggers.ok) return triggers;
    const failure = hold(run, token, { kind: 'event', triggers: triggers.value });
    if (failure) return failure;
    const wait = getWait(run, token.key);
    if (wait?.kind === 'event') watch(run, wait);
    return undefined;
  },
};
