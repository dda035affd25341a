/** Corrections of a task that its listeners answer with (`corrections`), named and judged as in Zeebe. */

import { type Failure, fail, type Outcome } from '../core/failure.ts';
import type { Run } from '../core/run-types.ts';
import type { Json } from '../model/plan.ts';
import { isPriority } from '../model/priority.ts';
import type { UserTask } from '../model/types.ts';
import { TimeError } from '../time/error.ts';
import { instantOf } from '../time/zone.ts';
import type { ListenerWait } from './wait.ts';

const attributes = ['assignee', 'candidateGroups', 'candidateUsers', 'dueDate', 'followUpDate', 'priority'] as const;
type Attribute = (typeof attributes)[number];
const isAttribute = (name: string): name is Attribute => (attributes as readonly string[]).includes(name);

/** Null keeps the current value; an empty text or list removes it (as in Zeebe). */
export function correct(run: Run, wait: ListenerWait, task: UserTask, corrections: Json): Outcome<UserTask> {
  const wrong = (what: string): Failure =>
    fail('job-failed', { reason: 'listener-correction', listener: wait.listener.event, correction: what });
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
      // The definition names an assignee: it can be corrected on assigning, not on creating.
      if (typeof value !== 'string' || (listener.event === 'creating' && task.assignee !== null)) return undefined;
      const { assignedAt: _, ...bare } = task;
      return value === '' ? { ...bare, assignee: null } : { ...bare, assignee: value, assignedAt: run.now };
    }
    case 'candidateGroups':
    case 'candidateUsers':
      return isTexts(value) ? { ...task, [attribute]: value } : undefined;
    case 'priority':
      return isPriority(value) ? { ...task, priority: value } : undefined;
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

/** Which attributes a listener, or the act it judges, has changed. */
export function changed(before: UserTask, after: UserTask): Attribute[] {
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
