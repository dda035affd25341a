/** The title of an instance, recalculated only when process variables or the definition have changed. */
import type { Plan, Variables } from '../../engine/model/plan.ts';
import type { Env, InstanceState } from '../../engine/model/types.ts';

type TitleReader = (at: { plan: Plan; state: InstanceState; variables: Variables }, env: Env) => string;

/** @returns a function that gives the name of the process where it has no title, or the title is null */
export function createTitle(): TitleReader {
  let last: { plan: Plan; variables: Variables; title: string } | undefined;
  return ({ plan, state, variables }, { now, evaluator }) => {
    if (!plan.title) return plan.name;
    if (last?.plan !== plan || last.variables !== variables) {
      const value = evaluator.evaluate(plan.title, (name) => variables[name], { now, calendar: state.calendar });
      last = { plan, variables, title: value.ok && value.value !== null ? String(value.value) : plan.name };
    }
    return last.title;
  };
}
