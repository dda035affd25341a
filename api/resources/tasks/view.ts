/** A task as the inbox shows it, and one task with its form, the values the form shows, and what this person may do. */
import { visibleVariables } from '../../../engine/core/enclosing-scopes.ts';
import type { Plan, PlanForm, Variables } from '../../../engine/model/plan.ts';
import type { InstanceState } from '../../../engine/model/types.ts';
import { findPlan } from '../../../store/definitions/definitions.ts';
import { findInstance } from '../../../store/runtime/instances.ts';
import type { TaskRow } from '../../../store/runtime/rows.ts';
import { queryNames } from '../../../workflows/runtime/instance-messages.ts';
import type { Deps } from '../../http/deps.ts';
import { mayAct, type Person, type TaskAct } from '../../http/policy.ts';
import type { TaskView } from './schemas.ts';

export function taskView(row: TaskRow): TaskView {
  const { _id, seq: _seq, key: _key, excludedUsers: _excluded, columnKeys: _keys, ...shown } = row;
  return { ...shown, id: _id };
}

export async function oneTaskView(deps: Deps, row: TaskRow, person: Person): Promise<unknown> {
  const plan = await planOf(row);
  const form = (row.formId !== undefined && plan?.forms[row.formId]) || null;
  const englishName = plan?.englishNames?.[row.element];
  return {
    ...taskView(row),
    ...(englishName !== undefined && { englishName }),
    form,
    variables: form ? await formVariables(deps, row, form) : {},
    acts: row.status === 'open' ? actsOf(row, person) : [],
  };
}

/** What is allowed to the person and makes sense for the task as it stands. */
function actsOf(row: TaskRow, person: Person): TaskAct[] {
  const sensible: Record<TaskAct, boolean> = {
    claim: row.assignee === null,
    unclaim: row.assignee === person.id,
    return: row.assignee === person.id,
    assign: true,
    complete: row.assignee === null || row.assignee === person.id,
  };
  const acts = Object.keys(sensible) as TaskAct[];
  return acts.filter((one) => sensible[one] && mayAct(person, row, one).ok);
}

const plans = new Map<string, Plan>();
const maxPlans = 50;

/** Plans never change under their hash, so the few in use are kept. */
async function planOf(row: TaskRow): Promise<Plan | undefined> {
  const instance = await findInstance(row.instance);
  if (!instance) return undefined;
  const { key, version, hash } = instance.definition;
  const cached = plans.get(hash);
  if (cached) return cached;
  const found = await findPlan<Plan>(key, version);
  if (!found || found.hash !== hash) return undefined;
  if (plans.size >= maxPlans) plans.clear();
  plans.set(hash, found.plan);
  return found.plan;
}

/** The values of the form's fields as the task sees them; null when no worker answers: the task can still be shown. */
async function formVariables({ processes, log }: Deps, row: TaskRow, form: PlanForm): Promise<Variables | null> {
  if (row.status !== 'open') return {};
  try {
    const outcome = await processes.query<InstanceState>(row.instance, queryNames.state);
    return outcome.kind === 'done' ? pick(visibleVariables(outcome.answer, row.key), form) : {};
  } catch (error) {
    log.warn({ err: error instanceof Error ? error.message : 'unknown' }, 'form variables not available');
    return null;
  }
}

function pick(variables: Variables, form: PlanForm): Variables {
  const keys = form.fields.map((field) => field.key).filter((key) => Object.hasOwn(variables, key));
  return Object.fromEntries(keys.map((key) => [key, variables[key] ?? null]));
}
