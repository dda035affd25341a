import { eventsOf, prepareTriggers, watch } from '../events/arm.ts';
import { type ElementBehaviour, hold, lookupAt } from '../moves.ts';
import type { ElementOf } from '../plan.ts';
import { getWait } from '../run.ts';

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
