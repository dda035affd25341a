/**
 * The acts of an office on a user task, as pure functions: the task after the act, or why it cannot be done. Who belongs to which
 * role is decided before (`api/http/policy.ts`); here only what the task itself says: its assignee and who is excluded.
 */

import { type RefusalCode, refusal } from '../messages/refusals.ts';
import type { Actor, Refusal, TaskAction, UserTask } from '../model/types.ts';
import { hasCandidates } from './assignment.ts';

export type TaskResult = { ok: true; task: UserTask } | { ok: false; refusal: Refusal };

/**
 * @param now process time, ISO 8601 UTC
 * @returns the very same task when the act changes nothing (claimed by the same person already)
 */
export function act(task: UserTask, action: TaskAction, by: Actor, now: string): TaskResult {
  switch (action.type) {
    case 'claim':
      return claim(task, by.id, now);
    case 'unclaim':
      return task.assignee === by.id ? release(task) : refused('not-the-assignee', task);
    case 'assign':
      return assign(task, action.assignee, now);
    case 'return':
      return giveBack(task, action.reason, by.id);
    case 'complete':
      return complete(task, by.id, now);
  }
}

function claim(task: UserTask, person: string, now: string): TaskResult {
  if (task.excludedUsers.includes(person)) return refused('own-application', task);
  if (task.assignee === person) return { ok: true, task };
  if (task.assignee !== null) return refused('already-claimed', task);
  return assigned(task, person, now);
}

function assign(task: UserTask, person: string, now: string): TaskResult {
  if (task.excludedUsers.includes(person)) return refused('own-application', task);
  return task.assignee === person ? { ok: true, task } : assigned(task, person, now);
}

/** Back to the candidates, with a reason; by the assignee only. */
function giveBack(task: UserTask, reason: string, person: string): TaskResult {
  if (reason.trim() === '') return refused('reason-missing', task);
  return task.assignee === person ? release(task) : refused('not-the-assignee', task);
}

/** A candidate may complete an unassigned task at once, which claims it. */
function complete(task: UserTask, person: string, now: string): TaskResult {
  if (task.excludedUsers.includes(person)) return refused('own-application', task);
  if (task.assignee !== null && task.assignee !== person) return refused('not-the-assignee', task);
  return task.assignee === person ? { ok: true, task } : assigned(task, person, now);
}

function assigned(task: UserTask, person: string, now: string): TaskResult {
  return { ok: true, task: { ...task, assignee: person, assignedAt: now } };
}

/** Without candidates the task would be in no inbox. */
function release(task: UserTask): TaskResult {
  if (!hasCandidates(task)) return refused('no-candidates', task);
  const { assignedAt: _, ...rest } = task;
  return { ok: true, task: { ...rest, assignee: null } };
}

function refused(code: RefusalCode, task: UserTask): TaskResult {
  return { ok: false, refusal: refusal(code, task.assignee === null ? undefined : { assignee: task.assignee }) };
}
