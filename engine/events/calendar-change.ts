/** A new notice has come: due dates that rested on provisional days are worked out again, and what moved is told. */
import { allWaits, command, elementOf, note, patch, putWait, type Run } from '../run.ts';
import { addWorkingDays, type WorkingCalendar } from '../time/calendar.ts';
import { instantMs, isoOf } from '../time/zone.ts';
import type { DueReason, Trigger, Wait } from '../types.ts';
import { eventsOf } from './arm.ts';

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

function moveTask(run: Run, wait: Extract<Wait, { kind: 'task' }>, old: WorkingCalendar): void {
  const { dueAt, dueReason } = wait.task;
  if (dueAt === undefined || dueReason === undefined) return;
  const next = moved({ dueAt, reason: dueReason }, old, run.context.calendar);
  if (next.reason === dueReason) return;
  putWait(run, { ...wait, task: { ...wait.task, dueAt: next.dueAt, dueReason: next.reason } });
  tell(run, wait, dueAt, next.dueAt);
}

function moveTimers(run: Run, wait: Extract<Wait, { kind: 'event' }>, old: WorkingCalendar): void {
  let any = false;
  const triggers = wait.triggers.map((trigger, index): Trigger => {
    if (trigger.type !== 'timer' || wait.fired?.includes(index)) return trigger;
    const next = moved(trigger, old, run.context.calendar);
    if (next.reason === trigger.reason) return trigger;
    any = true;
    tell(run, wait, trigger.dueAt, next.dueAt);
    moveClock(run, wait, index, next);
    return { ...trigger, ...next };
  });
  if (!any) return;
  putWait(run, { ...wait, triggers });
  command(run, { do: 'drop', key: wait.key });
  triggers.forEach((trigger, index) => {
    if (trigger.type === 'timer' && !wait.fired?.includes(index))
      command(run, { do: 'arm-timer', key: wait.key, trigger: index, element: wait.element, dueAt: trigger.dueAt });
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

function tell(run: Run, wait: Wait, from: string, to: string): void {
  if (from !== to) note(run, 'due-date-moved', wait.element, wait.key, { from, to });
}
