/**
 * A worker that serves any job type, for definitions without services yet, drills and load tests: it answers each job
 * as configured, after a delay. It relies on docs/job-workers.md only.
 */

import { setTimeout as delay } from 'node:timers/promises';
import { activityInfo, cancellationSignal } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { type NativeConnection, Worker } from '@temporalio/worker';
import { z } from 'zod';
import { ownValue } from '../engine/model/own-property.ts';
import { fixedMsOf, parseDuration } from '../engine/time/duration.ts';
import { jobConverter } from '../temporal/sealing/converter.ts';
import type { SealingKeys } from '../temporal/sealing/keys.ts';

const duration = z.string().transform((text, context) => {
  try {
    return fixedMsOf(parseDuration(text));
  } catch {
    context.addIssue({ code: 'custom', message: `"${text}" is not a duration such as PT0.2S.` });
    return z.NEVER;
  }
});

const outcome = z.strictObject({
  /** Output of the job. */
  variables: z.record(z.string(), z.json()).optional(),
  /** Instead: a BPMN error with this code. */
  error: z.string().min(1).optional(),
  /** Instead: a failure with this message, retried as the definition says. */
  failure: z.string().min(1).optional(),
  /** How long it takes. */
  delay: duration.optional(),
});

/** By job type; `*` for the others. */
export const outcomesSchema = z.record(z.string().min(1), outcome);
export type Outcomes = z.output<typeof outcomesSchema>;
export const delaySchema = duration;

export interface GenericWorkerOptions {
  connection: NativeConnection;
  namespace: string;
  taskQueue: string;
  keys: SealingKeys['job'];
  /** Absent: all. */
  types?: readonly string[];
  outcomes?: Outcomes;
  delayMs?: number;
  /** A job was answered. */
  onJob?(type: string): void;
}

export function createGenericWorker(options: GenericWorkerOptions): Promise<Worker> {
  const { connection, namespace, taskQueue, keys, types, outcomes = {}, delayMs = 0, onJob } = options;

  async function job(): Promise<Record<string, unknown>> {
    const { activityType } = activityInfo();
    const outcome = ownValue(outcomes, activityType) ?? outcomes['*'] ?? {};
    await delay(outcome.delay ?? delayMs, undefined, { signal: cancellationSignal() });
    onJob?.(activityType);
    const { variables = {} } = outcome;
    if (outcome.error !== undefined)
      throw ApplicationFailure.nonRetryable(
        `${activityType} answers ${outcome.error}.`,
        'BpmnError',
        outcome.error,
        variables,
      );
    if (outcome.failure !== undefined) throw new Error(outcome.failure);
    return variables;
  }

  return Worker.create({
    connection,
    namespace,
    taskQueue,
    dataConverter: jobConverter(keys),
    // `default` is the SDK's fallback activity.
    activities: Object.fromEntries((types ?? ['default']).map((type) => [type, job])),
    maxConcurrentActivityTaskExecutions: 200,
    shutdownGraceTime: '2s',
  });
}
