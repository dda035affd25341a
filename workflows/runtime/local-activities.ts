/**
 * Runs local activities one at a time. Two concurrent ones finish in two activations live but in one at replay, so the
 * order of events would differ.
 */
import {
  isCancellation,
  type LocalActivityOptions,
  scheduleLocalActivity,
  sleep,
  TemporalFailure,
} from '@temporalio/workflow';
import { uncancellable } from './cancellation-scopes.ts';
import { perWorkflow } from './per-workflow.ts';

/**
 * Limits of every local activity. Temporal keeps a workflow task open for it, at most 8 seconds; after that it
 * completes the task, and workflow time at replay differs. So an attempt is given up earlier, and the next one waits
 * for a timer, which is an event.
 */
export const localLimits = { startToCloseTimeout: '4s', localRetryThreshold: '100ms' } as const;

/** The local activity requested last. */
const queue = perWorkflow(() => ({ last: Promise.resolve() as Promise<unknown> }));

/** In the scope of the caller, after the previous ones. */
export function localActivity<T>(name: string, args: unknown[], options: LocalActivityOptions): Promise<T> {
  const own = queue();
  const mine = own.last.then(() => scheduleLocalActivity<T>(name, args, options));
  own.last = mine.catch(() => undefined);
  return mine;
}

const maxPauseMs = 60_000;

/**
 * Retries forever. Pauses are timers, so that an unavailable database keeps neither workflow tasks open nor other local
 * activities waiting.
 * @param onFailure called for each failed attempt
 */
export function runUntilDone<T = void>(
  name: string,
  args: unknown[],
  summary: string,
  onFailure: () => void = () => undefined,
): Promise<T> {
  return uncancellable(async () => {
    for (let failures = 0; ; failures++) {
      try {
        return await localActivity<T>(name, args, {
          ...localLimits,
          retry: { maximumAttempts: 1 },
          summary,
        });
      } catch (error) {
        // At replay the SDK throws the cause itself (a TimeoutFailure), not an ActivityFailure.
        if (isCancellation(error) || !(error instanceof TemporalFailure)) throw error;
        onFailure();
        await sleep(Math.min(maxPauseMs, 1000 * 2 ** failures), { summary: `${summary}：稍后再试` });
      }
    }
  });
}
