/** One schedule: a timer start event at one facility, its initial state, and the business keys of its instances. */
import type { LoadedSchedule, ScheduleRow } from '../../activities/types.ts';
import { courseOf } from '../../engine/time/course.ts';
import { TimeError } from '../../engine/time/error.ts';

export const maxRetryMs = 300_000;

export type Schedule = Omit<ScheduleRow, '_id' | 'seq' | 'process' | 'version' | 'owed' | 'updatedAt'>;

/** Schedule of a new version, or of one that could not be evaluated before. A pause is kept. */
export function begun(loaded: LoadedSchedule, before: Schedule | undefined, now: string): Schedule {
  const { failure, ...rest } = loaded;
  const schedule: Schedule = {
    ...rest,
    dueAt: null,
    remaining: null,
    fired: 0,
    paused: before?.paused ?? null,
    leftOut: null,
    failure: null,
    last: before?.last ?? null,
  };
  const failing = (code: string, message: string): Schedule => {
    const { since, attempts } = before?.failure ?? { since: now, attempts: 0 };
    const retryAt = later(now, maxRetryMs);
    return { ...schedule, value: '', failure: { code, message, since, attempts: attempts + 1, retryAt } };
  };
  if (failure) return failing(failure.code, failure.message);
  try {
    return { ...schedule, ...courseOf(schedule) };
  } catch (error) {
    if (error instanceof TimeError) return failing(error.code, error.message);
    throw error;
  }
}

/** From a row of the read model. */
export function scheduleOnly(known: Schedule): Schedule {
  const { id, element, elementName, facility, kind, expression, value, zone, from } = known;
  const { dueAt, remaining, fired, paused, leftOut, failure, last } = known;
  const about = { id, element, elementName, facility, kind, expression, value, zone, from };
  return { ...about, dueAt, remaining, fired, paused, leftOut, failure, last };
}

/**
 * An occurrence has the same key in every version and run of the scheduler, and no other occurrence has it: timer ids
 * are XML names without `@`, facility codes and the stamp have no dash.
 */
export function businessKeyOf({ id }: Pick<Schedule, 'id'>, scheduledAt: string, byHand?: number): string {
  const stamp = scheduledAt.replace(/\.000Z$/, 'Z').replace(/[-:.]/g, '');
  const hand = byHand === undefined ? '' : `-${byHand}`;
  return `${id.replace('@', '-')}-${stamp}${hand}`;
}

export const later = (at: string, ms: number): string => new Date(Date.parse(at) + ms).toISOString();
