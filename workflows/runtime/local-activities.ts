/**
 * Local activities, one at a time. Two under way at once end in two activations when they run, but in one when the history is replayed:
 * the moment would differ, and with it what the workflow does next.
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
 * Of every local activity. Temporal keeps a workflow task open for it, 8 seconds at most; then it makes an empty task after the first, and
 * gives what began it another time at replay. So an attempt is given up before that, and the next one waits for a timer, which is an event.
 */
export const localLimits = { startToCloseTimeout: '4s', localRetryThreshold: '100ms' } as const;

/** The local activity asked for last. */
const queue = perWorkflow(() => ({ last: Promise.resolve() as Promise<unknown> }));

/** In the scope of the caller, once those before it are done. */
export function localActivity<T>(name: string, args: unknown[], options: LocalActivityOptions): Promise<T> {
  const own = queue();
  const mine = own.last.then(() => scheduleLocalActivity<T>(name, args, options));
  own.last = mine.catch(() => undefined);
  return mine;
}

const maxPauseMs = 60_000;

/**
 * Tried for ever. The pauses are timers, so that a database that is away neither keeps workflow tasks open nor the other local
 * activities waiting.
 * @param onFailure called for each attempt that failed
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
        // At replay the SDK gives what ended it as it is (a TimeoutFailure), not within an ActivityFailure.
        if (isCancellation(error) || !(error instanceof TemporalFailure)) throw error;
        onFailure();
        await sleep(Math.min(maxPauseMs, 1000 * 2 ** failures), { summary: `${summary}：稍后再试` });
      }
    }
  });
}
