/**
 * The wait of an event after one of its triggers has fired: an interrupting one is consumed, a non-interrupting one may
 * fire again while its host is active (BPMN 2.0.2, 13.5.3 and 13.5.4).
 */

import type { Outcome } from '../core/failure.ts';
import { addCommand, elementOf, newKey, putWait, removeWait } from '../core/run.ts';
import type { Run } from '../core/run-types.ts';
import { incidentOf, journalIncident } from '../core/token.ts';
import type { Trigger, WaitOf } from '../model/types.ts';
import { arm, isArmed } from './arm.ts';
import { chained } from './timer-chains.ts';
import { nextRound, type TimerTrigger } from './timers.ts';

/** Other timers of a multiple event are no longer needed. */
export function dropOtherTimers(run: Run, wait: WaitOf<'event'>, index: number): void {
  const rest = wait.triggers.some((trigger, i) => i !== index && trigger.type === 'timer' && !wait.fired?.includes(i));
  if (rest) addCommand(run, { do: 'drop', key: wait.key });
}

/** The wait is used up by this trigger. */
export function consumeWait(run: Run, wait: WaitOf<'event'>, index: number): void {
  dropOtherTimers(run, wait, index);
  removeWait(run, wait.key);
}

/** A non-interrupting event stays armed; a timer for its next round only, under a new key, so that a late firing has no effect. */
export function keepArmed(run: Run, wait: WaitOf<'event'>, index: number): void {
  const trigger = wait.triggers[index]!;
  const element = elementOf(run, wait.element);
  if ('parallelMultiple' in element && element.parallelMultiple) {
    rearmAllTriggers(run, wait);
    return;
  }
  if (trigger.type !== 'timer') return;
  const found = nextInChain(run, trigger);
  if (found && !found.ok) {
    putWait(run, { ...wait, fired: [...(wait.fired ?? []), index], incident: incidentOf(run, found) });
    journalIncident(run, wait.element, wait.key, found);
    return;
  }
  const next = found?.value;
  if (next) {
    consumeWait(run, wait, index);
    const triggers = wait.triggers.map((old, i) => (i === index ? keepLimit(next, trigger) : old));
    arm(run, { ...wait, key: newKey(run), triggers });
    return;
  }
  const fired = [...(wait.fired ?? []), index];
  const more = wait.triggers.some((other, i) => isArmed(other) && !(other.type === 'timer' && fired.includes(i)));
  if (more) putWait(run, { ...wait, fired });
  else removeWait(run, wait.key);
}

function nextInChain(run: Run, { cycle, dueAt }: TimerTrigger): Outcome<TimerTrigger | undefined> | undefined {
  if (!cycle) return undefined;
  const next = nextRound(cycle.source, dueAt, run.context.calendar.zone, cycle.round);
  return next.ok && next.value ? chained(run, next.value, dueAt) : next;
}

/** All events of a parallel multiple one are awaited anew; a timer that has fired never comes again. */
function rearmAllTriggers(run: Run, wait: WaitOf<'event'>): void {
  if (wait.triggers.some((trigger) => trigger.type === 'timer')) removeWait(run, wait.key);
  else {
    const { fired: _, ...rest } = wait;
    putWait(run, rest);
  }
}

/** Retries arming the next occurrence of a cycle after an evaluation failure. */
export function retryNextRound(run: Run, wait: WaitOf<'event'>): void {
  const fired = wait.fired ?? [];
  const index = fired.at(-1);
  const trigger = index === undefined ? undefined : wait.triggers[index];
  if (index !== undefined && trigger?.type === 'timer' && trigger.cycle)
    keepArmed(run, { ...wait, fired: fired.slice(0, -1) }, index);
  else putWait(run, wait);
}

function keepLimit(next: Trigger, before: Trigger): Trigger {
  return next.type === 'timer' && before.type === 'timer' && before.limit !== undefined
    ? { ...next, limit: before.limit }
    : next;
}
