/** Who can do a task: its candidates at its facility; and whether anybody can do an open one, its assignee included. */

import type { QueryFilter } from 'mongoose';
import type { TaskRow } from '../runtime/rows.ts';
import { holding } from './role-at.ts';
import { type Staff, StaffModel } from './staff.ts';

export interface Unassignable {
  /** Wait key of the task. */
  key: string;
  code: 'unknown-assignee' | 'no-eligible-user';
  assignee: string | null;
}

type CandidatesOf = Pick<TaskRow, 'facility' | 'candidateGroups' | 'candidateUsers' | 'excludedUsers'>;

/** People who can do a task now; without candidates, everybody at its facility or of the group. By id. */
export async function findCandidates(task: CandidatesOf): Promise<Staff[]> {
  return StaffModel.find(candidates(task)).sort({ _id: 1 }).lean<Staff[]>();
}

/** Colleagues with one of these roles at a facility or for the whole group; any role when undefined. By id. */
export async function findColleagues(facility: string, roles: readonly string[] | undefined): Promise<Staff[]> {
  const held = holding(roles, [facility, '*'], new Date().toISOString());
  return StaffModel.find({ active: true, ...held } as QueryFilter<Staff>)
    .sort({ _id: 1 })
    .lean<Staff[]>();
}

function candidates({ facility, candidateGroups, candidateUsers, excludedUsers }: CandidatesOf): QueryFilter<Staff> {
  const namesNobody = candidateGroups.length === 0 && candidateUsers.length === 0;
  const held = holding(namesNobody ? undefined : candidateGroups, [facility, '*'], new Date().toISOString());
  const who = { _id: { $nin: excludedUsers }, $or: [held, { _id: { $in: candidateUsers } }] };
  return { active: true, ...who } as QueryFilter<Staff>;
}

/** Lifetime of a cached positive answer. */
const rememberMs = 30_000;
const remembered = new Map<string, number>();

/** An installation without people (tests, load tests) needs none. Tasks without candidates are found by leaders. */
export async function findUnassignable(tasks: TaskRow[]): Promise<Unassignable[]> {
  const found: Unassignable[] = [];
  for (const task of tasks) {
    if (task.status !== 'open' || (await somebodyCan(task))) continue;
    const { key, assignee } = task;
    found.push({ key, assignee, code: assignee === null ? 'no-eligible-user' : 'unknown-assignee' });
  }
  return found;
}

async function somebodyCan(task: TaskRow): Promise<boolean> {
  const { assignee, facility, candidateGroups, candidateUsers, excludedUsers } = task;
  if (assignee === null && candidateGroups.length === 0 && candidateUsers.length === 0) return true;
  const asked = JSON.stringify([assignee, facility, candidateGroups, candidateUsers, excludedUsers]);
  if ((remembered.get(asked) ?? 0) > Date.now()) return true;
  const who = assignee === null ? candidates(task) : ({ active: true, _id: assignee } as QueryFilter<Staff>);
  const can = (await StaffModel.exists(who)) !== null || (await StaffModel.exists({})) === null;
  if (!can) return false;
  if (remembered.size > 5000) remembered.clear();
  remembered.set(asked, Date.now() + rememberMs);
  return true;
}
