/** What an event waits for, worked out again by the new definition where that was asked; due dates are counted from when the wait began. */

import type { Failure, Outcome } from '../core/failure.ts';
import { addCommand, addJournalEntry, elementOf, getWait, patch, putWait } from '../core/run.ts';
import type { Run } from '../core/run-types.ts';
import { lookupOf } from '../core/token.ts';
import type { Lookup } from '../core/variables.ts';
import { evaluateText, messageOf } from '../events/arm.ts';
import { startClock } from '../events/clocks.ts';
import { eventsOf } from '../events/events-of-element.ts';
import { dueDate, timerOf } from '../events/timers.ts';
import type { EventDefinition } from '../model/plan.ts';
import type { ClockRecord, Trigger, Wait, WaitOf } from '../model/types.ts';
import type { MigrationOptions } from './types.ts';

/** The run as it was when something began: durations are counted from there. */
export function runAsOf(run: Run, at: string): Run {
  return { ...run, now: at, context: { ...run.context, now: at } };
}

/** @returns the first new due date, where one moved; or why it cannot be worked out */
export function reevaluate(run: Run, key: string, options: MigrationOptions): Outcome<string | undefined> {
  const wait = getWait(run, key);
  if (wait?.kind === 'task' && options.timers === 'reevaluate') return reevaluateTask(run, wait);
  if (wait?.kind === 'event') return reevaluateEvent(run, wait, options);
  return { ok: true, value: undefined };
}

function reevaluateTask(run: Run, wait: WaitOf<'task'>): Outcome<string | undefined> {
  const element = elementOf(run, wait.element);
  if (element.kind !== 'userTask') return { ok: true, value: undefined };
  const began = runAsOf(run, wait.since);
  const lookup = lookupOf(run, wait);
  const { dueDate: due, followUpDate } = element.user;
  const next = due && dueDate(began, 'due-date', due, lookup);
  if (next && !next.ok) return next;
  const followUp = followUpDate && dueDate(began, 'follow-up-date', followUpDate, lookup);
  if (followUp && !followUp.ok) return followUp;
  const { dueAt, dueReason, followUpAt, ...task } = wait.task;
  const at = next?.value?.at;
  if (at === dueAt && followUp?.value?.at === followUpAt) return { ok: true, value: undefined };
  putWait(run, {
    ...wait,
    task: {
      ...task,
      ...(next?.value && { dueAt: next.value.at, dueReason: next.value.reason }),
      ...(followUp?.value && { followUpAt: followUp.value.at }),
    },
  });
  if (at === dueAt) return { ok: true, value: undefined };
  addJournalEntry(run, 'due-date-moved', wait.element, wait.key, { from: dueAt ?? null, to: at ?? null });
  return { ok: true, value: at };
}

function reevaluateEvent(run: Run, wait: WaitOf<'event'>, options: MigrationOptions): Outcome<string | undefined> {
  const events = eventsOf(elementOf(run, wait.element));
  const host = wait.host === undefined ? undefined : getWait(run, wait.host);
  const lookup = lookupOf(run, host !== undefined && host.kind !== 'multi' ? host : wait);
  const triggers: Trigger[] = [];
  for (const [i, old] of wait.triggers.entries()) {
    const event = events[i];
    const next =
      wait.fired?.includes(i) || event === undefined ? undefined : triggerAfter(run, wait, old, event, lookup, options);
    if (next && !next.ok) return next;
    triggers.push(next?.value ?? old);
  }
  const changed = triggers.some((trigger, i) => trigger !== wait.triggers[i]);
  const next = changed ? { ...wait, triggers } : wait;
  if (changed) putWait(run, next);
  const moved = triggers.findIndex((trigger, i) => dueOf(trigger) !== dueOf(wait.triggers[i]));
  if (moved >= 0) rearm(run, wait, next);
  limits(run, next);
  return { ok: true, value: moved < 0 ? undefined : dueOf(triggers[moved]) };
}

const dueOf = (trigger: Trigger | undefined): string | undefined =>
  trigger?.type === 'timer' ? trigger.dueAt : undefined;

