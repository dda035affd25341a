/** Due dates and overdue: computed in one place for explanations, rows, search attributes and texts. */
import { dueTaskOf } from '../listeners/task.ts';
import type { DueReason, InstanceState, Wait } from '../model/types.ts';
import { isReached } from '../time/due.ts';

export interface DueDate {
  at: string;
  reason?: DueReason;
}

/** Due date of a task, also while held by listeners; the earliest timer of an event that has not fired. */
export function dueDateOf(wait: Wait): DueDate | undefined {
  const task = dueTaskOf(wait);
  if (task?.dueAt !== undefined)
    return task.dueReason ? { at: task.dueAt, reason: task.dueReason } : { at: task.dueAt };
  if (wait.kind !== 'event') return undefined;
  let first: DueDate | undefined;
  for (const [index, trigger] of wait.triggers.entries()) {
    if (trigger.type !== 'timer' || wait.fired?.includes(index)) continue;
    if (first === undefined || trigger.dueAt < first.at) first = { at: trigger.dueAt, reason: trigger.reason };
  }
  return first;
}

/** Due dates of user tasks. */
export function taskDueDates(state: InstanceState): string[] {
  return Object.values(state.waits).flatMap((wait) => dueTaskOf(wait)?.dueAt ?? []);
}

/** The earliest future due date: of a task or a running clock. */
export function earliestDue(state: InstanceState): string | undefined {
  const dates = taskDueDates(state);
  for (const clock of state.clocks) if (clock.endedAt === undefined) dates.push(clock.dueAt);
  return dates.sort()[0];
}

/** A task is overdue, or a clock of this instance is breached while its subject is open. */
export function isWaitOverdue(state: InstanceState, wait: Wait, now: string): boolean {
  return isLate(wait, now) || state.clocks.some((clock) => clock.key === wait.key && isBroken(clock));
}

/** For a running instance: a task is overdue, or a clock is breached while its subject is open. */
export function isOverdue(state: InstanceState, now: string): boolean {
  if (state.status !== 'active') return false;
  if (state.clocks.some(isBroken)) return true;
  for (const key in state.waits) if (isLate(state.waits[key]!, now)) return true;
  return false;
}

function isLate(wait: Wait, now: string): boolean {
  const dueAt = dueTaskOf(wait)?.dueAt;
  return dueAt !== undefined && isReached(dueAt, now);
}

const isBroken = ({ status, endedAt }: InstanceState['clocks'][number]): boolean =>
  status === 'breached' && endedAt === undefined;
