import { prepareTriggers, watch } from '../events/arm.ts';
import { eventsOf } from '../events/drawn.ts';
import { hold } from '../hold.ts';
import type { ElementOf } from '../plan.ts';
import { getWait } from '../run.ts';
import { lookupAt } from '../token.ts';
import type { ElementBehaviour } from './behaviour.ts';

/** Receive task: it waits for its message and is complete when that arrives (BPMN 2.0.2, 10.3.3 and 13.3.3). */
export const receiveTask: ElementBehaviour<ElementOf<'receiveTask'>> = {
  enter(token, run) {
    const triggers = prepareTriggers(run, eventsOf(token.element), lookupAt(run, token));
    if (!triggers.ok) return triggers;
    const failure = hold(run, token, { kind: 'event', triggers: triggers.value });
    if (failure) return failure;
    const wait = getWait(run, token.key);
    if (wait?.kind === 'event') watch(run, wait);
    return undefined;
  },
};
