/** A new calendar notice: due dates based on provisional days are recalculated, and changed ones are journaled. */

import { addCommand, addJournalEntry, allWaits, elementOf, patch, putWait } from '../core/run.ts';
import type { Run } from '../core/run-types.ts';
import type { DueReason, ListenerPart, Trigger, UserTask, Wait, WaitOf } from '../model/types.ts';
import { addWorkingDays, type WorkingCalendar } from '../time/calendar.ts';
import { instantMs, isoOf } from '../time/zone.ts';
import { eventsOf } from './events-of-element.ts';

interface Due {
  dueAt: string;
  reason: DueReason;
}

export function changeCalendar(run: Run, calendar: WorkingCalendar): undefined {
  const old = run.before.calendar;
  if (calendar.version <= old.version) return;
  patch(run).calendar = calendar;
  run.context = { now: run.now, calendar };
  for (const wait of allWaits(run)) {
    if (wait.kind === 'task') moveTask(run, wait, old);
    if (wait.kind === 'job' && wait.listener?.task) moveHeldTask(run, wait, wait.listener, old);
    if (wait.kind === 'event') moveTimers(run, wait, old);
  }
}

/** The date moves by what its working days move: an expression may have added hours to them. */
function moved(due: Due, old: WorkingCalendar, calendar: WorkingCalendar): Due {
  const { reason } = due;
  if (reason.kind !== 'working-days' || !reason.provisional) return due;
  const before = addWorkingDays(old, reason.from, reason.days);
  const after = addWorkingDays(calendar, reason.from, reason.days);
  const dueAt = isoOf(instantMs(due.dueAt) + instantMs(after.at) - instantMs(before.at));
  return { dueAt, reason: { ...reason, provisional: after.provisional, calendarVersion: calendar.version } };
}

/** The very same task when its date stays. */
function withDate(run: Run, task: UserTask, old: WorkingCalendar): UserTask {
  const { dueAt, dueReason } = task;
  if (dueAt === undefined || dueReason === undefined) return task;
  const next = moved({ dueAt, reason: dueReason }, old, run.context.calendar);
  return next.reason === dueReason ? task : { ...task, dueAt: next.dueAt, dueReason: next.reason };
}

function moveTask(run: Run, wait: WaitOf<'task'>, old: WorkingCalendar): void {
  const task = withDate(run, wait.task, old);
  if (task === wait.task) return;
  putWait(run, { ...wait, task });
  recordMovedDate(run, wait, wait.task.dueAt!, task.dueAt!);
}

/** A task held by its listeners: its current and its future version. */
function moveHeldTask(run: Run, wait: WaitOf<'job'>, listener: ListenerPart, old: WorkingCalendar): void {
  const task = listener.task && withDate(run, listener.task, old);
  const before = listener.before && withDate(run, listener.before, old);
  if (task === listener.task && before === listener.before) return;
  putWait(run, { ...wait, listener: { ...listener, ...(task && { task }), ...(before && { before }) } });
  const [was, is] = before === listener.before ? [listener.task, task] : [listener.before, before];
  recordMovedDate(run, wait, was!.dueAt!, is!.dueAt!);
}

function moveTimers(run: Run, wait: Extract<Wait, { kind: 'event' }>, old: WorkingCalendar): void {
  let any = false;
  const triggers = wait.triggers.map((trigger, index): Trigger => {
    if (trigger.type !== 'timer' || wait.fired?.includes(index)) return trigger;
    const next = moved(trigger, old, run.context.calendar);
    if (next.reason === trigger.reason) return trigger;
    any = true;
    recordMovedDate(run, wait, trigger.dueAt, next.dueAt);
    moveClock(run, wait, index, next);
    return { ...trigger, ...next };
  });
  if (!any) return;
  putWait(run, { ...wait, triggers });
  addCommand(run, { do: 'drop', key: wait.key });
  triggers.forEach((trigger, index) => {
    if (trigger.type === 'timer' && !wait.fired?.includes(index))
      addCommand(run, { do: 'arm-timer', key: wait.key, trigger: index, element: wait.element, dueAt: trigger.dueAt });
  });
}

function moveClock(run: Run, wait: Wait, index: number, next: Due): void {
  const event = eventsOf(elementOf(run, wait.element))[index];
  if (event?.type !== 'timer' || event.limit === undefined) return;
  const { id } = event.limit;
  const clocks = run.patch?.clocks ?? run.before.clocks;
  patch(run).clocks = clocks.map((clock) =>
    clock.id === id && clock.key === wait.key && clock.status === 'running' ? { ...clock, ...next } : clock,
  );
}

function recordMovedDate(run: Run, wait: Wait, from: string, to: string): void {
  if (from !== to) addJournalEntry(run, 'due-date-moved', wait.element, wait.key, { from, to });
}
