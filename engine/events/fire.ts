/** An armed event occurs (BPMN 2.0.2, 13.5.2 to 13.5.4). The kind of its element defines what follows. */

import { takenIn } from '../core/intake.ts';
import { adjustTokenCount } from '../core/live-tokens.ts';
import { leaveAfterEvent } from '../core/moves.ts';
import { resume } from '../core/resume.ts';
import { addJournalEntry, elementOf, putWait } from '../core/run.ts';
import type { Run } from '../core/run-types.ts';
import { propagateVariables } from '../core/variables.ts';
import { writtenData } from '../core/written-data.ts';
import type { Variables } from '../model/plan.ts';
import type { Wait, WaitOf } from '../model/types.ts';
import { isArmed } from './arm.ts';
import { breachLimit } from './clocks.ts';

/**
 * Fires one trigger of an event wait.
 * @param results variables of the event
 * @param message id of the message, for the journal
 */
export function fire(
  run: Run,
  wait: WaitOf<'event'>,
  index: number,
  results: Variables | undefined,
  message?: string,
): void {
  const element = elementOf(run, wait.element);
  const trigger = wait.triggers[index]!;
  const taken = takenIn(run, element, results);
  addJournalEntry(run, 'event-fired', element.id, wait.key, {
    type: trigger.type,
    ...(message !== undefined && { message }),
    ...(taken && writtenData(run, taken)),
  });
  // What follows is the process's own doing.
  run.by = undefined;
  if (trigger.type === 'timer' && trigger.limit !== undefined) breachLimit(run, wait.key, trigger.limit);
  if ('parallelMultiple' in element && element.parallelMultiple && !allFired(run, wait, index, taken)) return;
  resume(run, wait, { type: 'event', trigger: index, results: taken });
}

/** Parallel multiple: all of its events must occur (BPMN 2.0.2, 10.5.5). Variables of the earlier ones are stored at once. */
function allFired(run: Run, wait: WaitOf<'event'>, index: number, results: Variables | undefined): boolean {
  const fired = [...(wait.fired ?? []), index];
  if (wait.triggers.every((trigger, i) => !isArmed(trigger) || fired.includes(i))) return true;
  putWait(run, { ...wait, fired });
  if (results !== undefined) propagateVariables(run, wait.scope!, results);
  return false;
}

/**
 * An event thrown by a multi-instance for one of its instances: the boundary event belongs to that completed instance,
 * so nothing is interrupted and other instances continue (BPMN 2.0.2, table 10.30 behavior).
 */
export function fireForLoopBody(run: Run, wait: WaitOf<'event'>, index: number, results: Variables | undefined): void {
  const element = elementOf(run, wait.element);
  addJournalEntry(run, 'event-fired', wait.element, wait.key, { type: wait.triggers[index]!.type });
  adjustTokenCount(run, wait.scope!, 1);
  leaveAfterEvent(run, element, wait.scope!, takenIn(run, element, results));
}

/** Whether a timer event is for a trigger that is still to fire. */
export function isAwaiting(wait: Wait | undefined, index: number): wait is WaitOf<'event'> {
  return wait?.kind === 'event' && wait.triggers[index]?.type === 'timer' && !wait.fired?.includes(index);
}
