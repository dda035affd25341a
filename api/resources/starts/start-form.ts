/** Variables of a start: the submitted variables after the start form's validation, like the form of a task. */
import { startNames } from '../../../engine/core/intake.ts';
import { createEvaluator } from '../../../engine/feel/evaluator.ts';
import { refusal } from '../../../engine/messages/refusals.ts';
import type { Plan, PlanForm, Variables } from '../../../engine/model/plan.ts';
import { submitForm } from '../../../engine/tasks/form-values.ts';
import type { CalendarRow } from '../../../store/organisation/calendars.ts';
import { refusalProblem } from '../instances/instance-updates.ts';
import { defaultsOf, holdsMarks, withStored } from '../variables/masked-values.ts';

const nothing: PlanForm = { id: 'nothing', fields: [] };

/** Facility of the start. */
export interface StartPlace {
  /** IANA zone. */
  zone: string;
  calendar(): Promise<CalendarRow | null>;
}

/**
 * Variables read by the start event's output mapping are accepted too: from everybody without a form, otherwise from
 * operators and programs.
 * @param operates whether an operator or a program starts it
 * @returns the initial variables
 * @throws ProblemError 422 that names each invalid field
 */
export async function submitStart(
  plan: Plan,
  given: Variables,
  operates: boolean,
  place: StartPlace,
): Promise<Variables> {
  const { profile, forms } = plan;
  const form = profile?.startForm === undefined ? undefined : forms[profile.startForm];
  const calendar = await place.calendar();
  if (!calendar) throw new Error('The facility has no working calendar.');
  const now = new Date().toISOString();
  const sent = form && holdsMarks(given) ? withStored(given, defaultsOf(form)) : given;
  const { problems, values } = submitForm(form ?? nothing, sent, {
    variables: {},
    evaluate: (feel, lookup) => createEvaluator(plan).evaluate({ feel }, lookup, { now, calendar }),
    now,
    zone: place.zone,
    ...((!form || operates) && { others: startNames(plan) }),
  });
  if (problems.length === 0) return values;
  const details = problems.map(({ field, code, message }) => ({ field, code, message: { ...message } }));
  throw await refusalProblem(refusal('form-invalid', details));
}
