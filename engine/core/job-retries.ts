/** Number of attempts of a job. */
import type { JobDefinition } from '../model/plan.ts';
import { type Failure, fail, failedExpression } from './failure.ts';
import type { Run } from './run-types.ts';
import { evaluate, type Lookup } from './variables.ts';
import { wholeNumberOf } from './whole-number.ts';

/** Default. */
export const defaultRetries = 3;

export function retriesOf(run: Run, job: JobDefinition, lookup: Lookup): { ok: true; value: number } | Failure {
  if (job.retries === undefined) return { ok: true, value: defaultRetries };
  const result = evaluate(run, job.retries, lookup);
  if (!result.ok) return failedExpression('retries', job.retries, result);
  const retries = wholeNumberOf(result.value);
  return retries !== undefined
    ? { ok: true, value: retries }
    : fail('expression-failed', { reason: 'wrong-type', part: 'retries', expected: 'whole-number' });
}
