/** Jobs of service, send and rule tasks as activities: local where they take milliseconds, normal where they may not. */
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
import type { JobContext } from '../../activities/types.ts';
import type { Variables } from '../../engine/plan.ts';
import type { Command, EngineEvent, Key } from '../../engine/types.ts';
import { jobTypes } from '../job-types.ts';
import { localActivity } from './local.ts';
import { isRecord } from './shapes.ts';
import { ownScope } from './shield.ts';

export type RunJob = Extract<Command, { do: 'run-job' }>;

export interface Jobs {
  run(job: RunJob): void;
  drop(key: Key): void;
  /** Jobs a new run would have to send out again. */
  open(): RunJob[];
  /** Whether a local job is under way: its result comes within this workflow task. */
  settling(): boolean;
}

export interface JobsHost {
  context(job: RunJob): JobContext;
  /** Name of the element, for the Temporal UI. */
  summary(job: RunJob): string;
  feed(event: EngineEvent): void;
}

/** A database or gateway that is away is no failure of the job: it does not use up retries (see activities/availability.ts). */
const unavailable = 'Unavailable';
const longestPauseMs = 60_000;

export function createJobs(host: JobsHost): Jobs {
  const open = new Map<Key, { job: RunJob; scope: CancellationScope; local: boolean; paused: boolean }>();

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
        const pause = Math.min(longestPauseMs, 1000 * 2 ** outages);
        await entry.scope.run(() => sleep(pause, { summary: `${host.summary(job)}：系统暂不可用，稍后再试` }));
        entry.paused = false;
      }
    }
  }

  return {
    run(job) {
      const type = jobTypes[job.type as keyof typeof jobTypes] as { local: boolean } | undefined;
      if (!type) {
        host.feed({
          type: 'job-failed',
          key: job.key,
          code: 'unknown-job-type',
          message: `There is no job type "${job.type}".`,
        });
        return;
      }
      const entry = { job, scope: ownScope(), local: type.local, paused: false };
      open.get(job.key)?.scope.cancel();
      open.set(job.key, entry);
      const done = (event?: EngineEvent) => {
        if (open.get(job.key) === entry) open.delete(job.key);
        if (event && !entry.scope.consideredCancelled) host.feed(event);
      };
      work(job, entry).then(done, (error) => {
        if (!isCancellation(error)) throw error;
        done();
      });
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

function dispatch(job: RunJob, host: JobsHost): Promise<Variables> {
  const name = job.type.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const args = [job.input, host.context(job)];
  const summary = host.summary(job);
  const retry = {
    initialInterval: '500ms',
    backoffCoefficient: 2,
    maximumInterval: '30s',
    // Zero would mean without end.
    maximumAttempts: Math.max(1, job.retries),
    nonRetryableErrorTypes: ['BpmnError', unavailable],
  } satisfies RetryPolicy;
  return jobTypes[job.type as keyof typeof jobTypes].local
    ? localActivity<Variables>(name, args, {
        startToCloseTimeout: '10s',
        localRetryThreshold: '2s',
        retry,
        summary,
      })
    : scheduleActivity<Variables>(name, args, {
        startToCloseTimeout: '2m',
        cancellationType: ActivityCancellationType.TRY_CANCEL,
        retry,
        summary,
      });
}

/** A BPMN error is an ApplicationFailure of type `BpmnError` with details [code, variables]; anything else is an incident. */
function failed(job: RunJob, cause: unknown): EngineEvent {
  const message = cause instanceof Error ? cause.message : String(cause);
  if (cause instanceof ApplicationFailure && cause.type === 'BpmnError') {
    const [errorCode, variables] = cause.details ?? [];
    return {
      type: 'job-failed',
      key: job.key,
      code: 'unhandled-error',
      message,
      errorCode: String(errorCode),
      ...(isRecord(variables) && { variables: variables as Variables }),
    };
  }
  return { type: 'job-failed', key: job.key, code: 'job-failed', message };
}
