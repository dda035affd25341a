import { fail, failedExpression, type Outcome } from '../core/failure.ts';
import { waitAt } from '../core/hold.ts';
import { closeTask } from '../core/release.ts';
import { elementOf, putWait } from '../core/run.ts';
import type { ElementBehaviour, Run } from '../core/run-types.ts';
import { incidentOf, journalIncident, lookupAt, nameOf, tokenOf } from '../core/token.ts';
import { evaluate, type Lookup } from '../core/variables.ts';
import { wholeNumberOf } from '../core/whole-number.ts';
import { dueDate } from '../events/timers.ts';
import { listenToCancel, openingListener, startTaskListeners, visibleTaskOf } from '../listeners/task.ts';
import type { ExpressionPart } from '../model/incidents.ts';
import type { ElementOf, Expression } from '../model/plan.ts';
import { defaultPriority, isPriority } from '../model/priority.ts';
import type { UserTask, WaitOf } from '../model/types.ts';
import { assignedToNobody } from '../tasks/assignment.ts';

/** User task: performed by a person, who completes it (BPMN 2.0.2, 10.3.4 and 13.3.3). */
export const userTask: ElementBehaviour<ElementOf<'userTask'>> = {
  enter(token, run) {
    const task = taskOf(run, token.element, lookupAt(run, token));
    if (!task.ok) return task;
    const listener = openingListener(token, task.value);
    if (!listener) return waitAt(run, token, { kind: 'task', task: task.value });
    const failure = waitAt(run, token, { kind: 'job', jobType: '', attempt: 1, listener });
    if (!failure) startTaskListeners(run, token.key);
    return failure;
  },
  retry(run, wait) {
    const element = elementOf(run, wait.element);
    if (wait.kind === 'task' && element.kind === 'userTask') reassign(run, wait, element);
  },
  cancel(run, wait) {
    if (visibleTaskOf(wait)) closeTask(run, { key: wait.key, element: wait.element, how: 'cancelled', at: run.now });
    listenToCancel(run, wait);
  },
};

/** Assignment is evaluated again. */
function reassign(run: Run, wait: WaitOf<'task'>, element: ElementOf<'userTask'>): void {
  const task = taskOf(run, element, lookupAt(run, tokenOf(run, wait)));
  if (!task.ok) {
    putWait(run, { ...wait, incident: incidentOf(run, task) });
    journalIncident(run, wait.element, wait.key, task);
    return;
  }
  const { assignee, candidateGroups, candidateUsers, excludedUsers, assignedAt } = task.value;
  const { assignedAt: _, ...rest } = wait.task;
  const assigned = assignedAt === undefined ? {} : { assignedAt };
  putWait(run, { ...wait, task: { ...rest, assignee, candidateGroups, candidateUsers, excludedUsers, ...assigned } });
}

function taskOf(run: Run, element: ElementOf<'userTask'>, lookup: Lookup): Outcome<UserTask> {
  const { user } = element;
  const assignee = person(run, user.assignee, lookup);
  if (!assignee.ok) return assignee;
  const groups = list(run, 'candidate-groups', user.candidateGroups, lookup);
  if (!groups.ok) return groups;
  const users = list(run, 'candidate-users', user.candidateUsers, lookup);
  if (!users.ok) return users;
  const excluded = list(run, 'excluded-users', user.excludedUsers, lookup);
  if (!excluded.ok) return excluded;
  const priority = priorityOf(run, user.priority, lookup);
  if (!priority.ok) return priority;
  const due = user.dueDate && dueDate(run, 'due-date', user.dueDate, lookup);
  if (due && !due.ok) return due;
  const followUp = user.followUpDate && dueDate(run, 'follow-up-date', user.followUpDate, lookup);
  if (followUp && !followUp.ok) return followUp;
  const nobody = assignedToNobody(element, {
    assignee: assignee.value,
    candidateGroups: groups.value,
    candidateUsers: users.value,
  });
  if (nobody) return nobody;
  return {
    ok: true,
    value: {
      name: nameOf(element),
      assignee: assignee.value,
      candidateGroups: groups.value,
      candidateUsers: users.value,
      excludedUsers: excluded.value,
      priority: priority.value,
      ...(due?.value && { dueAt: due.value.at, dueReason: due.value.reason }),
      ...(followUp?.value && { followUpAt: followUp.value.at }),
      ...(user.formId !== undefined && { formId: user.formId }),
      ...(assignee.value !== null && { assignedAt: run.now }),
    },
  };
}

function person(run: Run, expression: Expression | undefined, lookup: Lookup): Outcome<string | null> {
  if (!expression) return { ok: true, value: null };
  const result = evaluate(run, expression, lookup);
  if (!result.ok) return failedExpression('assignee', expression, result);
  if (result.value === null || result.value === '') return { ok: true, value: null };
  if (typeof result.value === 'string') return { ok: true, value: result.value };
  return fail('expression-failed', { reason: 'wrong-type', part: 'assignee', expected: 'staff-id' });
}

/** A FEEL list of texts, or one text with commas. */
function list(run: Run, part: ExpressionPart, expression: Expression | undefined, lookup: Lookup): Outcome<string[]> {
  if (!expression) return { ok: true, value: [] };
  const result = evaluate(run, expression, lookup);
  if (!result.ok) return failedExpression(part, expression, result);
  const { value } = result;
  if (value === null) return { ok: true, value: [] };
  const parts = typeof value === 'string' ? value.split(',').map((one) => one.trim()) : value;
  if (!Array.isArray(parts)) return fail('expression-failed', { reason: 'wrong-type', part, expected: 'list' });
  const texts: string[] = [];
  for (const one of parts) {
    if (typeof one !== 'string')
      return fail('expression-failed', { reason: 'wrong-type', part, expected: 'list-of-text' });
    if (one !== '') texts.push(one);
  }
  return { ok: true, value: texts };
}

function priorityOf(run: Run, expression: Expression | undefined, lookup: Lookup): Outcome<number> {
  if (!expression) return { ok: true, value: defaultPriority };
  const result = evaluate(run, expression, lookup);
  if (!result.ok) return failedExpression('priority', expression, result);
  const priority = wholeNumberOf(result.value);
  return isPriority(priority)
    ? { ok: true, value: priority }
    : fail('expression-failed', { reason: 'wrong-type', part: 'priority', expected: 'priority' });
}
