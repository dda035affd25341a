/** Failure as a value: what cannot go on says why, to a person, and becomes an incident at its element. */

import { hintFor } from '../messages/incident-messages.ts';
import type { Expression, Json } from '../model/plan.ts';
import type { Evaluation } from '../model/types.ts';

export interface Failure {
  ok: false;
  /** Stable, see `incidentWords`. */
  code: string;
  message: string;
  hint: string;
  details?: Json;
}

export type Outcome<T> = { ok: true; value: T } | Failure;

export function fail(code: string, message: string, details?: Json): Failure {
  const hint = hintFor(code);
  return details === undefined ? { ok: false, code, message, hint } : { ok: false, code, message, hint, details };
}

/** @param what the part of the drawing the expression stands for, in Chinese */
export function failedExpression(
  what: string,
  expression: Expression,
  evaluation: Extract<Evaluation, { ok: false }>,
): Failure {
  const source = 'feel' in expression ? expression.feel : expression.literal;
  const reason = evaluation.code === 'missing-variable' ? '用到的变量不存在' : '无法求值';
  return fail(evaluation.code, `${what}“${source}”${reason}：${evaluation.message}`, {
    expression: source,
    reason: evaluation.message,
  });
}
