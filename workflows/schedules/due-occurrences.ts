/** The occurrences of timers that are due, and when the next one is. */
import type { Schedule } from './schedule.ts';

/** Per schedule; more follow once these have started. */
export const maxDue = 20;

/** An occurrence that is to start an instance. */
export interface Due {
  /** Increasing number that identifies an occurrence. */
  n: number;
  schedule: string;
  scheduledAt: string;
  businessKey: string;
  /** Staff id, if triggered manually. */
  by?: string;
  attempts: number;
  /** First attempt. */
  retryAt: string | null;
}

/** When a failed evaluation is retried. */
export const reloadTimesOf = (schedules: readonly Schedule[]): string[] =>
  schedules.flatMap(({ value, failure }) => (value === '' && failure ? [failure.retryAt] : []));

/** Undefined: not before an external event. */
export function wakeAt(schedules: readonly Schedule[], due: readonly Due[]): string | undefined {
  const paused = new Set(schedules.flatMap((one) => (one.paused ? [one.id] : [])));
  const times = [
    ...schedules.flatMap((one) =>
      one.dueAt !== null && !one.paused && due.filter(({ schedule }) => schedule === one.id).length < maxDue
        ? [one.dueAt]
        : [],
    ),
    ...due.flatMap((one) => (one.by === undefined && paused.has(one.schedule) ? [] : [one.retryAt ?? one.scheduledAt])),
    ...reloadTimesOf(schedules),
  ];
  return times.sort()[0];
}
