/** What completing a task writes of its form, or what is wrong with what was sent. */

import { notTakenIn, undeclaredIn, withoutGiven } from '../core/intake.ts';
import { elementOf } from '../core/run.ts';
import type { Run } from '../core/run-types.ts';
import { enclosing, evaluate, visible } from '../core/variables.ts';
import type { PlanForm, Variables } from '../model/plan.ts';
import type { WaitOf } from '../model/types.ts';
import { type Submission, submitForm } from './form-values.ts';

/** A task without a form takes in the names that its output mapping reads. */
export function submitTask(run: Run, wait: WaitOf<'task'>, given: Variables): Submission {
  const form = formOfTask(run, wait);
  if (!form) {
    const undeclared = undeclaredIn(run, elementOf(run, wait.element), given);
    return { problems: undeclared.map(notTakenIn), values: given };
  }
  const { now, context } = run;
  const { problems, values } = submitForm(form, given, {
    variables: visible(run, wait.variables, enclosing(run, wait)),
    evaluate: (feel, lookup) => evaluate(run, { feel }, lookup),
    now,
    zone: context.calendar.zone,
  });
  return { problems, values: withoutGiven(run, values) };
}

export function formOfTask(run: Run, wait: WaitOf<'task'>): PlanForm | undefined {
  const element = elementOf(run, wait.element);
  const formId = element.kind === 'userTask' ? element.user.formId : undefined;
  return formId === undefined ? undefined : run.plan.forms[formId];
}
