/** The course of a timer that is not part of an instance: when it is due first and next, and what is left out after an outage. */
import { nextCycle } from './cycle.ts';
import { addDuration } from './duration.ts';
import { TimeError } from './error.ts';
import { instantMs, instantOf, isoOf } from './zone.ts';

export interface Timing {
  kind: 'date' | 'duration' | 'cycle';
  /** As worked out: an instant or date, a duration, a repeating interval or cron. */
  value: string;
  /** IANA name. */
  zone: string;
  /** What durations and cycles are counted from, ISO 8601 UTC. */
  from: string;
}

export interface Course {
  /** Next due, ISO 8601 UTC; null = no more. */
  dueAt: string | null;
  /** How many come after that one; null = without end. */
  remaining: number | null;
  /** Occurrences that were taken. */
  fired: number;
}

/** Occurrences that were not taken: from the first to the last of them. */
export interface LeftOut {
  from: string;
  to: string;
}

/** A cycle faster than this is refused: each occurrence begins a process. */
const minCycleMs = 1000;

/**
 * From the beginning. A date in the past is due at once.
 * @throws TimeError as `nextCycle`, `addDuration`, `instantOf`; `never-due` for a cycle without any occurrence, `too-often`
 */
export function courseOf(timing: Timing): Course {
  const { kind, value, zone, from } = timing;
  switch (kind) {
    case 'date':
      return { dueAt: instantOf(value, zone), remaining: 0, fired: 0 };
    case 'duration':
      return { dueAt: addDuration(from, value, zone), remaining: 0, fired: 0 };
    case 'cycle': {
      const first = nextCycle(value, from, zone, 0);
      if (!first)
        throw new TimeError(
          'never-due',
          `"${value}" has no occurrence after ${from}.`,
          'Give it at least one to come.',
        );
      const second = nextCycle(value, first.at, zone, 1);
      if (second && instantMs(second.at) - instantMs(first.at) < minCycleMs)
        throw new TimeError('too-often', `"${value}" comes more than once a second.`, 'Begin a process less often.');
      return { dueAt: first.at, remaining: first.remaining, fired: 0 };
    }
  }
}

/** After the one that is due was taken. */
export function taken(timing: Timing, course: Course): Course {
  const fired = course.fired + 1;
  const next =
    timing.kind === 'cycle' && course.dueAt !== null
      ? nextCycle(timing.value, course.dueAt, timing.zone, fired)
      : undefined;
  return next ? { dueAt: next.at, remaining: next.remaining, fired } : { dueAt: null, remaining: 0, fired };
}

/**
 * Occurrences of a cycle missed by more than `windowMs` are left out where a later one is due as well. Those left out use up no
 * repetitions, like those that were past when the cycle began.
 * @param now ISO 8601 UTC
 */
export function caughtUp(timing: Timing, course: Course, now: string, windowMs: number): [Course, LeftOut | undefined] {
  const limit = instantMs(now) - windowMs;
  let { dueAt, remaining } = course;
  if (timing.kind !== 'cycle' || dueAt === null || instantMs(dueAt) >= limit) return [course, undefined];
  const from = dueAt;
  let to = dueAt;
  let next = occurrenceFrom(timing, dueAt, course.fired, limit);
  const after = (at: string) => occurrenceFrom(timing, at, course.fired, instantMs(at) + 1);
  // None between the limit and now: the last one before the limit is still owed.
  if (!next || instantMs(next.at) > instantMs(now)) next = after(dueAt);
  while (next && instantMs(next.at) <= instantMs(now)) {
    to = dueAt;
    ({ at: dueAt, remaining } = next);
    if (instantMs(dueAt) >= limit) break;
    next = after(dueAt);
  }
  return dueAt === from
    ? [course, undefined]
    : [
        { ...course, dueAt, remaining },
        { from, to },
      ];
}

/** After a pause: what a cycle was due for meanwhile is left out; a date or duration is still due. */
export function resumed(timing: Timing, course: Course, now: string): [Course, LeftOut | undefined] {
  const { dueAt, fired } = course;
  if (timing.kind !== 'cycle' || dueAt === null || instantMs(dueAt) > instantMs(now)) return [course, undefined];
  const next = occurrenceFrom(timing, dueAt, fired, instantMs(now) + 1);
  return [
    { fired, dueAt: next?.at ?? null, remaining: next ? next.remaining : 0 },
    { from: dueAt, to: now },
  ];
}

const unanchored = /^R[^/]*\/(P[^/]+)\/?$/;

/** The first occurrence at or after an instant, on the grid of the one known; without walking through those between. */
function occurrenceFrom({ value, zone }: Timing, dueAt: string, fired: number, ms: number) {
  const every = unanchored.exec(value.trim())?.[1];
  if (every === undefined) {
    // The first one of an interval may lie on the instant asked for; those of cron and all later ones come after it.
    const firstOfInterval = fired === 0 && value.trim().startsWith('R');
    return nextCycle(value, isoOf(firstOfInterval ? ms : ms - 1), zone, fired);
  }
  // The same interval, anchored at the occurrence that is known: only its times count, the number is that of the cycle itself.
  const on = nextCycle(`R/${dueAt}/${every}`, isoOf(ms - 1), zone, 1);
  const counted = nextCycle(value, dueAt, zone, fired);
  return on && counted && { at: on.at, remaining: counted.remaining };
}
