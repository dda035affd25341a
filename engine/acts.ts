/** What people do to an instance: act on tasks, retry, set variables, cancel. What cannot be done is refused and changes nothing. */
import { closeTask } from './cancel.ts';
import { decideAgain } from './elements/ad-hoc-sub-process.ts';
import { retryCall } from './elements/call-activity.ts';
import { retryJob } from './elements/job.ts';
import { goOn } from './elements/loops.ts';
import { leftInside, rescope } from './events/compensation.ts';
import { rearm } from './events/fire.ts';
import { proceed } from './flows.ts';
import { completionProblems } from './form.ts';
import { endInstance, insistOnEnd } from './instance.ts';
import type { Token } from './lifecycle.ts';
import { isListener, order } from './listeners.ts';
import { begin, complete, enterListened } from './moves.ts';
import type { Variables } from './plan.ts';
import { refusal } from './refusals.ts';
import { allWaits, elementOf, getWait, newKey, note, patch, putWait, type Run, removeWait, since } from './run.ts';
import { begin as beginInstance } from './step.ts';
import { act } from './task/act.ts';
import { listenToAct, standingTask } from './task-listeners.ts';
import { tokenOf } from './token.ts';
import type { Actor, EngineEvent, JournalKind, Key, Refusal, TaskAction, UserTask, Wait, WaitOf } from './types.ts';
import { enclosing, setVariables } from './variables.ts';

type EventOf<T extends EngineEvent['type']> = Extract<EngineEvent, { type: T }>;

const taskJournal: Record<TaskAction['type'], JournalKind> = {
  claim: 'task-claimed',
  unclaim: 'task-unclaimed',
  assign: 'task-assigned',
  return: 'task-returned',
  complete: 'task-completed',
};

/** What the act makes of the task, or why it is refused; the instance itself is not touched. */
function judged(run: Run, event: EventOf<'task'>): { wait: WaitOf<'task'>; task: UserTask } | { refused: Refusal } {
  const { key, action, by } = event;
  const wait = getWait(run, key);
  if (wait && wait.kind !== 'task' && standingTask(wait)) return { refused: refusal('task-busy') };
  if (wait?.kind !== 'task') return { refused: taskGone(run, key, event) };
  const result = act(wait.task, action, by, run.now);
  if (!result.ok) return { refused: result.refusal };
  const problems = action.type === 'complete' ? completionProblems(run, wait, action.variables) : [];
  return problems.length > 0 ? { refused: refusal('form-invalid', problems) } : { wait, task: result.task };
}

export function refuseTaskAct(run: Run, event: EventOf<'task'>): Refusal | undefined {
  const judgement = judged(run, event);
  return 'refused' in judgement ? judgement.refused : undefined;
}

export function taskAct(run: Run, event: EventOf<'task'>): Refusal | undefined {
  const judgement = judged(run, event);
  if ('refused' in judgement) return judgement.refused;
  const { wait, task } = judgement;
  const { action, by } = event;
  if (task === wait.task && action.type !== 'complete') return undefined;
  if (!listenToAct(run, wait, task, { action, by })) carryOutAct(run, wait, task, action, by);
  return undefined;
}

/** @param action judged already */
export function carryOutAct(
  run: Run,
  wait: WaitOf<'task'>,
  task: UserTask,
  action: TaskAction | { type: 'set-variables'; variables: Variables },
  by: Actor,
): void {
  const { key } = wait;
  run.by = by;
  if (action.type === 'set-variables') {
    putWait(run, { ...wait, task });
    if (setVariables(run, key, action.variables))
      note(run, 'variables-set', wait.element, key, { names: Object.keys(action.variables) });
    return;
  }
  if (action.type === 'complete') {
    note(run, 'task-completed', wait.element, key);
    run.by = undefined;
    closeTask(run, { key, element: wait.element, how: 'completed', by, at: run.now });
    // Output mappings may ask who it was (an applicant may not approve): the engine says so, not the completion.
    const { completedBy: _, ...values } = action.variables;
    const token = tokenOf(run, wait);
    complete(run, { ...token, variables: { ...token.variables, completedBy: by.id } }, values);
    return;
  }
  putWait(run, { ...wait, task });
  note(run, taskJournal[action.type], wait.element, key, dataOf(action));
}

