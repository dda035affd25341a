/** A condition of an activity: of its loop, of its completion, of the events it throws. */

import { fail, failedExpression, type Outcome } from '../core/failure.ts';
import type { Run } from '../core/run-types.ts';
import { evaluate, type Lookup } from '../core/variables.ts';
import type { ExpressionPart } from '../model/incidents.ts';
import type { Expression } from '../model/plan.ts';

/** A missing condition does not hold. */
export function conditionHolds(
  run: Run,
  condition: Expression | undefined,
  part: ExpressionPart,
  lookup: Lookup,
): Outcome<boolean> {
  if (condition === undefined) return { ok: true, value: false };
  const result = evaluate(run, condition, lookup);
  if (!result.ok) return failedExpression(part, condition, result);
  if (typeof result.value === 'boolean') return { ok: true, value: result.value };
  return fail('expression-failed', { reason: 'wrong-type', part, expected: 'boolean' });
}
