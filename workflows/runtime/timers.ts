/** Engine timers as Temporal timers, one per trigger, and a single one for the next due date of a user task. */

import type { CancellationScope } from '@temporalio/workflow';
import { isCancellation, sleep } from '@temporalio/workflow';
import { taskDueDates } from '../../engine/explain/due-dates.ts';
import type { EngineEvent, InstanceState, Key } from '../../engine/model/types.ts';
import { isReached } from '../../engine/time/due.ts';
import type { TimeScale } from '../../engine/time/time-scale.ts';
import { newCancellableScope } from './cancellation-scopes.ts';
import { createPace } from './pace.ts';
import { realMsUntil } from './process-time.ts';

export interface Timers {
  /** `summary` is shown in the Temporal UI. */
  arm(timer: { key: Key; trigger: number; dueAt: string; summary: string }): void;
  drop(key: Key): void;
  /** Wakes the instance when a task becomes overdue; armed for the earliest due date only. */
  wakeAt(dueAt: string | undefined): void;
  /** When the next one fires. */
  next(): string | undefined;
  /** After a change of the time scale: all by the new one. */
  rearm(): void;
}

interface Armed {
  dueAt: string;
  summary: string;
  scope: CancellationScope;
}

export function createTimers(timeScale: () => TimeScale, feed: (event: EngineEvent) => void, wake: () => void): Timers {
  const armed = new Map<Key, Map<number, Armed>>();
  let waking: Armed | undefined;
  const pace = createPace();

  /** No timer for a time already passed (expired waits in a loop, a late cycle, highly accelerated process time). */
  function start(dueAt: string, summary: string, fire: () => void): Armed {
    const scope = newCancellableScope();
    const ms = realMsUntil(timeScale(), dueAt);
    const wait = ms === 0 ? pace.turn() : scope.run(() => sleep(ms, { summary }));
    wait.then(
      () => !scope.consideredCancelled && fire(),
      (error) => {
        if (!isCancellation(error)) throw error;
      },
    );
    return { dueAt, summary, scope };
  }

  const timers: Timers = {
    arm({ key, trigger, dueAt, summary }) {
      const ofKey = armed.get(key) ?? new Map<number, Armed>();
      armed.set(key, ofKey);
      ofKey.get(trigger)?.scope.cancel();
      const timer = start(dueAt, summary, () => {
        if (ofKey.get(trigger) === timer) ofKey.delete(trigger);
        feed({ type: 'timer', key, trigger });
      });
      ofKey.set(trigger, timer);
    },
    drop(key) {
      for (const timer of armed.get(key)?.values() ?? []) timer.scope.cancel();
      armed.delete(key);
    },
    wakeAt(dueAt) {
      if (dueAt === undefined) return;
      // A spurious early wake-up is cheaper than cancelling the timer: it checks again and arms the next one.
      if (waking && waking.dueAt <= dueAt) return;
      for (const ofKey of armed.values()) for (const timer of ofKey.values()) if (timer.dueAt === dueAt) return;
      waking?.scope.cancel();
      const timer = start(dueAt, '任务到期', () => {
        if (waking === timer) waking = undefined;
        wake();
      });
      waking = timer;
    },
    next: () =>
      [...armed.values()]
        .flatMap((ofKey) => [...ofKey.values()].map(({ dueAt }) => dueAt))
        .sort()
        .at(0),
    rearm() {
      for (const [key, ofKey] of armed)
        for (const [trigger, { dueAt, summary }] of ofKey) timers.arm({ key, trigger, dueAt, summary });
      const { dueAt } = waking ?? {};
      waking?.scope.cancel();
      waking = undefined;
      timers.wakeAt(dueAt);
    },
  };
  return timers;
}

/** Timers of a state, armed again by a new run. */
export function timersOf(state: InstanceState): { key: Key; trigger: number; element: string; dueAt: string }[] {
  return Object.values(state.waits).flatMap((wait) =>
    wait.kind === 'event'
      ? wait.triggers.flatMap((trigger, index) =>
          trigger.type === 'timer' && !wait.fired?.includes(index)
            ? [{ key: wait.key, trigger: index, element: wait.element, dueAt: trigger.dueAt }]
            : [],
        )
      : [],
  );
}

/** The next due date of a user task. */
export function nextDue(state: InstanceState, now: string): string | undefined {
  let next: string | undefined;
  for (const at of taskDueDates(state)) if (!isReached(at, now) && (next === undefined || at < next)) next = at;
  return next;
}
