/** Failure as a value: what cannot be executed has a code and parameters, and becomes an incident at its element. */

import type { ExpressionPart, IncidentCode, IncidentParams } from '../model/incidents.ts';
import type { Expression } from '../model/plan.ts';
import type { Evaluation } from '../model/types.ts';

export interface Failure {
  ok: false;
  code: IncidentCode;
  params: IncidentParams;
}

export type Outcome<T> = { ok: true; value: T } | Failure;

export function fail(code: IncidentCode, params: IncidentParams): Failure {
  return { ok: false, code, params };
}

/** @param name of the flow or element of the expression, if the part alone is ambiguous */
export function failedExpression(
  part: ExpressionPart,
  expression: Expression,
  evaluation: Extract<Evaluation, { ok: false }>,
  name?: string,
): Failure {
  const source = 'feel' in expression ? expression.feel : expression.literal;
  const reason = evaluation.code === 'missing-variable' ? 'variable-missing' : 'evaluation';
  return fail(evaluation.code, {
    reason,
    part,
    ...(name !== undefined && { name }),
    expression: source,
    cause: evaluation.message,
  });
}
