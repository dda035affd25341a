/** Forms of tests: compiled from form-js components as a deployment does, and filled in at a facility in Shanghai on 4 November 2026. */
import { createEvaluator } from '../../../engine/feel/evaluator.ts';
import type { Json, PlanForm, Variables } from '../../../engine/model/plan.ts';
import { type FormContext, type Submission, submitForm } from '../../../engine/tasks/form-values.ts';
import { chinaCalendar } from '../../../engine/time/china.ts';
import { around, diagramXml, errorsOf, extensions, planOf, userTask } from '../compile/builders.ts';

export type Component = { [key: string]: Json };

export const formXml = diagramXml(around(userTask(extensions('<zeebe:userTask/><zeebe:formDefinition formId="f"/>'))));
const schemaOf = (components: Component[]) => ({ type: 'default', id: 'f', components });

export async function formOf(...components: Component[]): Promise<PlanForm> {
  const plan = await planOf(formXml, { forms: { f: schemaOf(components) } });
  const form = plan.forms['f'];
  if (!form) throw new Error('the form is not in the plan');
  return form;
}

/** `code element` of each error. */
export const refusalsOf = (...components: Component[]): Promise<string[]> =>
  errorsOf(formXml, { forms: { f: schemaOf(components) } });

const now = '2026-11-04T02:00:00.000Z';
const calendar = chinaCalendar();

export function contextOf(form: PlanForm, variables: Variables): FormContext {
  const evaluator = createEvaluator({ forms: { f: form } } as never);
  return {
    variables,
    evaluate: (feel, lookup) => evaluator.evaluate({ feel }, lookup, { now, calendar }),
    now,
    zone: calendar.zone,
  };
}

export async function submit(
  components: Component[],
  given: Variables,
  variables: Variables = {},
  others: string[] = [],
): Promise<Submission> {
  const form = await formOf(...components);
  return submitForm(form, given, { ...contextOf(form, variables), others: new Set(others) });
}

/** `field code` of each problem. */
export const problemsOf = ({ problems }: Submission): string[] => problems.map(({ field, code }) => `${field} ${code}`);
