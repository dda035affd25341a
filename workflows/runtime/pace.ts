/**
 * Limits the work per workflow task: a task that computes for five seconds ends the worker with all its instances. Work
 * beyond the share waits for the next task, in order.
 */
import { sleep, workflowInfo } from '@temporalio/workflow';
import { newCancellableScope } from './cancellation-scopes.ts';

/** Typical duration of a step: some milliseconds, up to a hundred for a large instance. */
export const turnsPerTask = 20;

export interface Pace {
  /** Resolves in turn: at once, or in a later workflow task. */
  turn(): Promise<void>;
}

export function createPace(): Pace {
  const queue: (() => void)[] = [];
  let task = -1;
  let taken = 0;
  let waiting = false;

  /** Counted per workflow task, identified by the history length at its start, which is the same at replay. */
  function hasTurn(): boolean {
    const { historyLength } = workflowInfo();
    if (historyLength !== task) {
      task = historyLength;
      taken = 0;
    }
    return taken < turnsPerTask;
  }

  async function nextTasks(): Promise<void> {
    waiting = true;
    while (queue.length > 0) {
      await newCancellableScope().run(() => sleep(1, { summary: '继续已到期的事项' }));
      for (; queue.length > 0 && hasTurn(); taken += 1) queue.shift()?.();
    }
    waiting = false;
  }

  return {
    turn() {
      if (!waiting && hasTurn()) {
        taken += 1;
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        queue.push(resolve);
        if (!waiting) void nextTasks();
      });
    },
  };
}
