/** Jobs of service, send and business rule tasks as activities: local ones for short work, regular ones otherwise. */

import type { CancellationScope } from '@temporalio/workflow';
import {
  ActivityCancellationType,
  ActivityFailure,
  ApplicationFailure,
  isCancellation,
  type RetryPolicy,
  scheduleActivity,
  sleep,
} from '@temporalio/workflow';
import { jobCatalogue } from '../../activities/jobs/catalogue.ts';
import type { JobContext } from '../../activities/types.ts';
import type { BuiltInJob } from '../../engine/model/job-signature.ts';
import { ownValue } from '../../engine/model/own-property.ts';
import { oversizeOf } from '../../engine/model/payload-size.ts';
import type { JobWorker, Variables } from '../../engine/model/plan.ts';
import type { EngineEvent, IncidentParams, Key, RunJob } from '../../engine/model/types.ts';
import { fixedMsOf, parseDuration } from '../../engine/time/duration.ts';
import { isJobValue, resultTooLarge } from '../sealing/marks.ts';
import { newCancellableScope } from './cancellation-scopes.ts';
import { localActivity, localLimits } from './local-activities.ts';
import { findWorker, JobFailure, runOutsideJob } from './outside-jobs.ts';
import { isRecord } from './payload-guards.ts';

export interface Jobs {
  run(job: RunJob): void;
  drop(key: Key): void;
  /** Jobs a next run would have to restart. */
  open(): RunJob[];
  /** Whether a local job is running: its result arrives within this workflow task. */
  settling(): boolean;
}

export interface JobsHost {
  context(job: RunJob): JobContext;
  /** Registration of the job type as pinned in the plan; absent: built in, or computed at runtime. */
  worker(type: string): JobWorker | undefined;
  /** Name of the element, for the Temporal UI. */
  summary(job: RunJob): string;
  feed(event: EngineEvent): void;
}

/** An unavailable database or gateway does not use up retries (see activities/runtime/availability.ts). */
const unavailable = 'Unavailable';
const maxPauseMs = 60_000;

/**
 * Concurrent activities. The server buffers at most 100 events during a workflow task and fails the task beyond that,
 * repeatedly. Local activities are no events.
 */
const maxAtOnce = 50;

export function createJobs(host: JobsHost): Jobs {
  let atWork = 0;
  const inLine: { begin(): void; isWanted(): boolean }[] = [];
  const open = new Map<Key, { job: RunJob; scope: CancellationScope; local: boolean; paused: boolean }>();

  function follow(): void {
    atWork -= 1;
    for (let next = inLine.shift(); next; next = inLine.shift()) {
      if (!next.isWanted()) continue;
      atWork += 1;
      next.begin();
      return;
    }
  }

  async function work(job: RunJob, entry: { scope: CancellationScope; paused: boolean }): Promise<EngineEvent> {
    for (let outages = 0; ; outages++) {
      try {
        const variables = await entry.scope.run(() => dispatch(job, host));
        return { type: 'job-completed', key: job.key, variables };
      } catch (error) {
        if (isCancellation(error)) throw error;
        const cause = error instanceof ActivityFailure ? error.cause : error;
        if (!(cause instanceof ApplicationFailure && cause.type === unavailable)) return failed(job, cause);
        entry.paused = true;
        const pause = Math.min(maxPauseMs, 1000 * 2 ** outages);
        await entry.scope.run(() => sleep(pause, { summary: `${host.summary(job)}：系统暂不可用，稍后再试` }));
        entry.paused = false;
      }
    }
  }

  return {
    run(job) {
      const type = builtIn(job.type);
      const entry = { job, scope: newCancellableScope(), local: type?.execution.kind === 'local', paused: false };
      open.get(job.key)?.scope.cancel();
      open.set(job.key, entry);
      const done = (event?: EngineEvent) => {
        if (open.get(job.key) === entry) open.delete(job.key);
        if (event && !entry.scope.consideredCancelled) host.feed(answerOf(job, event));
      };
      const begin = () =>
        void work(job, entry)
          .then(done, (error) => {
            if (!isCancellation(error)) throw error;
            done();
          })
          .then(() => (entry.local ? undefined : follow()));
      if (entry.local) begin();
      else if (atWork >= maxAtOnce) inLine.push({ begin, isWanted: () => open.get(job.key) === entry });
      else {
        atWork += 1;
        begin();
      }
    },
    drop(key) {
      const entry = open.get(key);
      open.delete(key);
      entry?.scope.cancel();
    },
    open: () => [...open.values()].map((entry) => entry.job),
    settling() {
      for (const entry of open.values()) if (entry.local && !entry.paused) return true;
      return false;
    },
  };
}

