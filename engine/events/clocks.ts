/** Clocks: started when their timer is armed, breached when it fires, met when their subject ends before. */

import { addCommand, addJournalEntry, elementOf, patch } from '../core/run.ts';
import type { Run } from '../core/run-types.ts';
import type { ClockRecord, Key, WaitOf } from '../model/types.ts';
import { isReached } from '../time/due.ts';
import { eventsOf } from './events-of-element.ts';

function clocksOf(run: Run): ClockRecord[] {
  return run.patch?.clocks ?? run.before.clocks;
}

export function startClock(run: Run, wait: WaitOf<'event'>, index: number): void {
  const trigger = wait.triggers[index];
  const event = eventsOf(elementOf(run, wait.element))[index];
  if (trigger?.type !== 'timer' || event?.type !== 'timer' || event.limit === undefined) return;
  const { id, name, tell } = event.limit;
  const host = wait.host ?? wait.key;
  const clocks = clocksOf(run);
  // A later round of a cycle is the same promise.
  if (clocks.some((clock) => clock.id === id && clock.host === host && clock.endedAt === undefined)) return;
  const { key, element } = wait;
  const { dueAt, reason } = trigger;
  const clock: ClockRecord = {
    id,
    name,
    element,
    key,
    host,
    startedAt: run.now,
    dueAt,
    status: 'running',
    reason,
    tell,
  };
  patch(run).clocks = [...clocks, clock];
}

export function breachLimit(run: Run, key: Key, limit: string): void {
  const clock = clocksOf(run).find((one) => one.id === limit && one.key === key && one.status === 'running');
  if (clock) replace(run, clock, breached(run, clock));
}

/** The subject of the clocks has ended: those not breached are met. */
export function endClocks(run: Run, host: Key): void {
  for (const clock of clocksOf(run)) {
    if (clock.host !== host || clock.endedAt !== undefined) continue;
    if (clock.status === 'breached') replace(run, clock, { ...clock, endedAt: run.now });
    // Ended between the limit and the timer's firing: late all the same.
    else if (isReached(clock.dueAt, run.now)) replace(run, clock, { ...breached(run, clock), endedAt: run.now });
    else {
      addJournalEntry(run, 'limit-met', clock.element, clock.key, { limit: clock.id, name: clock.name });
      replace(run, clock, { ...clock, status: 'met', endedAt: run.now });
    }
  }
}

function breached(run: Run, clock: ClockRecord): ClockRecord {
  const broken: ClockRecord = { ...clock, status: 'breached', breachedAt: run.now };
  addJournalEntry(run, 'limit-breached', clock.element, clock.key, {
    limit: clock.id,
    name: clock.name,
    dueAt: clock.dueAt,
  });
  addCommand(run, { do: 'tell', key: clock.key, element: clock.element, clock: broken });
  return broken;
}

function replace(run: Run, old: ClockRecord, next: ClockRecord): void {
  patch(run).clocks = clocksOf(run).map((clock) => (clock === old ? next : clock));
}
