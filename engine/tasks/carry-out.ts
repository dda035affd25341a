/** Carries out an act on a task after its validation and its listeners. */

import { complete } from '../core/moves.ts';
import { closeTask } from '../core/release.ts';
import { addJournalEntry, putWait } from '../core/run.ts';
import type { Run } from '../core/run-types.ts';
import { tokenOf } from '../core/token.ts';
import { setVariables } from '../core/variables.ts';
import { writtenData } from '../core/written-data.ts';
import type { Variables } from '../model/plan.ts';
import type { Actor, JournalKind, TaskAction, UserTask, WaitOf } from '../model/types.ts';
import { withoutTaskIncident } from './assignment.ts';
import { formOfTask } from './form.ts';

const taskJournal: Record<TaskAction['type'], JournalKind> = {
  claim: 'task-claimed',
  unclaim: 'task-unclaimed',
  assign: 'task-assigned',
  return: 'task-returned',
  complete: 'task-completed',
};

/** @param action judged already */
export function performTaskAct(
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
      addJournalEntry(run, 'variables-set', wait.element, key, {
        names: Object.keys(action.variables),
        ...writtenData(run, action.variables),
      });
    return;
  }
  if (action.type === 'complete') {
    withoutTaskIncident(run, wait);
    const written = writtenData(run, action.variables, formOfTask(run, wait)?.fields);
    addJournalEntry(run, 'task-completed', wait.element, key, Object.keys(written).length > 0 ? written : undefined);
    run.by = undefined;
    closeTask(run, { key, element: wait.element, how: 'completed', by, at: run.now });
    // Output mappings may read the actor (an applicant may not approve), who is set by the engine and not by the completion.
    const { completedBy: _, ...values } = action.variables;
    const token = tokenOf(run, wait);
    complete(run, { ...token, variables: { ...token.variables, completedBy: by.id } }, values);
    return;
  }
  putWait(run, { ...withoutTaskIncident(run, wait), task });
  addJournalEntry(run, taskJournal[action.type], wait.element, key, dataOf(action));
}

/** A reason is free text and may name people: it stays out of the journal's data, which says only that one was given. */
function dataOf(action: TaskAction): { assignee: string } | { reasonGiven: boolean } | undefined {
  if (action.type === 'assign') return { assignee: action.assignee };
  if (action.type === 'return') return { reasonGiven: true };
  return undefined;
}
