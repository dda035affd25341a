/** One act on many tasks: each is decided, done and recorded for itself, and told what became of it. A repeat does nothing twice. */
import type { TaskAction } from '../../../engine/model/types.ts';
import { noteDetails, noteSubject, recordAct } from '../../http/audit.ts';
import type { Deps } from '../../http/deps.ts';
import { toProblem } from '../../http/errors.ts';
import type { Person } from '../../http/policy.ts';
import { wordsOf } from '../../http/problem-words.ts';
import { actOnTask } from './task-acts.ts';

/** Side by side: Temporal and the database answer others meanwhile. */
const atOnce = 5;

export type BulkAction = Extract<TaskAction, { type: 'claim' | 'unclaim' | 'assign' }>;

/** @returns in the order of the ids */
export async function actOnTasks(
  deps: Deps,
  person: Person,
  ids: string[],
  action: BulkAction,
  idempotencyKey: string | undefined,
) {
  const results: Awaited<ReturnType<typeof actOn>>[] = [];
  let next = 0;
  const work = async () => {
    for (let at = next++; at < ids.length; at = next++)
      results[at] = await actOn(deps, person, ids[at] as string, action, idempotencyKey);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  noteSubject({ kind: 'tasks' });
  noteDetails({ act: action.type, refused: results.filter(({ done }) => !done).map(({ id }) => id) });
  return results;
}

async function actOn(deps: Deps, person: Person, id: string, action: BulkAction, key: string | undefined) {
  try {
    const { task } = await actOnTask(deps, person, id, action, key);
    const about = {
      what: { kind: 'tasks', id } as const,
      facility: task.facility,
      details: { instance: task.instance },
    };
    await recordAct(`POST /api/tasks/{id}/${action.type}`, about);
    return { id, done: true };
  } catch (error) {
    const { code, detail, words } = toProblem(error);
    return { id, done: false, problem: { code, detail, words: words ?? wordsOf(code) } };
  }
}
