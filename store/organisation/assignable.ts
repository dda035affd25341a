/** Whether there is anybody who can do an open task: its assignee, or a candidate at its facility. */
import type { TaskRow } from '../runtime/rows.ts';
import { holding } from './role-at.ts';
import { StaffModel } from './staff.ts';

export interface Unassignable {
  /** Wait key of the task. */
  key: string;
  code: 'unknown-assignee' | 'no-eligible-user';
  assignee: string | null;
}

/** A positive answer is believed for so long. */
const rememberMs = 30_000;
const remembered = new Map<string, number>();

/** An installation without people (a test, a load test) asks for none. Tasks that name no candidates at all are found by leaders. */
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
  const held = holding(candidateGroups, [facility, '*'], new Date().toISOString());
  const who =
    assignee === null
      ? { _id: { $nin: excludedUsers }, $or: [held, { _id: { $in: candidateUsers } }] }
      : { _id: assignee };
  const can =
    (await StaffModel.exists({ active: true, ...who } as never)) !== null || (await StaffModel.exists({})) === null;
  if (!can) return false;
  if (remembered.size > 5000) remembered.clear();
  remembered.set(asked, Date.now() + rememberMs);
  return true;
}
