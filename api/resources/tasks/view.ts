/** A task in lists, and one task with its form, values and permitted acts. */
import { visibleVariables } from '../../../engine/core/enclosing-scopes.ts';
import { createEvaluator } from '../../../engine/feel/evaluator.ts';
import type { Plan, PlanForm } from '../../../engine/model/plan.ts';
import type { InstanceState } from '../../../engine/model/types.ts';
import type { FormContext } from '../../../engine/tasks/form-values.ts';
import { findFormSchema } from '../../../store/definitions/definitions.ts';
import { findPinnedPlan } from '../../../store/definitions/plans.ts';
import { findInstance } from '../../../store/runtime/instances.ts';
import type { TaskRow } from '../../../store/runtime/rows.ts';
import { isUrgent } from '../../../store/runtime/tasks.ts';
import { queryNames } from '../../../workflows/runtime/instance-messages.ts';
import type { Deps } from '../../http/deps.ts';
import { mayAct, mayReadTask, type Person, rolesAt, type TaskAct, takesOver } from '../../http/policy.ts';
import { summaryOf } from '../columns/summary.ts';
import { englishNamesOf } from '../definitions/english-names.ts';
import { formView, variablesShown } from '../forms/form-view.ts';
import { calendarOf, remainingOf } from './remaining.ts';
import type { TaskView } from './schemas.ts';

/** In lists: with the remaining time. */
export async function taskViews(rows: TaskRow[]): Promise<TaskView[]> {
  const now = new Date().toISOString();
  return Promise.all(rows.map((row) => viewOf(row, now)));
}

export const taskView = (row: TaskRow): Promise<TaskView> => viewOf(row, new Date().toISOString());

async function viewOf(row: TaskRow, now: string): Promise<TaskView> {
  const view = { ...shownOf(row), id: row._id, urgent: isUrgent(row) };
  const englishName = (await englishNamesOf(row.process))[row.element];
  const remaining = row.status === 'open' ? remainingOf(row, await calendarOf(row.facility), now) : undefined;
  return { ...view, ...(englishName !== undefined && { englishName }), ...(remaining && { remaining }) };
}

type Inside = '_id' | 'seq' | 'key' | 'excludedUsers' | 'columnKeys' | 'searchKeys' | 'leaderGroups';

function shownOf(row: TaskRow & { urgency?: string }): Omit<TaskRow, Inside> {
  const {
    _id,
    seq: _seq,
    key: _key,
    excludedUsers: _excluded,
    columnKeys: _keys,
    searchKeys: _searchKeys,
    leaderGroups: _leaders,
    urgency: _urgency,
    ...shown
  } = row;
  return shown;
}

export async function oneTaskView(deps: Deps, row: TaskRow, person: Person): Promise<unknown> {
  const found = await definitionOf(row);
  const plan = found?.plan;
  const form = formOf(row, plan);
  const englishName = plan?.englishNames?.[row.element];
  return {
    ...(await taskView(row)),
    ...(englishName !== undefined && { englishName }),
    ...(found && form
      ? await formShown(deps, row, found, form, mayReadTask(person, row))
      : { form: null, variables: {} }),
    summary: summaryOf(row, plan),
    acts: row.status === 'open' ? actsOf(row, person) : [],
    mayTakeOver: mayTakeOver(row, person),
  };
}

/** @param withValues whether this person may read the process data of the task */
async function formShown(deps: Deps, row: TaskRow, { plan, version }: Definition, form: PlanForm, withValues: boolean) {
  const [schema, state] = await Promise.all([
    findFormSchema(plan.key, version, form.id),
    withValues ? stateFor(deps, row) : undefined,
  ]);
  if (!state) return { form: formView(form, schema), variables: state === null ? null : {} };
  const now = new Date().toISOString();
  const { calendar } = state;
  const variables = visibleVariables(state, row.key);
  const evaluator = createEvaluator(plan);
  const context: FormContext = {
    variables,
    evaluate: (feel, lookup) => evaluator.evaluate({ feel }, lookup, { now, calendar }),
    now,
    zone: calendar.zone,
  };
  return { form: formView(form, schema, context), variables: variablesShown(form, schema, variables) };
}

/** @returns undefined without variables to query; null when no worker answers, so that the task can still be shown */
async function stateFor({ processes, log }: Deps, row: TaskRow): Promise<InstanceState | null | undefined> {
  if (row.status !== 'open') return undefined;
  try {
    const outcome = await processes.query<InstanceState>(row.instance, queryNames.state);
    return outcome.kind === 'done' ? outcome.answer : undefined;
  } catch (error) {
    log.warn({ err: error instanceof Error ? error.message : 'unknown' }, 'form variables not available');
    return null;
  }
}

/** Acts permitted to the person in the task's current state. */
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

/** Not claimable but self-assignable: assigned to another candidate, or meant for an absent person. */
function mayTakeOver(row: TaskRow, person: Person): boolean {
  if (row.status !== 'open' || row.assignee === person.id || !mayAct(person, row, 'assign').ok) return false;
  const isCandidate = rolesAt(person, row.facility).some((role) => row.candidateGroups.includes(role));
  return (isCandidate && row.assignee !== null) || takesOver(person, row);
}

const formOf = ({ formId }: TaskRow, plan: Plan | undefined): PlanForm | undefined =>
  formId === undefined ? undefined : plan?.forms[formId];

/** From the version the instance runs on. */
export async function formOfTask(row: TaskRow): Promise<PlanForm | undefined> {
  return row.formId === undefined ? undefined : formOf(row, (await definitionOf(row))?.plan);
}

interface Definition {
  plan: Plan;
  version: number;
}

async function definitionOf(row: TaskRow): Promise<Definition | undefined> {
  const instance = await findInstance(row.instance);
  if (!instance) return undefined;
  const { key, version, hash } = instance.definition;
  const plan = await findPinnedPlan<Plan>(key, version, hash);
  return plan && { plan, version };
}
