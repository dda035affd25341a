/** The evaluator of a plan: each distinct expression is compiled at its first use and kept. Runs inside the workflow sandbox. */
import { oncePerPlan } from '../model/once-per-plan.ts';
import type { Expression, Plan } from '../model/plan.ts';
import type { Evaluator } from '../model/types.ts';
import { type Compiled, compileFeel, failed } from './compiled.ts';

/** What does not parse (a plan of before the check at deployment) fails each time it is needed. */
function compiledOrFailing(source: string): Compiled {
  try {
    return compileFeel(source);
  } catch (failure) {
    const result = failed(source, failure);
    return () => result;
  }
}

/**
 * Made once per plan; the same plan object gives the same evaluator.
 *
 * What its results mean (tests/engine/feel/evaluator.test.ts):
 * - a name no scope has → `missing-variable`, unless the expression asks about it (`is defined(x)`, `get or else(x, d)`, `x = null`);
 *   an unread branch of an `if` may name what is missing; in a filter of contexts it is null, as an entry that the item lacks;
 * - a path into null is null; a type mismatch, an unknown function, a bad date, a division by zero → `expression-failed`;
 * - a comparison with null is null: whoever needs true or false says so at its place.
 */
export const createEvaluator: (plan: Plan) => Evaluator = oncePerPlan(() => {
  const compiled = new Map<string, Compiled>();
  return {
    evaluate(expression: Expression, lookup, context) {
      if ('literal' in expression) return { ok: true, value: expression.literal };
      let run = compiled.get(expression.feel);
      if (!run) {
        run = compiledOrFailing(expression.feel);
        compiled.set(expression.feel, run);
      }
      return run(lookup, context);
    },
  };
});
