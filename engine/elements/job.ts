/** External work: the activity named by `zeebe:taskDefinition type`, at any element. */

import type { Failure } from '../core/failure.ts';
import { waitAt } from '../core/hold.ts';
import { defaultRetries, retriesOf } from '../core/job-retries.ts';
import { complete } from '../core/moves.ts';
import { addCommand } from '../core/run.ts';
import type { ElementBehaviour, Run, Token } from '../core/run-types.ts';
import { lookupAt, lookupOf, lookupStartOf, tokenOf } from '../core/token.ts';
import { visible } from '../core/variables.ts';
import { failWork, jobIncidentOf } from '../core/work-failure.ts';
import { evaluateText } from '../events/arm.ts';
import { compensatedData } from '../events/compensables.ts';
import type { JobDefinition, Mapping, Variables } from '../model/plan.ts';

export function startJob(token: Token, run: Run, job: JobDefinition): Failure | undefined {
  const lookup = lookupAt(run, token);
  const type = evaluateText(run, 'job-type', job.type, lookup);
  if (!type.ok) return type;
  const retries = retriesOf(run, job, lookup);
  if (!retries.ok) return retries;
  const failure = waitAt(run, token, { kind: 'job', jobType: type.value, attempt: 1 });
  if (failure) return failure;
  scheduleJob(run, token, type.value, retries.value, job);
  return undefined;
}

/** A job with input mappings gets their targets only, so that no other data leaves the instance; without, all visible variables. */
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

/** A compensation handler reads the data of the activity it compensates; its job gets only the mapped part. */
function jobInput(run: Run, token: Token, inputs: Mapping[]): Variables {
  const locals = token.variables ?? {};
  const undone = compensatedData(run, token);
  if (undone === undefined) return locals;
  const targets = inputs.map(({ target }) => target.split('.')[0]);
  return Object.fromEntries(
    Object.entries(locals).filter(([name]) => !Object.hasOwn(undone, name) || targets.includes(name)),
  );
}

/** For kinds implemented by a job, whose result completes them. */
export const jobWait: Pick<ElementBehaviour, 'resume' | 'retry'> = {
  resume(run, wait, occurrence) {
    if (wait.kind !== 'job') return;
    if (occurrence.type === 'job-completed') complete(run, tokenOf(run, wait), occurrence.variables);
    else if (occurrence.type === 'job-failed') {
      const { code, variables } = occurrence;
      failWork(run, wait, jobIncidentOf(code), occurrence, variables ? { variables } : {});
    }
  },
  /** Ordered once more, under the same key. */
  retry(run, wait) {
    const token = tokenOf(run, wait);
    const { element } = token;
    if (wait.kind !== 'job' || !('job' in element) || element.job === undefined) return;
    const retries = retriesOf(run, element.job, lookupOf(run, wait));
    scheduleJob(run, token, wait.jobType, retries.ok ? retries.value : defaultRetries, element.job);
  },
};
