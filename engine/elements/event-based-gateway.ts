import { flowOf } from '../core/flows.ts';
import { waitAt } from '../core/hold.ts';
import { complete } from '../core/moves.ts';
import { elementOf, newKey } from '../core/run.ts';
import type { ElementBehaviour } from '../core/run-types.ts';
import { lookupAt } from '../core/token.ts';
import { arm, prepareTriggers } from '../events/arm.ts';
import { eventsOf } from '../events/events-of-element.ts';
import type { ElementOf } from '../model/plan.ts';
import type { Trigger } from '../model/types.ts';

/** Event-based gateway: all events behind it wait, the first that occurs takes the token and the others are withdrawn (BPMN 2.0.2, 10.6.6 and 13.4.4). */
export const eventBasedGateway: ElementBehaviour<ElementOf<'eventBasedGateway'>> = {
  enter(token, run) {
    const { instantiate, parallel } = token.element;
    // A parallel one that begins the process needs all its events, also when the process is begun by hand (10.6.6).
    if (instantiate && parallel) {
      complete(run, token);
      return undefined;
    }
    const lookup = lookupAt(run, token);
    const branches: { element: string; triggers: Trigger[] }[] = [];
    for (const id of token.element.outgoing) {
      const element = elementOf(run, flowOf(run, id).target);
      const triggers = prepareTriggers(run, eventsOf(element), lookup);
      if (!triggers.ok) return triggers;
      branches.push({ element: element.id, triggers: triggers.value });
    }
    const failure = waitAt(run, token, { kind: 'gateway' });
    if (failure) return failure;
    const { key: host, scope } = token;
    for (const { element, triggers } of branches)
      arm(run, { kind: 'event', key: newKey(run), element, scope, host, since: run.now, triggers });
    return undefined;
  },
};