/** A key may have several jobs, one after the other: the result says which one it belongs to. */
const answerOf = (job: RunJob, event: EngineEvent): EngineEvent =>
  job.part === undefined ? event : ({ ...event, part: job.part } as EngineEvent);

const builtIn = (type: string): BuiltInJob | undefined => ownValue(jobCatalogue, type);

/** @throws JobFailure when no worker is registered */
async function dispatchOutside(job: RunJob, retry: RetryPolicy, host: JobsHost): Promise<Variables> {
  const worker = host.worker(job.type) ?? (await findWorker(job, host.summary(job)));
  if (!worker) throw new JobFailure('unknown-job-type', { reason: 'job-type-unregistered', jobType: job.type });
  return runOutsideJob(job, worker, retry, host);
}

/** For jobs that are not built in. */
const usualRetry = { initialInterval: 'PT0.5S', maximumInterval: 'PT30S' };

function dispatch(job: RunJob, host: JobsHost): Promise<Variables> {
  const type = builtIn(job.type);
  const args = [job.input, host.context(job)];
  const summary = host.summary(job);
  const { initialInterval, maximumInterval } = type?.retry ?? usualRetry;
  const retry = {
    initialInterval: msOf(initialInterval),
    backoffCoefficient: 2,
    maximumInterval: msOf(maximumInterval),
    // Zero would mean unlimited.
    maximumAttempts: Math.max(1, job.retries),
    nonRetryableErrorTypes: ['BpmnError', unavailable],
  } satisfies RetryPolicy;
  if (type?.execution.kind === 'local')
    return localActivity<Variables>(type.activity, args, { ...localLimits, retry, summary });
  // Input of a local activity, which stays in the worker.
  const size = oversizeOf(job.input);
  if (size) throw new JobFailure('job-failed', { reason: 'job-input-size', ...size });
  if (!type) return dispatchOutside(job, retry, host);
  return scheduleActivity<Variables>(type.activity, args, {
    startToCloseTimeout: msOf(type.execution.startToCloseTimeout),
    cancellationType: ActivityCancellationType.TRY_CANCEL,
    retry,
    summary,
  });
}

const msOf = (duration: string): number => fixedMsOf(parseDuration(duration));

/** Sealed with the job key for external jobs, with the acting key for built-in ones. */
function detailsOf({ type }: RunJob, { details }: ApplicationFailure): unknown[] {
  if (builtIn(type)) return details ?? [];
  return (details ?? []).map((one) => (isJobValue(one) ? one['careloop:job'] : undefined));
}

/** A BPMN error is an ApplicationFailure of type `BpmnError` with details [code, variables]; other failures become incidents. */
function failed(job: RunJob, cause: unknown): EngineEvent {
  const message = cause instanceof Error ? cause.message : String(cause);
  if (cause instanceof JobFailure)
    return { type: 'job-failed', key: job.key, code: cause.code, message, params: cause.params };
  if (cause instanceof ApplicationFailure && cause.type === 'BpmnError') {
    const [errorCode, variables] = detailsOf(job, cause);
    if (typeof errorCode !== 'string')
      return {
        type: 'job-failed',
        key: job.key,
        code: 'job-failed',
        message,
        params: { reason: 'error-code-missing', cause: message },
      };
    return {
      type: 'job-failed',
      key: job.key,
      code: 'unhandled-error',
      message,
      errorCode,
      ...(isRecord(variables) && { variables: variables as Variables }),
    };
  }
  const size = resultSizeOf(cause);
  return { type: 'job-failed', key: job.key, code: 'job-failed', message, ...(size && { params: size }) };
}

/** For external jobs Temporal's worker detects it, without giving the size. */
function resultSizeOf(cause: unknown): IncidentParams | undefined {
  if (!(cause instanceof ApplicationFailure)) return undefined;
  if (cause.type === 'PayloadsTooLarge') return { reason: 'job-result-size' };
  return cause.type === resultTooLarge
    ? { reason: 'job-result-size', ...(cause.details?.[0] as { megabytes: string }) }
    : undefined;
}
