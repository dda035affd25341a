/** Jobs of external workers (docs/job-workers.md): activities on their task queue, by the type as drawn. */
import {
  ActivityCancellationType,
  ActivityFailure,
  type RetryPolicy,
  scheduleActivity,
  TimeoutFailure,
} from '@temporalio/workflow';
import type { JobContext } from '../../activities/types.ts';
import type { JobWorker, Variables } from '../../engine/model/plan.ts';
import type { EngineEvent, IncidentCode, IncidentParams, RunJob } from '../../engine/model/types.ts';
import { fixedMsOf, parseDuration } from '../../engine/time/duration.ts';
import { forJob, isJobValue } from '../sealing/marks.ts';
import { localActivity, localLimits } from './local-activities.ts';
import { isRecord } from './payload-guards.ts';

/** A failure of the runtime itself, worded from code and parameters. */
export class JobFailure extends Error {
  readonly code: IncidentCode;
  readonly params: IncidentParams;

  constructor(code: IncidentCode, params: IncidentParams) {
    super(code);
    this.code = code;
    this.params = params;
  }
}

/** Defaults of a registration. */
const defaultAttemptTimeout = 'PT5M';
const defaultQueueTimeout = 'PT1M';
const maxQueueTimeoutMs = 3_600_000;

export interface OutsideHost {
  context(job: RunJob): JobContext;
  summary(job: RunJob): string;
  feed(event: EngineEvent): void;
}

/**
 * A job that no worker takes in time raises an incident and stays in the queue: when a worker takes it later, the
 * instance continues.
 * @throws as activities do; a BPMN error is an ApplicationFailure of type `BpmnError`
 */
export async function runOutsideJob(
  job: RunJob,
  worker: JobWorker,
  retry: RetryPolicy,
  host: OutsideHost,
): Promise<Variables> {
  const patience = msOf(worker.scheduleToStartTimeout ?? defaultQueueTimeout);
  for (let untaken = 0; ; untaken++) {
    try {
      const answer = await scheduleActivity<unknown>(job.type, [forJob(job.input), forJob(host.context(job))], {
        taskQueue: worker.taskQueue,
        startToCloseTimeout: msOf(worker.startToCloseTimeout ?? defaultAttemptTimeout),
        ...(worker.heartbeatTimeout !== undefined && { heartbeatTimeout: msOf(worker.heartbeatTimeout) }),
        // Increasing intervals limit the number of events while no worker is running.
        scheduleToStartTimeout: Math.max(patience, Math.min(maxQueueTimeoutMs, patience * 2 ** untaken)),
        cancellationType: ActivityCancellationType.TRY_CANCEL,
        retry,
        summary: host.summary(job),
      });
      return variablesOf(answer, job);
    } catch (error) {
      const timeout =
        error instanceof ActivityFailure && error.cause instanceof TimeoutFailure ? error.cause : undefined;
      if (timeout?.timeoutType === 'SCHEDULE_TO_START')
        host.feed({
          type: 'job-failed',
          key: job.key,
          code: 'no-worker',
          message: '',
          params: queueTimeout(job, worker),
          ...(job.part !== undefined && { part: job.part }),
        });
      else if (timeout) throw new JobFailure('job-failed', attemptTimeout(timeout, worker));
      else throw error;
    }
  }
}

/** Registration of a type computed at runtime. */
export function findWorker(job: RunJob, summary: string): Promise<JobWorker | null> {
  return localActivity<JobWorker | null>('findJobType', [job.type], {
    ...localLimits,
    retry: {
      initialInterval: '500ms',
      backoffCoefficient: 2,
      maximumAttempts: 3,
      nonRetryableErrorTypes: ['Unavailable'],
    },
    summary,
  });
}

/** An unsealed empty result is rejected too: anybody with access to the task queue could send one. */
function variablesOf(sealed: unknown, job: RunJob): Variables {
  if (!isJobValue(sealed)) throw new JobFailure('job-failed', { reason: 'job-result-unsealed', jobType: job.type });
  const answer = sealed['careloop:job'];
  if (answer === undefined || answer === null) return {};
  if (isRecord(answer)) return answer as Variables;
  const got = Array.isArray(answer) ? 'a list' : typeof answer;
  throw new JobFailure('job-failed', { reason: 'job-result-type', jobType: job.type, got });
}

const queueTimeout = (
  job: RunJob,
  { taskQueue, scheduleToStartTimeout = defaultQueueTimeout }: JobWorker,
): IncidentParams => ({ reason: 'queue-timeout', taskQueue, jobType: job.type, timeout: scheduleToStartTimeout });

const attemptTimeout = ({ timeoutType }: TimeoutFailure, worker: JobWorker): IncidentParams =>
  timeoutType === 'HEARTBEAT'
    ? { reason: 'heartbeat-timeout', timeout: worker.heartbeatTimeout ?? '' }
    : { reason: 'job-timeout', timeout: worker.startToCloseTimeout ?? defaultAttemptTimeout };

/** Registered durations contain neither months nor years. */
const msOf = (duration: string): number => fixedMsOf(parseDuration(duration));
