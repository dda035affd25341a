/** What a start brings: what the start form makes of the variables that were sent, as the form of a task does. */
import { createEvaluator } from '../../../engine/feel/evaluator.ts';
import { refusal } from '../../../engine/messages/refusals.ts';
import type { Plan, PlanForm, Variables } from '../../../engine/model/plan.ts';
import { submitForm } from '../../../engine/tasks/form-values.ts';
import { findCalendar } from '../../../store/organisation/calendars.ts';
import type { Facility } from '../../../store/organisation/facilities.ts';
import { refusalProblem } from '../instances/instance-updates.ts';

const nothing: PlanForm = { id: 'nothing', fields: [] };

/**
 * @param acceptsOthers operators and other programs set more than the form asks for
 * @returns what the instance begins with
 * @throws ProblemError 422 that names each wrong field
 */
export async function submitStart(
  plan: Plan,
  given: Variables,
  facility: Facility,
  acceptsOthers: boolean,
): Promise<Variables> {
  const { profile, forms } = plan;
  const form = profile?.startForm === undefined ? undefined : forms[profile.startForm];
  if (!form && acceptsOthers) return given;
  const calendar = await findCalendar(facility.calendar);
  if (!calendar) throw new Error(`There is no working calendar ${facility.calendar}.`);
  const now = new Date().toISOString();
  const { problems, values } = submitForm(form ?? nothing, given, {
    variables: {},
    evaluate: (feel, lookup) => createEvaluator(plan).evaluate({ feel }, lookup, { now, calendar }),
    now,
    zone: facility.zone,
    acceptsOthers,
  });
  if (problems.length === 0) return values;
  const details = problems.map(({ field, code, message }) => ({ field, code, message: { ...message } }));
  throw await refusalProblem(refusal('form-invalid', details));
}
