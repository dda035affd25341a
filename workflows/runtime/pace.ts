/**
 * How much an instance does at once of what needs no waiting: a workflow task that computes for five seconds ends the worker, with all
 * instances it runs. What exceeds a task's share waits for the next task, in order.
 */
import { sleep, workflowInfo } from '@temporalio/workflow';
import { newCancellableScope } from './cancellation-scopes.ts';

/** A step takes some milliseconds, of a large instance up to a hundred. */
export const turnsPerTask = 20;

export interface Pace {
  /** Resolves when it is this one's turn: at once, or in a later workflow task. */
  turn(): Promise<void>;
}

export function createPace(): Pace {
  const queue: (() => void)[] = [];
  let task = -1;
  let taken = 0;
  let waiting = false;

  /** Counted per workflow task, known by the length of the history it began with: at replay the same. */
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
