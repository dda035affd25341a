/** Acts of people on an instance: task actions, setting variables, cancelling. A refused act changes nothing. */

import { listenToAct, visibleTaskOf } from '../listeners/task.ts';
import { refusal } from '../messages/refusals.ts';
import type { EngineEvent, Key, Refusal, TaskAction, UserTask, WaitOf } from '../model/types.ts';
import { act } from '../tasks/act.ts';
import { performTaskAct } from '../tasks/carry-out.ts';
import { submitTask } from '../tasks/form.ts';
import { endInstance, retryEnd } from './end-instance.ts';
import { isGivenAtStart, notDeclared } from './intake.ts';
import { addJournalEntry, getWait } from './run.ts';
import type { Run } from './run-types.ts';
import { setVariables } from './variables.ts';
import { writtenData } from './written-data.ts';

type EventOf<T extends EngineEvent['type']> = Extract<EngineEvent, { type: T }>;

/** The task after the act, with the form's result for a completion, or the reason of refusal. Does not change the instance. */
function taskAfterAct(
  run: Run,
  event: EventOf<'task'>,
): { wait: WaitOf<'task'>; task: UserTask; action: TaskAction } | { refused: Refusal } {
  const { key, action, by } = event;
  const wait = getWait(run, key);
  if (wait && wait.kind !== 'task' && visibleTaskOf(wait)) return { refused: refusal('task-busy') };
  if (wait?.kind !== 'task') return { refused: taskGone(run, key, event) };
  const result = act(wait.task, action, by, run.now);
  if (!result.ok) return { refused: result.refusal };
  if (action.type !== 'complete') return { wait, task: result.task, action };
  const { problems, values } = submitTask(run, wait, action.variables);
  if (problems.length === 0) return { wait, task: result.task, action: { ...action, variables: values } };
  const details = problems.map(({ field, code, message }) => ({ field, code, message: { ...message } }));
  return { refused: refusal('form-invalid', details) };
}

export function refuseTaskAct(run: Run, event: EventOf<'task'>): Refusal | undefined {
  const judgement = taskAfterAct(run, event);
  return 'refused' in judgement ? judgement.refused : undefined;
}

export function taskAct(run: Run, event: EventOf<'task'>): Refusal | undefined {
  const judgement = taskAfterAct(run, event);
  if ('refused' in judgement) return judgement.refused;
  const { wait, task, action } = judgement;
  const { by } = event;
  if (task === wait.task && action.type !== 'complete') return undefined;
  if (!listenToAct(run, wait, task, { action, by })) performTaskAct(run, wait, task, action, by);
  return undefined;
}

function taskGone(run: Run, key: Key, event: EventOf<'task'>): Refusal {
  const closed = run.before.closedTasks.find((task) => task.key === key);
  if (!closed) return refusal('unknown-key');
  const { how, at, by } = closed;
  return refusal('task-gone', { how, at, ...(by && { by: { ...by } }), same: by?.id === event.by.id });
}

export function setVariablesAct(run: Run, event: EventOf<'set-variables'>): Refusal | undefined {
  const key = event.scope ?? run.before.root;
  const wait = getWait(run, key);
  if (!wait) return refusal('unknown-key');
  if (wait.kind !== 'task' && visibleTaskOf(wait)) return refusal('task-busy');
  const { variables, by } = event;
  // Operators may correct its rules, but not its owner.
  const fixed = Object.keys(variables).filter((name) => isGivenAtStart(name) && name !== 'rules');
  if (run.env.intake && fixed.length > 0) return refusal('identity-fixed', notDeclared(fixed));
  if (wait.kind === 'task' && listenToAct(run, wait, wait.task, { variables, by })) return undefined;
  if (setVariables(run, key, event.variables))
    addJournalEntry(run, 'variables-set', wait.element, key, {
      names: Object.keys(event.variables),
      ...writtenData(run, event.variables),
    });
  return undefined;
}

export function cancelInstance(run: Run, event: EventOf<'cancel'>): Refusal | undefined {
  const root = getWait(run, run.before.root);
  // A second cancellation does not wait for listeners of the first.
  if (root?.kind === 'scope' && root.ends?.status === 'cancelled') retryEnd(run);
  else endInstance(run, 'cancelled', { reason: event.reason });
  return undefined;
}
