/** Work done outside: the activity named by `zeebe:taskDefinition type` does it, whatever element it stands at. */

import { type Failure, fail, failedExpression } from '../core/failure.ts';
import { waitAt } from '../core/hold.ts';
import { addCommand } from '../core/run.ts';
import type { Run, Token } from '../core/run-types.ts';
import { lookupAt, lookupStartOf } from '../core/token.ts';
import { evaluate, type Lookup, lookupFrom, visible } from '../core/variables.ts';
import { evaluateText } from '../events/arm.ts';
import { compensatedData } from '../events/compensables.ts';
import type { JobDefinition, Mapping, Variables } from '../model/plan.ts';
import type { Key, WaitOf } from '../model/types.ts';

const defaultRetries = 3;

export function startJob(token: Token, run: Run, job: JobDefinition): Failure | undefined {
  const lookup = lookupAt(run, token);
  const type = evaluateText(run, '任务类型', job.type, lookup);
  if (!type.ok) return type;
  const retries = retriesOf(run, job, lookup);
  if (!retries.ok) return retries;
  const failure = waitAt(run, token, { kind: 'job', jobType: type.value, attempt: 1 });
  if (failure) return failure;
  scheduleJob(run, token, type.value, retries.value, job);
  return undefined;
}

export function retriesOf(run: Run, job: JobDefinition, lookup: Lookup): { ok: true; value: number } | Failure {
  if (job.retries === undefined) return { ok: true, value: defaultRetries };
  const result = evaluate(run, job.retries, lookup);
  if (!result.ok) return failedExpression('重试次数', job.retries, result);
  const retries = Number(result.value);
  return Number.isInteger(retries) && retries >= 0
    ? { ok: true, value: retries }
    : fail('expression-failed', '重试次数不是整数。');
}

/** A job with input mappings gets their targets only: no more data leaves than is asked for. Without, it sees what its scope sees. */
function scheduleJob(run: Run, token: Token, type: string, retries: number, job: JobDefinition): void {
  const { element } = token;
  const mapped = 'inputs' in element && element.inputs !== undefined && element.inputs.length > 0;
  const input = mapped
    ? jobInput(run, token, element.inputs ?? [])
    : visible(run, token.variables, lookupStartOf(token));
  const headers = job.headers ?? noHeaders;
  addCommand(run, { do: 'run-job', key: token.key, element: element.id, type, input, headers, retries });
}
const noHeaders = {};

/** A handler of a compensation reads the data of what it undoes; its job gets of that only what is mapped. */
function jobInput(run: Run, token: Token, inputs: Mapping[]): Variables {
  const locals = token.variables ?? {};
  const undone = compensatedData(run, token);
  if (undone === undefined) return locals;
  const targets = inputs.map(({ target }) => target.split('.')[0]);
  return Object.fromEntries(
    Object.entries(locals).filter(([name]) => !Object.hasOwn(undone, name) || targets.includes(name)),
  );
}

/** Ordered once more after an incident, under the same key. */
export function retryJob(run: Run, token: Token, wait: WaitOf<'job'>, start: Key): void {
  const { element } = token;
  if (!('job' in element) || element.job === undefined) return;
  const retries = retriesOf(run, element.job, lookupFrom(run, wait.variables, start));
  scheduleJob(run, token, wait.jobType, retries.ok ? retries.value : defaultRetries, element.job);
}