/** A reason is free text and may name people: it stays out of the journal's data, which says only that one was given. */
function dataOf(action: TaskAction): { assignee: string } | { reasonGiven: boolean } | undefined {
  if (action.type === 'assign') return { assignee: action.assignee };
  if (action.type === 'return') return { reasonGiven: true };
  return undefined;
}

function taskGone(run: Run, key: Key, event: EventOf<'task'>): Refusal {
  const closed = run.before.closedTasks.find((task) => task.key === key);
  if (!closed) return refusal('unknown-key');
  const { how, at, by } = closed;
  return refusal('task-gone', { how, at, ...(by && { by: { ...by } }), same: by?.id === event.by.id });
}

/** Does again exactly what an incident stopped. */
export function retry(run: Run, event: EventOf<'retry'>): Refusal | undefined {
  const wait = getWait(run, event.key);
  if (!wait) return refusal('unknown-key');
  if (!wait.incident) return refusal('nothing-to-retry');
  note(run, 'incident-resolved', wait.element, wait.key, { code: wait.incident.code });
  run.by = undefined;
  if (wait.kind === 'stuck') unstick(run, wait);
  else again(run, wait);
  return undefined;
}

function again(run: Run, wait: Wait): void {
  const { incident: _, ...clear } = wait;
  if (clear.kind === 'job') {
    const next: WaitOf<'job'> = { ...clear, attempt: clear.attempt + 1 };
    if (isListener(next)) {
      order(run, next);
      return;
    }
    putWait(run, next);
    retryJob(run, tokenOf(run, next), next, enclosing(run, next)!);
  } else if (clear.kind === 'call') {
    putWait(run, clear);
    retryCall(run, tokenOf(run, clear), clear);
  } else if (clear.kind === 'event') rearm(run, clear);
  // Looked at again when nothing moves any more: what is still out of reach is told anew.
  else if (clear.kind === 'join') putWait(run, clear);
  else if (clear.kind === 'scope') decideAgain(run, clear);
  else if (clear.kind === 'multi') {
    putWait(run, clear);
    goOn(run, clear, undefined);
  }
}

/** A new key, so that the same retry twice finds nothing the second time. */
function unstick(run: Run, wait: WaitOf<'stuck'>): void {
  removeWait(run, wait.key);
  const element = elementOf(run, wait.element);
  const key = newKey(run);
  const token: Token = { ...tokenOf(run, wait), key };
  if (wait.flow !== undefined) token.flow = wait.flow;
  switch (wait.at) {
    case 'enter':
      begin(run, { ...token, phase: 'activating' });
      return;
    case 'listened':
      enterListened(run, token);
      return;
    case 'leave':
      rehost(run, wait.key, key);
      if (leftInside(run, wait.key) && since(run, 'retried-scopes-are-undone')) rescope(run, wait.key, key);
      complete(run, { ...token, phase: 'completing' });
      return;
    case 'flow':
      proceed(run, { ...token, phase: 'completed' });
      return;
    case 'resume':
      beginInstance(run, element.kind === 'process' ? element.starts : [element.id], element.id);
  }
}

/** What hung on the token under its old key hangs on it under the new one. */
function rehost(run: Run, from: Key, to: Key): void {
  for (const other of allWaits(run)) if (other.host === from) putWait(run, { ...other, host: to });
  const clocks = run.patch?.clocks ?? run.before.clocks;
  if (clocks.some((clock) => clock.host === from))
    patch(run).clocks = clocks.map((clock) => (clock.host === from ? { ...clock, host: to } : clock));
}

export function setVariablesAct(run: Run, event: EventOf<'set-variables'>): Refusal | undefined {
  const key = event.scope ?? run.before.root;
  const wait = getWait(run, key);
  if (!wait) return refusal('unknown-key');
  if (wait.kind !== 'task' && standingTask(wait)) return refusal('task-busy');
  const { variables, by } = event;
  if (wait.kind === 'task' && listenToAct(run, wait, wait.task, { variables, by })) return undefined;
  if (setVariables(run, key, event.variables))
    note(run, 'variables-set', wait.element, key, { names: Object.keys(event.variables) });
  return undefined;
}

export function cancelInstance(run: Run, event: EventOf<'cancel'>): Refusal | undefined {
  const root = getWait(run, run.before.root);
  // Whoever cancels twice does not wait for the listeners of the first time.
  if (root?.kind === 'scope' && root.ends?.status === 'cancelled') insistOnEnd(run);
  else endInstance(run, 'cancelled', { reason: event.reason });
  return undefined;
}
