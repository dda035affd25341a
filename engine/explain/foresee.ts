/**
 * Predicts the next waits for each choice of a task's form, by a step on a copy of the state. Values of other fields
 * are unknown; a choice whose path depends on them, or on a job result, is predicted only as far as it is certain.
 */
import { visibleVariables } from '../core/enclosing-scopes.ts';
import { step } from '../core/step.ts';
import type { FormField, Json, Plan, Variables } from '../model/plan.ts';
import type { Actor, Env, InstanceState, Key, Wait } from '../model/types.ts';
import { topScope } from '../tasks/form-scope.ts';
import { type FormContext, isHidden } from '../tasks/form-values.ts';

export interface ForeseenChoice {
  /** Id of the form. */
  form: string;
  /** Key of the field. */
  field: string;
  value: Json;
  label: string;
  /** New waits; empty when the instance ends or only existing waits remain. */
  next: Wait[];
  ends: boolean;
}

/** A field with more options is no decision. */
const mostOptions = 6;

/** @param by the person who would complete it */
export function foreseeChoices(plan: Plan, state: InstanceState, key: Key, by: Actor, env: Env): ForeseenChoice[] {
  const wait = state.waits[key];
  const element = wait && plan.elements[wait.element];
  if (wait?.kind !== 'task' || element?.kind !== 'userTask' || element.user.formId === undefined) return [];
  const form = element.user.formId;
  const fields = plan.forms[form]?.fields ?? [];
  const field = fields.find((one) => one.type === 'choice' && one.required && one.options !== undefined);
  const options = field?.options ?? [];
  if (!field || options.length < 2 || options.length > mostOptions) return [];
  const { calendar } = state;
  const seen = visibleVariables(state, key);
  const context: FormContext = {
    variables: seen,
    evaluate: (feel, lookup) => env.evaluator.evaluate({ feel }, lookup, { now: env.now, calendar }),
    now: env.now,
    zone: calendar.zone,
  };
  return options.flatMap(({ value, label }) => {
    const chosen = { [field.key]: value };
    const shown = fields.filter((one) => one !== field && !isHidden(one, topScope({ ...seen, ...chosen }), context));
    const variables: Variables = { ...Object.fromEntries(shown.flatMap(placeholder)), ...chosen };
    const event = { type: 'task', key, action: { type: 'complete', variables }, by } as const;
    const { state: after, refusal } = step(plan, state, event, env);
    if (refusal || hasNewIncident(state, after)) return [];
    const next = Object.values(after.waits).filter((one) => !(one.key in state.waits) && isStop(one, after));
    return [{ form, field: field.key, value, label, next, ends: after.status !== 'active' }];
  });
}

/** A possible value of a required field. */
function placeholder({ key, type, required, readonly, options, min, minLength }: FormField): [string, Json][] {
  if (!required || readonly === true || key.includes('.')) return [];
  switch (type) {
    case 'text':
      return [[key, '…'.padEnd(typeof minLength === 'number' ? minLength : 1, '…')]];
    case 'number':
      return [[key, typeof min === 'number' ? min : 1]];
    case 'boolean':
      return [[key, true]];
    case 'choice':
      return options?.[0] ? [[key, options[0].value]] : [];
    default:
      return [];
  }
}

const hasNewIncident = (before: InstanceState, after: InstanceState): boolean =>
  Object.values(after.waits).some(({ key, incident }) => incident !== undefined && !before.waits[key]?.incident);

/** Scopes and gateways contain others; attached waits belong to their host. */
const isStop = (wait: Wait, { waits }: InstanceState): boolean =>
  wait.kind !== 'scope' && wait.kind !== 'gateway' && (wait.host === undefined || waits[wait.host]?.kind === 'multi');
