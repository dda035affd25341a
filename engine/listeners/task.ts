/**
 * Listeners of user tasks (`zeebe:taskListeners`): they hold up what happens to a task, may correct it, and may deny what somebody wants
 * to do with it, as in Zeebe. Here they are asked; what they answer is in `task-answers.ts`.
 */

import { allWaits, elementOf, newKey } from '../core/run.ts';
import type { Run, Token } from '../core/run-types.ts';
import { enclosing, visible } from '../core/variables.ts';
import type { TaskListenerEvent } from '../model/plan.ts';
import type { Key, ListenerPart, UserTask, Wait, WaitOf } from '../model/types.ts';
import { hasListeners, scheduleListener } from './ask.ts';

type Act = NonNullable<ListenerPart['act']>;

/** The task as people see it, also while listeners process an act on it. */
export function visibleTaskOf(wait: Wait): UserTask | undefined {
  if (wait.kind === 'task') return wait.task;
  return wait.kind === 'job' ? wait.listener?.before : undefined;
}

/** The task with a due date: open, about to open, or held by listeners. A cancelled one is no longer due. */
export function dueTaskOf(wait: Wait): UserTask | undefined {
  if (wait.kind !== 'job' || wait.listener?.event === 'canceling') return visibleTaskOf(wait);
  return wait.listener?.before ?? wait.listener?.task;
}

/** What comes before a new task is open to people; undefined when nothing does. */
export function openingListener(token: Token, task: UserTask): ListenerPart | undefined {
  const { element } = token;
  if (hasListeners(element, 'creating')) return { event: 'creating', index: 0, task };
  if (task.assignee !== null && hasListeners(element, 'assigning')) return { event: 'assigning', index: 0, task };
  return undefined;
}

/** Creates the job of the first listener of a new task. */
export function startTaskListeners(run: Run, key: Key): void {
  const wait = allWaits(run).find((one) => one.key === key);
  if (wait?.kind === 'job' && wait.listener) scheduleListener(run, { ...wait, listener: wait.listener });
}

/** @returns false when there is no listener: the act is performed immediately */
export function listenToAct(run: Run, wait: WaitOf<'task'>, task: UserTask, act: Act): boolean {
  const event = eventOf(wait.task, task, act);
  if (event === undefined || !hasListeners(elementOf(run, wait.element), event)) return false;
  const { kind: _, task: before, ...base } = wait;
  const listener: ListenerPart = { event, index: 0, task, before, act };
  scheduleListener(run, { ...base, kind: 'job', jobType: '', attempt: 1, listener });
  return true;
}

function eventOf(before: UserTask, after: UserTask, act: Act): TaskListenerEvent | undefined {
  if (!('action' in act)) return 'updating';
  if (act.action.type === 'complete') return 'completing';
  return before.assignee === after.assignee ? undefined : 'assigning';
}

/** A cancelled task ends immediately; its cancel listeners run in parallel, and the instance does not end before them. */
export function listenToCancel(run: Run, wait: Wait): void {
  const task = visibleTaskOf(wait) ?? (wait.kind === 'job' ? wait.listener?.task : undefined);
  if (!task || !hasListeners(elementOf(run, wait.element), 'canceling')) return;
  if (wait.kind === 'job' && wait.listener?.event === 'canceling') return;
  scheduleListener(run, {
    kind: 'job',
    key: newKey(run),
    element: wait.element,
    // No scope, as its own may have ended; it keeps the variables it could see.
    host: run.before.root,
    since: run.now,
    jobType: '',
    attempt: 1,
    listener: { event: 'canceling', index: 0, task },
    variables: visible(run, wait.variables, enclosing(run, wait)),
  });
}

/** Whether cancel listeners of a task are still running. */
export function hasCancelListeners(run: Run): boolean {
  return allWaits(run).some((wait) => wait.kind === 'job' && wait.listener?.event === 'canceling');
}
