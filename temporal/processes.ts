/**
 * Client of process workflows: start, update, query and signal, each with a deadline. Connects on demand and after
 * failures. Throws `NoWorkerError` and `InstanceBusyError` besides the errors of Temporal's client.
 */
import { type Client, QueryNotRegisteredError } from '@temporalio/client';
import { createWorkQueue, QueueTimeout } from '../store/db/work-queue.ts';
import { usualDescendantsPerDay } from '../store/runtime/descendants.ts';
import { batchWorkflow, batchWorkflowId } from '../workflows/batches/batch-messages.ts';
import type { Answer, StartInput, StartOrigin } from '../workflows/runtime/instance-messages.ts';
import { schedulerStart, scheduleWorkflow } from '../workflows/schedules/schedule-messages.ts';
import { reconnecting } from './connection.ts';
import type { TemporalSettings } from './connection-settings.ts';
import {
  InstanceBusyError,
  isGone,
  isUnanswered,
  isUpdateLimitReached,
  NoWorkerError,
  type Outcome,
  refusalOf,
} from './outcomes.ts';
import { retryUntil } from './retry-until.ts';
import { answered } from './sealing/client.ts';
import type { SealingKeys } from './sealing/keys.ts';
import { latestRun, type StartedBefore, startAfterEnd, startByRequest, startNew } from './start.ts';

/** Deadline of an update or query; the total when it has to queue. */
const answerWithinMs = 5000;
/**
 * Concurrent updates of one instance by this process. Temporal accepts ten (`history.maxInFlightUpdates`) and rejects
 * further ones with RESOURCE_EXHAUSTED, which its client retries after a second or more; the limit leaves room for
 * workers and other API processes.
 */
const updatesAtATime = 6;
export interface Processes {
  /** @returns false when this instance was started before */
  start(input: StartInput): Promise<boolean>;
  /**
   * @param name of its definition
   * @returns the earlier start; undefined when started now
   */
  startByRequest(input: StartInput & { origin: StartOrigin }, name: string): Promise<StartedBefore | undefined>;
  /**
   * Starts it for a message or signal: one at a time per business key, again after the previous one has ended.
   * @param cause id of the message or signal, which starts one instance at most
   * @returns false while an instance of another cause runs
   */
  begin(input: StartInput, cause: string): Promise<boolean>;
  /** Whether an instance of this id is running or has run. */
  exists(instance: string): Promise<boolean>;
  /** Whether it is running. */
  isRunning(instance: string): Promise<boolean>;
  /** Idempotent with the same `updateId`. Throws NoWorkerError when no worker answers. */
  update<A = Answer>(instance: string, name: string, argument: unknown, updateId: string): Promise<Outcome<A>>;
  query<T>(instance: string, name: string, ...args: unknown[]): Promise<Outcome<T>>;
  signal(instance: string, name: string, argument: unknown): Promise<Outcome<null>>;
  /** Starts or resumes a batch; waits a few seconds for its end. */
  workOff(batch: string): Promise<void>;
  /** Notifies the scheduler of a definition of a deployment; starts it if it is not running. */
  follow(process: string): Promise<void>;
  /** Throws when the server does not answer. */
  ping(): Promise<void>;
  /** Last poll of a worker on our own queue or another; null when there was none recently. */
  lastPoll(of?: { taskQueue: string; kind: 'workflow' | 'activity' }): Promise<Date | null>;
  /** Workers that polled our own queue in the last minutes, latest first. */
  pollers(): Promise<Poller[]>;
  close(): Promise<void>;
}

export interface Poller {
  identity: string;
  kinds: ('workflow' | 'activity')[];
  /** Last poll. */
  seenAt: string;
}

export type UpdateResult = 'done' | 'refused' | 'gone' | 'failed';

