/** One act on many tasks: each is authorised, performed and audited separately, with its own outcome. A repeat takes effect once. */
import type { TaskAction } from '../../../engine/model/types.ts';
import { noteDetails, noteSubject, recordAct } from '../../http/audit.ts';
import type { Deps } from '../../http/deps.ts';
import { toProblem } from '../../http/errors.ts';
import type { Person } from '../../http/policy.ts';
import { ProblemError } from '../../http/problem.ts';
import { wordsOf } from '../../http/problem-words.ts';
import type { BulkBody } from './schemas.ts';
import { actOnTask, visibleTask } from './task-acts.ts';

/** Degree of parallelism, which leaves Temporal and the database capacity for others. */
const atOnce = 5;

type BulkAction = Extract<TaskAction, { type: BulkBody['act'] }>;

export function bulkActionOf({ act, assignee = '', variables = {} }: BulkBody): BulkAction {
  if (act === 'assign') return { type: act, assignee };
  return act === 'complete' ? { type: act, variables } : { type: act };
}

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
    if (action.type === 'complete') await requireBulkCompletion(id, person);
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

/** Only where the diagram allows completion without individual review. */
async function requireBulkCompletion(id: string, person: Person): Promise<void> {
  if ((await visibleTask(id, person)).bulkCompletion) return;
  throw new ProblemError({
    status: 409,
    code: 'not-in-bulk',
    detail: 'Tasks of this kind are completed individually: the diagram does not allow bulk completion.',
    hint: 'Open the task and complete it there.',
  });
}
