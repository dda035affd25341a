/** claim, unclaim, assign, complete, return: authorisation, the update sent, and the response for a closed task. */
import { visibleVariables } from '../../../engine/core/enclosing-scopes.ts';
import type { InstanceState, TaskAction } from '../../../engine/model/types.ts';
import { rolesHeldAt } from '../../../store/organisation/role-at.ts';
import { findByRole, findNames, findStaff } from '../../../store/organisation/staff.ts';
import { removeDraftsOfTask } from '../../../store/runtime/drafts.ts';
import { findInstance } from '../../../store/runtime/instances.ts';
import type { TaskRow } from '../../../store/runtime/rows.ts';
import { findTask } from '../../../store/runtime/tasks.ts';
import { queryNames, updateNames } from '../../../workflows/runtime/instance-messages.ts';
import { noteDetails, noteSubject } from '../../http/audit.ts';
import type { Deps } from '../../http/deps.ts';
import { mayAct, maySee, type Person, rolesAt } from '../../http/policy.ts';
import { forbidden, invalid, notFound, ProblemError } from '../../http/problem.ts';
import { roleMissing } from '../../http/role-missing.ts';
import { attachedWhile, filesHandedIn } from '../files/handed-in.ts';
import { sendUpdate, updateIdOf } from '../instances/instance-updates.ts';
import { defaultsOf, holdsMarks, withStored } from '../variables/masked-values.ts';
import { withRepresented } from './represented.ts';
import type { TaskView } from './schemas.ts';
import { formOfTask, taskView } from './view.ts';

export async function visibleTask(id: string, person: Person): Promise<TaskRow> {
  const row = await findTask(id);
  noteSubject({ kind: 'tasks', id }, row?.facility);
  if (row) noteDetails({ instance: row.instance, element: row.element });
  if (!row || !maySee(person, row.facility)) throw notFound(`task ${id}`);
  return row;
}

export async function actOnTask(
  deps: Deps,
  person: Person,
  id: string,
  action: TaskAction,
  idempotencyKey: string | undefined,
): Promise<{ task: TaskView; happened: unknown }> {
  const row = await visibleTask(id, person);
  const own = mayAct(person, row, action.type);
  const standingIn = own.ok || action.type !== 'assign' ? undefined : await withRepresented(person);
  const allowed = standingIn ? mayAct(standingIn, row, action.type) : own;
  if (!allowed.ok) {
    const { code, detail, hint } = allowed;
    const roles = row.candidateGroups;
    if (code === 'not-a-candidate' && roles.length > 0) throw await roleMissing({ roles }, row.facility, code);
    throw forbidden(code, detail, hint);
  }
  if (action.type === 'assign') {
    if (standingIn) takeOver(action.assignee, row, person);
    else await requireCandidate(action.assignee, row);
  }
  const by = { id: person.id, ...(allowed.role && { role: allowed.role }) };
  const address = `POST /api/tasks/${id}/${action.type}`;
  const update = {
    name: updateNames.task,
    argument: { key: row.key, action: await inFull(deps, row, action), by },
    id: updateIdOf(person.id, address, action, idempotencyKey),
  };
  const files = await filesFor(action, row, person);
  const answer = await attachedWhile(files, row, () =>
    sendUpdate(deps, row.instance, update, () => goneProblem(id, person.id)),
  );
  if (action.type === 'complete') await removeDraftsOfTask(id);
  const changed = answer.tasks.find((one) => one._id === id) ?? (await findTask(id)) ?? row;
  return { task: await taskView(changed), happened: answer.happened };
}

/** A closed task is refused by its process; a repeated act returns the first result. */
async function filesFor(action: TaskAction, row: TaskRow, person: Person): Promise<string[]> {
  if (action.type !== 'complete' || row.status !== 'open') return [];
  const { facility, instance } = row;
  return filesHandedIn(await formOfTask(row), action.variables, { person, facility, instance });
}

/**
 * The form may send back masked numbers: they are masked for a person who completes a task without claiming it, and in
 * form defaults for everybody.
 */
async function inFull({ processes }: Deps, row: TaskRow, action: TaskAction): Promise<TaskAction> {
  if (action.type !== 'complete' || row.status !== 'open' || !holdsMarks(action.variables)) return action;
  const [state, form] = await Promise.all([
    processes.query<InstanceState>(row.instance, queryNames.state),
    formOfTask(row),
  ]);
  if (state.kind !== 'done') return action;
  const shown = [visibleVariables(state.answer, row.key), ...(form ? [defaultsOf(form)] : [])];
  return { ...action, variables: withStored(action.variables, ...shown) };
}

/** A substitute may assign a task to themselves only. */
function takeOver(assignee: string, row: TaskRow, person: Person): void {
  noteDetails({ assignee, inPlaceOf: row.assignee ?? row.candidateUsers });
  if (assignee === person.id) return;
  const message = `As a substitute you may assign the task to yourself only (${person.id}).`;
  throw invalid([{ path: 'body.assignee', code: 'not_a_candidate', message }], 422);
}

/** A task may be assigned to its candidates only; without candidates, to anybody of the facility. */
async function requireCandidate(assignee: string, row: TaskRow): Promise<void> {
  const staff = await findStaff(assignee);
  const held = staff?.active ? rolesAt(asPerson(staff), row.facility) : [];
  const isOpen = row.candidateGroups.length === 0 && row.candidateUsers.length === 0;
  const named = staff?.active && row.candidateUsers.includes(assignee);
  if (named || held.some((one) => isOpen || row.candidateGroups.includes(one))) return;
  const candidates = (await Promise.all(row.candidateGroups.map((role) => findByRole(row.facility, role)))).flat();
  const message = `${assignee} may not do this task; it can be given to ${candidates.map((one) => one._id).join(', ') || 'nobody'}.`;
  throw invalid([{ path: 'body.assignee', code: 'not_a_candidate', message }], 422);
}

function asPerson(staff: { _id: string; name: string; roles: Person['roles'] }): Person {
  return { id: staff._id, name: staff.name, roles: rolesHeldAt(staff.roles, new Date().toISOString()) };
}

/** The instance has ended with the task: report who completed it, or how the instance ended. */
async function goneProblem(id: string, asker: string): Promise<ProblemError> {
  const row = await findTask(id);
  const instance = row && (await findInstance(row.instance));
  const at = row?.closedAt ?? instance?.endedAt;
  const by = row?.closedBy;
  const name = by === undefined ? undefined : (await findNames([by]))[by];
  const who = by === undefined ? '' : by === asker ? ', completed by yourself' : `, completed by ${name ?? by} (${by})`;
  return new ProblemError({
    status: 409,
    code: 'task-gone',
    detail: `This task is closed${who}${at === undefined ? '' : ` since ${at}`}; its instance has ended.`,
    hint: 'Reload to see how it ended.',
    more: { ...(by !== undefined && { by: { id: by, name } }), ...(at !== undefined && { at }) },
  });
}