/** @param onUpdate called with the outcome of each update (metrics) */
export function createProcesses(
  settings: TemporalSettings & { taskQueue: string; descendantsPerDay?: number },
  keys: SealingKeys,
  onUpdate: (update: string, result: UpdateResult) => void = () => undefined,
): Processes {
  const connection = reconnecting(settings, keys);
  const turns = createWorkQueue(updatesAtATime);

  async function within<T>(ms: number, work: (client: Client) => Promise<T>): Promise<T> {
    const client = await connection.get();
    return client.withDeadline(Date.now() + ms, () => work(client));
  }

  async function ping(): Promise<void> {
    await within(2000, (client) => client.workflowService.getSystemInfo({}));
  }

  async function pollersOf(taskQueue: string, kind: 'workflow' | 'activity'): Promise<Poll[]> {
    const { pollers } = await within(2000, (client) =>
      client.workflowService.describeTaskQueue({
        namespace: settings.namespace,
        taskQueue: { name: taskQueue },
        taskQueueType: kind === 'workflow' ? 1 : 2,
      }),
    );
    return (pollers ?? []).map(({ identity, lastAccessTime }) => ({
      identity: identity ?? '',
      kind,
      seenAt: new Date(Number(lastAccessTime?.seconds ?? 0) * 1000).toISOString(),
    }));
  }

  /** No answer: either no worker runs, or the server is unavailable (then its own error says so). */
  async function unanswered(error: unknown): Promise<unknown> {
    if (!isUnanswered(error)) return error;
    return ping().then(
      () => new NoWorkerError(error),
      (away: unknown) => away,
    );
  }

  return {
    start: (input) => within(answerWithinMs, (client) => startNew(client, settings.taskQueue, input)),

    startByRequest: (input, name) =>
      within(answerWithinMs, (client) => startByRequest(client, settings.taskQueue, input, name)),

    begin: (input, cause) =>
      within(answerWithinMs, (client) =>
        startAfterEnd(client, settings.taskQueue, input, cause, settings.descendantsPerDay ?? usualDescendantsPerDay),
      ),

    exists: (instance) => within(answerWithinMs, async (client) => (await latestRun(client, instance)) !== undefined),

    isRunning: (instance) =>
      within(answerWithinMs, async (client) => (await latestRun(client, instance))?.running ?? false),

    async update<A = Answer>(instance: string, name: string, argument: unknown, updateId: string): Promise<Outcome<A>> {
      const count = (result: UpdateResult) => onUpdate(name, result);
      const until = Date.now() + answerWithinMs;
      const send = async (): Promise<A> => {
        const client = await connection.get();
        return retryUntil(client, until, () =>
          client.workflow.getHandle(instance).executeUpdate<A, [unknown]>(name, { args: [argument], updateId }),
        );
      };
      try {
        const answer = answered(await turns.run(instance, until, send));
        count('done');
        return { kind: 'done', answer };
      } catch (error) {
        if (isGone(error)) {
          count('gone');
          return { kind: 'gone' };
        }
        const refusal = refusalOf(error);
        if (refusal) {
          count('refused');
          return { kind: 'refused', refusal };
        }
        count('failed');
        if (error instanceof QueueTimeout || isUpdateLimitReached(error)) throw new InstanceBusyError(instance, error);
        throw await unanswered(error);
      }
    },

    async query<T>(instance: string, name: string, ...args: unknown[]): Promise<Outcome<T>> {
      try {
        const answer = await within(answerWithinMs, (client) =>
          client.workflow.getHandle(instance).query<T, unknown[]>(name, ...args),
        );
        return { kind: 'done', answer };
      } catch (error) {
        if (isGone(error) || error instanceof QueryNotRegisteredError) return { kind: 'gone' };
        throw await unanswered(error);
      }
    },

    async signal(instance, name, argument) {
      try {
        await within(answerWithinMs, (client) => client.workflow.getHandle(instance).signal(name, argument));
        return { kind: 'done', answer: null };
      } catch (error) {
        if (isGone(error)) return { kind: 'gone' };
        throw error;
      }
    },

    async follow(process) {
      await within(answerWithinMs, (client) =>
        client.workflow.signalWithStart(scheduleWorkflow, schedulerStart(process, settings.taskQueue)),
      );
    },

    async workOff(batch) {
      const workflowId = batchWorkflowId(batch);
      const handle = await within(answerWithinMs, (client) =>
        client.workflow.start(batchWorkflow, {
          workflowId,
          taskQueue: settings.taskQueue,
          args: [batch],
          workflowIdReusePolicy: 'ALLOW_DUPLICATE',
          workflowIdConflictPolicy: 'USE_EXISTING',
          staticSummary: `批量变更 ${batch.slice(0, 12)}`,
        }),
      );
      await within(answerWithinMs, () => handle.result()).catch((error: unknown) => {
        if (!isUnanswered(error)) throw error;
      });
    },

    ping,

    async lastPoll({ taskQueue, kind } = { taskQueue: settings.taskQueue, kind: 'workflow' }) {
      const [latest] = together(await pollersOf(taskQueue, kind));
      return latest ? new Date(latest.seenAt) : null;
    },

    async pollers() {
      const kinds = ['workflow', 'activity'] as const;
      return together((await Promise.all(kinds.map((kind) => pollersOf(settings.taskQueue, kind)))).flat());
    },

    close: connection.close,
  };
}

interface Poll {
  identity: string;
  kind: 'workflow' | 'activity';
  seenAt: string;
}

/** A worker polls for both kinds of tasks under one identity. Latest first. */
function together(seen: Poll[]): Poller[] {
  const found = new Map<string, Poller>();
  for (const { identity, kind, seenAt } of seen) {
    const known = found.get(identity) ?? { identity, kinds: [], seenAt };
    const latest = known.seenAt > seenAt ? known.seenAt : seenAt;
    found.set(identity, { identity, kinds: [...new Set([...known.kinds, kind])], seenAt: latest });
  }
  return [...found.values()].sort((a, b) => (a.seenAt < b.seenAt ? 1 : -1));
}
