/**
 * Boundary event: if interrupting, the activity is cancelled and its token continues from the event; otherwise the
 * activity continues and a new token is created (BPMN 2.0.2, 10.5.4 and 13.5.3).
 */
import { cancel } from '../core/cancel.ts';
import { adjustTokenCount } from '../core/live-tokens.ts';
import { complete, leaveAfterEvent } from '../core/moves.ts';
import { elementOf, getWait } from '../core/run.ts';
import type { ElementBehaviour, Run } from '../core/run-types.ts';
import { compensationOf } from '../events/compensables.ts';
import { leaveHandler } from '../events/compensation.ts';
import { consumeWait, keepArmed } from '../events/consume-trigger.ts';
import type { ElementOf, Variables } from '../model/plan.ts';
import type { Key, Wait } from '../model/types.ts';

type Boundary = ElementOf<'boundaryEvent'>;

export const boundaryEvent: ElementBehaviour<Boundary> = {
  /** Its token is created when it occurs; one placed by a modification continues. */
  enter(token, run) {
    complete(run, token);
    return undefined;
  },
  resume(run, wait, occurrence) {
    const element = elementOf(run, wait.element);
    if (wait.kind !== 'event' || occurrence.type !== 'event' || element.kind !== 'boundaryEvent') return;
    if (element.interrupting) consumeWait(run, wait, occurrence.trigger);
    else keepArmed(run, wait, occurrence.trigger);
    leaveActivity(run, element, getWait(run, wait.host!), wait.scope!, occurrence.results);
  },
};

/** @param host the element it is attached to, while that waits */
export function leaveActivity(
  run: Run,
  event: Boundary,
  host: Wait | undefined,
  scope: Key,
  results: Variables | undefined,
): void {
  const compensation = event.interrupting && host ? compensationOf(run, host) : undefined;
  if (!event.interrupting) adjustTokenCount(run, scope, 1);
  else if (host) cancel(run, host);
  const leave = () => leaveAfterEvent(run, event, scope, results);
  if (compensation === undefined) leave();
  else leaveHandler(run, compensation, scope, leave);
}
