/** The occurrences of timers that are due, and when the next one is. */
import type { Schedule } from './schedule.ts';

/** Of one schedule; more are taken as these have begun. */
export const maxDue = 20;

/** An occurrence that shall begin an instance. */
export interface Due {
  /** Counts up; tells one from another. */
  n: number;
  schedule: string;
  scheduledAt: string;
  businessKey: string;
  /** Staff id: triggered by hand. */
  by?: string;
  attempts: number;
  /** Not tried before. */
  retryAt: string | null;
}

/** When what could not be worked out is to be tried again. */
export const reloadTimesOf = (schedules: readonly Schedule[]): string[] =>
  schedules.flatMap(({ value, failure }) => (value === '' && failure ? [failure.retryAt] : []));

/** Undefined: not before somebody says so. */
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
