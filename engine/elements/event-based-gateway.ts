import { flowOf, leaveGateway } from '../core/flows.ts';
import { waitAt } from '../core/hold.ts';
import { complete, completeAfterEvent } from '../core/moves.ts';
import { end } from '../core/release.ts';
import { addJournalEntry, elementOf, getWait, newKey, removeWait } from '../core/run.ts';
import type { ElementBehaviour, Run } from '../core/run-types.ts';
import { lookupAt } from '../core/token.ts';
import { arm, prepareTriggers } from '../events/arm.ts';
import { consumeWait } from '../events/consume-trigger.ts';
import { eventsOf } from '../events/events-of-element.ts';
import type { ElementId, ElementOf, Variables } from '../model/plan.ts';
import type { Key, Trigger, Wait, WaitOf } from '../model/types.ts';

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
  leave: leaveGateway,
};

/** The first event wins; the others go with the gateway (BPMN 2.0.2, 10.6.6). */
export function takeBranch(
  run: Run,
  gateway: WaitOf<'gateway'>,
  wait: WaitOf<'event'>,
  trigger: number,
  results: Variables | undefined,
): void {
  consumeWait(run, wait, trigger);
  for (const other of branchesOf(run, gateway.key)) end(run, other);
  passGateway(run, gateway, wait.element);
  const element = elementOf(run, wait.element);
  completeAfterEvent(run, { element, key: wait.key, scope: wait.scope!, phase: 'activating' }, results);
}

function branchesOf(run: Run, gateway: Key): Wait[] {
  const found: Wait[] = [];
  for (const key of [...Object.keys(run.before.waits), ...run.changed.keys()]) {
    const wait = getWait(run, key);
    if (wait?.host === gateway && !found.includes(wait)) found.push(wait);
  }
  return found;
}

function passGateway(run: Run, gateway: Wait, event: ElementId): void {
  const element = elementOf(run, gateway.element);
  removeWait(run, gateway.key);
  addJournalEntry(run, 'element-completed', element.id, gateway.key);
  const flow = 'outgoing' in element ? element.outgoing.find((id) => run.plan.flows[id]?.target === event) : undefined;
  if (flow !== undefined) addJournalEntry(run, 'flow-taken', element.id, gateway.key, { flow });
}
