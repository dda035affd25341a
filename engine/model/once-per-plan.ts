/** What is worked out of a plan once, however many instances run by it: a plan never changes. */
import type { Plan } from './plan.ts';

export function oncePerPlan<T>(work: (plan: Plan) => T): (plan: Plan) => T {
  const known = new WeakMap<Plan, { value: T }>();
  return (plan) => {
    let of = known.get(plan);
    if (of === undefined) {
      of = { value: work(plan) };
      known.set(plan, of);
    }
    return of.value;
  };
}
