/** Whether a user task has a possible performer; one without is an incident instead of a silent wait. */

import { type Failure, fail } from '../core/failure.ts';
import { addJournalEntry, getWait, putWait } from '../core/run.ts';
import type { Run } from '../core/run-types.ts';
import { incidentOf, journalIncident } from '../core/token.ts';
import type { ElementOf } from '../model/plan.ts';
import type { EngineEvent, UserTask, WaitOf } from '../model/types.ts';

/**
 * The people who are meant do not exist, or none of them may act. Said by the runtime, which knows them, for the task as it was then: an
 * answer for an assignment that has changed since is ignored.
 */
export function taskUnassignable(run: Run, event: Extract<EngineEvent, { type: 'task-unassignable' }>): undefined {
  const wait = getWait(run, event.key);
  if (wait?.kind !== 'task' || wait.incident || wait.task.assignee !== event.assignee) return;
  const failure = failureOf(wait.task, event.code);
  putWait(run, { ...wait, incident: incidentOf(run, failure) });
  journalIncident(run, wait.element, wait.key, failure);
}

function failureOf({ assignee, candidateGroups, candidateUsers }: UserTask, code: UnassignableCode): Failure {
  if (code === 'unknown-assignee') return fail(code, { reason: 'assignee-unknown', assignee: assignee ?? '' });
  return fail(code, { reason: 'candidates-unknown', candidates: [...candidateGroups, ...candidateUsers] });
}

export type UnassignableCode = Extract<EngineEvent, { type: 'task-unassignable' }>['code'];

/** The assignment expressions of the diagram evaluate to nothing: the task would be in no inbox. */
export function assignedToNobody(
  element: ElementOf<'userTask'>,
  task: Pick<UserTask, 'assignee' | 'candidateGroups' | 'candidateUsers'>,
): Failure | undefined {
  const { assignee, candidateGroups, candidateUsers } = element.user;
  const named = assignee ?? candidateGroups ?? candidateUsers;
  if (!named || task.assignee !== null || hasCandidates(task)) return undefined;
  return fail('assigned-to-nobody', { reason: 'assignment-empty' });
}

export const hasCandidates = ({
  candidateGroups,
  candidateUsers,
}: Pick<UserTask, 'candidateGroups' | 'candidateUsers'>): boolean =>
  candidateGroups.length > 0 || candidateUsers.length > 0;

/** The task has an assignee, or is checked again: its incident is resolved. */
export function withoutTaskIncident(run: Run, wait: WaitOf<'task'>): WaitOf<'task'> {
  const { incident, ...clear } = wait;
  if (incident) addJournalEntry(run, 'incident-resolved', wait.element, wait.key, { code: incident.code });
  return clear;
}
