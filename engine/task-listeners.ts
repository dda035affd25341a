/**
 * Listeners of user tasks (`zeebe:taskListeners`): they hold up what happens to a task, may correct it, and may deny what somebody wants
 * to do with it, as in Zeebe. Variables they bring are not taken over.
 */
import { carryOutAct } from './acts.ts';
import { type Failure, fail, type Outcome } from './failure.ts';
import { continueEnd } from './instance.ts';
import type { Token } from './lifecycle.ts';
import { hasListeners, type ListenerWait, order, stop } from './listeners.ts';
import type { Json, TaskListenerEvent, Variables } from './plan.ts';
import { allWaits, elementOf, newKey, note, putWait, type Run, removeWait } from './run.ts';
import { TimeError } from './time/error.ts';
import { instantOf } from './time/zone.ts';
import { nameOf } from './token.ts';
import type { Key, ListenerPart, UserTask, Wait, WaitOf } from './types.ts';
import { enclosing, visible } from './variables.ts';

type Act = NonNullable<ListenerPart['act']>;

/** The task as it stands for people, also while listeners look at what shall become of it. */
export function standingTask(wait: Wait): UserTask | undefined {
  if (wait.kind === 'task') return wait.task;
  return wait.kind === 'job' ? wait.listener?.before : undefined;
}

/** The task whose date counts: open, about to be, or held up by listeners; one that was taken away is due no more. */
export function dueTask(wait: Wait): UserTask | undefined {
  if (wait.kind !== 'job' || wait.listener?.event === 'canceling') return standingTask(wait);
  return wait.listener?.before ?? wait.listener?.task;
}

/** What comes before a new task is open to people; undefined when nothing does. */
export function openingListener(token: Token, task: UserTask): ListenerPart | undefined {
  const { element } = token;
  if (hasListeners(element, 'creating')) return { event: 'creating', index: 0, task };
  if (task.assignee !== null && hasListeners(element, 'assigning')) return { event: 'assigning', index: 0, task };
  return undefined;
}

/** Asks the first listener of a task that has just been put. */
export function beginListening(run: Run, key: Key): void {
  const wait = allWaits(run).find((one) => one.key === key);
  if (wait?.kind === 'job' && wait.listener) order(run, { ...wait, listener: wait.listener });
}

/** @returns false when nobody listens: the act is carried out at once */
export function listenToAct(run: Run, wait: WaitOf<'task'>, task: UserTask, act: Act): boolean {
  const event = eventOf(wait.task, task, act);
  if (event === undefined || !hasListeners(elementOf(run, wait.element), event)) return false;
  const { kind: _, task: before, ...base } = wait;
  const listener: ListenerPart = { event, index: 0, task, before, act };
  order(run, { ...base, kind: 'job', jobType: '', attempt: 1, listener });
  return true;
}

function eventOf(before: UserTask, after: UserTask, act: Act): TaskListenerEvent | undefined {
  if (!('action' in act)) return 'updating';
  if (act.action.type === 'complete') return 'completing';
  return before.assignee === after.assignee ? undefined : 'assigning';
}

/** A task that is taken away is gone at once; who listens to that is told beside, and the instance does not end before. */
export function listenToCancel(run: Run, wait: Wait): void {
  const task = standingTask(wait) ?? (wait.kind === 'job' ? wait.listener?.task : undefined);
  if (!task || !hasListeners(elementOf(run, wait.element), 'canceling')) return;
  if (wait.kind === 'job' && wait.listener?.event === 'canceling') return;
  order(run, {
    kind: 'job',
    key: newKey(run),
    element: wait.element,
    // No scope: the one it lived in may be gone. It keeps what it could see.
    host: run.before.root,
    since: run.now,
    jobType: '',
    attempt: 1,
    listener: { event: 'canceling', index: 0, task },
    variables: visible(run, wait.variables, enclosing(run, wait)),
  });
}

/** Listeners that were told of a task taken away and are not done. */
export function listensAside(run: Run): boolean {
  return allWaits(run).some((wait) => wait.kind === 'job' && wait.listener?.event === 'canceling');
}

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
    order(run, { ...wait, attempt: 1, listener: { event: 'assigning', index: 0, task } });
    return;
  }
  const { denied: _, ...clear } = task;
  const open = opened(run, wait, clear, before === undefined);
  if (!act) return;
  if ('action' in act) carryOutAct(run, open, clear, act.action, act.by);
  else carryOutAct(run, open, clear, { type: 'set-variables', variables: act.variables }, act.by);
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
export function judgeTask(run: Run, wait: ListenerWait, brought: Variables): ListenerWait | undefined {
  if (brought['denied'] === true) return deny(run, wait, brought['deniedReason']);
  const { corrections } = brought;
  const { task } = wait.listener;
  if (corrections === undefined || corrections === null || !task) return wait;
  const corrected = correct(run, wait, task, corrections);
  if (corrected.ok) return { ...wait, listener: { ...wait.listener, task: corrected.value } };
  stop(run, wait, corrected);
  return undefined;
}

