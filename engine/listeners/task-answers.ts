/** Answers of task listeners: they accept the act, correct the task, or deny the act. Variables they return are ignored. */

import { continueEnd } from '../core/end-instance.ts';
import { fail } from '../core/failure.ts';
import { addJournalEntry, elementOf, putWait, removeWait } from '../core/run.ts';
import type { Run } from '../core/run-types.ts';
import type { Json, Variables } from '../model/plan.ts';
import type { UserTask, WaitOf } from '../model/types.ts';
import { performTaskAct } from '../tasks/carry-out.ts';
import { hasListeners, raiseListenerIncident, scheduleListener } from './ask.ts';
import { correct } from './corrections.ts';
import type { ListenerWait } from './wait.ts';

/** All listeners have agreed. */
export function taskAccepted(run: Run, wait: ListenerWait): void {
  const { event, task, before, act } = wait.listener;
  if (event === 'canceling') {
    removeWait(run, wait.key);
    continueEnd(run);
    return;
  }
  if (!task) throw new Error(`The listener at ${wait.element} has no task.`);
  if (event === 'creating' && task.assignee !== null && hasListeners(elementOf(run, wait.element), 'assigning')) {
    scheduleListener(run, { ...wait, attempt: 1, listener: { event: 'assigning', index: 0, task } });
    return;
  }
  const { denied: _, ...clear } = task;
  const open = opened(run, wait, clear, before === undefined);
  if (!act) return;
  if ('action' in act) performTaskAct(run, open, clear, act.action, act.by);
  else performTaskAct(run, open, clear, { type: 'set-variables', variables: act.variables }, act.by);
}

function opened(run: Run, wait: ListenerWait, task: UserTask, anew: boolean): WaitOf<'task'> {
  const { kind: _, jobType: __, attempt: ___, listener: ____, incident: _____, ...base } = wait;
  const open: WaitOf<'task'> = { ...base, kind: 'task', task };
  if (anew) open.since = run.now;
  putWait(run, open);
  return open;
}

/**
 * Reads what a listener answers: `denied`, `deniedReason`, `corrections`.
 * @returns the wait with the task corrected; undefined when it has denied, or answered what cannot be
 */
export function applyTaskResult(run: Run, wait: ListenerWait, brought: Variables): ListenerWait | undefined {
  if (brought['denied'] === true) return deny(run, wait, brought['deniedReason']);
  const { corrections } = brought;
  const { task } = wait.listener;
  if (corrections === undefined || corrections === null || !task) return wait;
  const corrected = correct(run, wait, task, corrections);
  if (corrected.ok) return { ...wait, listener: { ...wait.listener, task: corrected.value } };
  raiseListenerIncident(run, wait, corrected);
  return undefined;
}

function deny(run: Run, wait: ListenerWait, why: Json | undefined): undefined {
  const { event, before, act, task } = wait.listener;
  if (event === 'creating' || event === 'canceling') {
    raiseListenerIncident(run, wait, fail('job-failed', { reason: 'listener-denial', listener: event }));
    return undefined;
  }
  const reason = typeof why === 'string' && why !== '' ? why : undefined;
  // A reason is free text and may name people: the journal says only that one was given.
  run.by = act?.by;
  addJournalEntry(run, 'listener-denied', wait.element, wait.key, {
    event,
    type: wait.jobType,
    reasonGiven: reason !== undefined,
  });
  run.by = undefined;
  if (before && act) {
    const what = 'action' in act ? act.action.type : 'set-variables';
    const denied = { act: what, by: act.by.id, at: run.now, ...(reason !== undefined && { reason }) };
    opened(run, wait, { ...before, denied }, false);
  } else if (task) {
    // The definition's own assignment: the task opens for its candidates.
    const { assignedAt: _, ...open } = task;
    opened(run, wait, { ...open, assignee: null }, true);
  }
  return undefined;
}
