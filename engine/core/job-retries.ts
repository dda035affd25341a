/** Number of attempts of a job. */
import type { JobDefinition } from '../model/plan.ts';
import { type Failure, fail, failedExpression } from './failure.ts';
import type { Run } from './run-types.ts';
import { evaluate, type Lookup } from './variables.ts';

/** Default. */
export const defaultRetries = 3;

export function retriesOf(run: Run, job: JobDefinition, lookup: Lookup): { ok: true; value: number } | Failure {
  if (job.retries === undefined) return { ok: true, value: defaultRetries };
  const result = evaluate(run, job.retries, lookup);
  if (!result.ok) return failedExpression('retries', job.retries, result);
  const retries = Number(result.value);
  return Number.isInteger(retries) && retries >= 0
    ? { ok: true, value: retries }
    : fail('expression-failed', { reason: 'wrong-type', part: 'retries', expected: 'whole-number' });
}