function deny(run: Run, wait: ListenerWait, why: Json | undefined): undefined {
  const { event, before, act, task } = wait.listener;
  const name = nameOf(elementOf(run, wait.element));
  if (event === 'creating' || event === 'canceling') {
    stop(run, wait, fail('job-failed', `“${name}”的监听（${event}）不能拒绝：任务的创建和取消不可拒绝。`, { event }));
    return undefined;
  }
  const reason = typeof why === 'string' && why !== '' ? why : undefined;
  // A reason is free text and may name people: the journal says only that one was given.
  run.by = act?.by;
  note(run, 'listener-denied', wait.element, wait.key, {
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
    // The drawing's own assignment: the task opens for its candidates.
    const { assignedAt: _, ...open } = task;
    opened(run, wait, { ...open, assignee: null }, true);
  }
  return undefined;
}

const attributes = ['assignee', 'candidateGroups', 'candidateUsers', 'dueDate', 'followUpDate', 'priority'] as const;
type Attribute = (typeof attributes)[number];
const isAttribute = (name: string): name is Attribute => (attributes as readonly string[]).includes(name);

/** Null keeps what is there; an empty text or list takes it away (as in Zeebe). */
function correct(run: Run, wait: ListenerWait, task: UserTask, corrections: Json): Outcome<UserTask> {
  const name = nameOf(elementOf(run, wait.element));
  const wrong = (what: string): Failure =>
    fail('job-failed', `“${name}”的监听（${wait.listener.event}）要更正的“${what}”不合要求。`, { correction: what });
  if (typeof corrections !== 'object' || corrections === null || Array.isArray(corrections))
    return wrong('corrections');
  let next = { ...task };
  for (const [attribute, value] of Object.entries(corrections)) {
    if (!isAttribute(attribute)) return wrong(attribute);
    if (value === null || value === undefined) continue;
    const corrected = correctOne(run, wait, next, attribute, value);
    if (!corrected) return wrong(attribute);
    next = corrected;
  }
  return { ok: true, value: next };
}

function correctOne(
  run: Run,
  { listener }: ListenerWait,
  task: UserTask,
  attribute: Attribute,
  value: Json,
): UserTask | undefined {
  switch (attribute) {
    case 'assignee': {
      // The drawing has named somebody: that is corrected when the task is assigned, not when it is made.
      if (typeof value !== 'string' || (listener.event === 'creating' && task.assignee !== null)) return undefined;
      const { assignedAt: _, ...bare } = task;
      return value === '' ? { ...bare, assignee: null } : { ...bare, assignee: value, assignedAt: run.now };
    }
    case 'candidateGroups':
    case 'candidateUsers':
      return isTexts(value) ? { ...task, [attribute]: value } : undefined;
    case 'priority':
      return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 100
        ? { ...task, priority: value }
        : undefined;
    case 'dueDate': {
      const { dueAt: _, dueReason: __, ...bare } = task;
      if (value === '') return bare;
      const at = instant(run, value);
      return at === undefined ? undefined : { ...bare, dueAt: at, dueReason: { kind: 'date', source: at } };
    }
    case 'followUpDate': {
      const { followUpAt: _, ...bare } = task;
      if (value === '') return bare;
      const at = instant(run, value);
      return at === undefined ? undefined : { ...bare, followUpAt: at };
    }
  }
}

const isTexts = (value: Json): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string' && one !== '');

function instant(run: Run, value: Json): string | undefined {
  if (typeof value !== 'string') return undefined;
  try {
    return instantOf(value, run.context.calendar.zone);
  } catch (error) {
    if (error instanceof TimeError) return undefined;
    throw error;
  }
}

/** Values of a completion can be seen by whoever judges it. */
export function taskValues({ act }: ListenerPart): Variables | undefined {
  if (!act) return undefined;
  if (!('action' in act)) return act.variables;
  return act.action.type === 'complete' ? act.action.variables : undefined;
}

const header = (name: string): string => `io.camunda.zeebe:${name}`;

/** The task itself, under the header names that workers written for Zeebe read. */
export function taskHeaders({ key, listener }: ListenerWait): Record<string, string> | undefined {
  const { task, before, act, event } = listener;
  if (!task) return undefined;
  const headers: Record<string, string> = {
    [header('userTaskKey')]: key,
    [header('action')]: act && 'action' in act ? act.action.type : act ? 'update' : event,
    [header('candidateGroups')]: JSON.stringify(task.candidateGroups),
    [header('candidateUsers')]: JSON.stringify(task.candidateUsers),
    [header('priority')]: String(task.priority),
    [header('changedAttributes')]: JSON.stringify(before ? changed(before, task) : []),
  };
  if (task.assignee !== null) headers[header('assignee')] = task.assignee;
  if (task.dueAt !== undefined) headers[header('dueDate')] = task.dueAt;
  if (task.followUpAt !== undefined) headers[header('followUpDate')] = task.followUpAt;
  if (task.formId !== undefined) headers[header('formKey')] = task.formId;
  return headers;
}

function changed(before: UserTask, after: UserTask): Attribute[] {
  const of = (task: UserTask): Record<Attribute, Json> => ({
    assignee: task.assignee,
    candidateGroups: task.candidateGroups,
    candidateUsers: task.candidateUsers,
    dueDate: task.dueAt ?? null,
    followUpDate: task.followUpAt ?? null,
    priority: task.priority,
  });
  const [old, now] = [of(before), of(after)];
  return attributes.filter((name) => JSON.stringify(old[name]) !== JSON.stringify(now[name]));
}