function triggerAfter(
  run: Run,
  wait: WaitOf<'event'>,
  old: Trigger,
  event: EventDefinition,
  lookup: Lookup,
  { timers, messages }: MigrationOptions,
): Outcome<Trigger> | Failure {
  if (old.type === 'timer' && event.type === 'timer') {
    const next = timers === 'reevaluate' ? timeAfter(run, wait, old, event, lookup) : { ok: true as const, value: old };
    return next.ok ? { ok: true, value: limited(next.value, event.limit?.id) } : next;
  }
  if (messages !== 'reevaluate') return { ok: true, value: old };
  if (old.type === 'message' && event.type === 'message') {
    const message = messageOf(run, event, lookup);
    if (!message.ok) return message;
    const same = message.value.name === old.name && message.value.correlationKey === old.correlationKey;
    return { ok: true, value: same ? old : { type: 'message', ...message.value } };
  }
  if (old.type === 'signal' && event.type === 'signal') {
    const name = evaluateText(run, 'signal-name', event.name, lookup);
    if (!name.ok) return name;
    return { ok: true, value: name.value === old.name ? old : { type: 'signal', name: name.value } };
  }
  return { ok: true, value: old };
}

type Timer = Extract<Trigger, { type: 'timer' }>;

/** An unchanged cycle keeps its count; a changed one begins now. */
function timeAfter(
  run: Run,
  wait: WaitOf<'event'>,
  old: Timer,
  event: Extract<EventDefinition, { type: 'timer' }>,
  lookup: Lookup,
): Outcome<Timer> {
  const began = runAsOf(run, event.timer.kind === 'cycle' ? run.now : wait.since);
  const next = timerOf(began, event.timer, lookup);
  if (!next.ok) return next;
  const { value } = next;
  if (value === undefined || (value.cycle && value.cycle.source === old.cycle?.source) || value.dueAt === old.dueAt)
    return { ok: true, value: old };
  return { ok: true, value: old.limit === undefined ? value : { ...value, limit: old.limit } };
}

function limited(timer: Timer, limit: string | undefined): Timer {
  if (timer.limit === limit) return timer;
  const { limit: _, ...bare } = timer;
  return limit === undefined ? bare : { ...bare, limit };
}

/** The runtime's timers of a wait go by its key: all of them are ordered anew. */
function rearm(run: Run, before: WaitOf<'event'>, wait: WaitOf<'event'>): void {
  const { key, element, triggers } = wait;
  addCommand(run, { do: 'drop', key });
  triggers.forEach((trigger, index) => {
    if (trigger.type !== 'timer' || wait.fired?.includes(index)) return;
    addCommand(run, { do: 'arm-timer', key, trigger: index, element, dueAt: trigger.dueAt });
    const from = dueOf(before.triggers[index]) ?? null;
    if (from !== trigger.dueAt) addJournalEntry(run, 'due-date-moved', element, key, { from, to: trigger.dueAt });
  });
}

/** Promises follow their timer: moved with it, begun or given up with the definition. */
function limits(run: Run, wait: WaitOf<'event'>): void {
  const events = eventsOf(elementOf(run, wait.element));
  const timers = wait.triggers.flatMap((trigger, i) => {
    const event = events[i];
    return trigger.type === 'timer' && event?.type === 'timer' && event.limit && !wait.fired?.includes(i)
      ? [{ trigger, limit: event.limit, index: i }]
      : [];
  });
  const before = run.patch?.clocks ?? run.before.clocks;
  const after = before.flatMap((clock): ClockRecord[] => {
    if (clock.key !== wait.key || clock.status !== 'running') return [clock];
    const timer = timers.find(({ limit }) => limit.id === clock.id);
    if (!timer) return [];
    const { name, tell } = timer.limit;
    const { dueAt, reason } = timer.trigger;
    const same =
      clock.dueAt === dueAt &&
      clock.name === name &&
      clock.element === wait.element &&
      String(clock.tell) === String(tell);
    return [same ? clock : { ...clock, name, tell, dueAt, reason, element: wait.element }];
  });
  if (after.length !== before.length || after.some((clock, i) => clock !== before[i])) patch(run).clocks = after;
  for (const { index } of timers) startClock(run, wait, index);
}

/** What is no longer waited for is no longer promised; what was late stays on record. */
export function dropClocks(run: Run, wait: Wait): void {
  const before = run.patch?.clocks ?? run.before.clocks;
  const after = before.flatMap((clock): ClockRecord[] => {
    if (clock.key !== wait.key || clock.endedAt !== undefined) return [clock];
    return clock.status === 'running' ? [] : [{ ...clock, endedAt: run.now }];
  });
  if (after.length !== before.length || after.some((clock, i) => clock !== before[i])) patch(run).clocks = after;
}
