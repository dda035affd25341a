/** Input of a task listener: the task as headers of its job, and the values to be submitted. */
import type { Variables } from '../model/plan.ts';
import type { ListenerPart } from '../model/types.ts';
import { changed } from './corrections.ts';
import type { ListenerWait } from './wait.ts';

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
