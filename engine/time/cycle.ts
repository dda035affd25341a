/** Repeating times of timer events: ISO 8601 repeating intervals (`R3/PT10S`) and cron; what comes next after an occurrence. */
import { cronNext, parseCron } from './cron.ts';
import {
  addByTheClock,
  addDuration,
  type Duration,
  fixedMsOf,
  monthsOf,
  parseDuration,
  timesDuration,
} from './duration.ts';
import { TimeError } from './error.ts';
import { instantMs, zoneNamedIn } from './zone.ts';

export interface Occurrence {
  /** ISO 8601 UTC with milliseconds. */
  at: string;
  /** How many come after this one; null = without end. */
  remaining: number | null;
}

interface Interval {
  repetitions: number | null;
  every: Duration;
  /** Occurrences lie at whole multiples from here; without it each is counted from the one before. */
  anchor?: { at: string; side: 'start' | 'end' };
  /** None after this instant. */
  until?: string;
}

const averageMonth = 30.436_875 * 86_400_000;

/**
 * The next time of a cycle. Forms:
 * - `R3/PT10S`, `R/P1D`, `R-1/P1D`: every 10 seconds from the arming on, three times; for ever.
 * - `R/2026-10-01T09:00:00+08:00/P1D`: at the start and every day after it. Occurrences that were already past are left out and
 *   do not use up repetitions, as in Zeebe. A start that names its zone (`2026-10-01T09:00:00+02:00[Europe/Berlin]`) is followed by the
 *   clocks of that zone: `P1D` later it is 9 o'clock there again. Where its offset is not that of the zone the offset says which instant
 *   is meant, as in java.time.
 * - `R3/start/end`: the interval from start to end, repeated. `R/P1D/end`: every day, the last at `end`.
 *   `R/start/P1D/end`: from start, none after end.
 * - cron with 6 fields (second first, as Zeebe's) or 5, and `@daily` and its like (cron.ts).
 *
 * @param expression the cycle
 * @param previousOrStart the occurrence before (its due time, not when it was handled), or the arming for the first; ISO 8601
 * @param zone IANA name: for cron, months, and texts without an offset
 * @param fired how many there were before
 * @returns undefined when there are no more
 * @throws TimeError `invalid-cycle`, `invalid-cron`, `invalid-duration`, `invalid-instant`, `unknown-zone`
 */
export function nextCycle(
  expression: string,
  previousOrStart: string,
  zone: string,
  fired = 0,
): Occurrence | undefined {
  const source = expression.trim();
  if (/^[+-]?P[\dT-]/.test(source))
    throw new TimeError('invalid-cycle', `"${source}" does not say how often.`, `Write R/${source} to repeat it.`);
  if (!source.startsWith('R')) return { at: cronNext(parseCron(source), previousOrStart, zone), remaining: null };
  const interval = parseInterval(source);
  const { repetitions } = interval;
  if (repetitions !== null && fired >= repetitions) return undefined;
  const at = nextAt(interval, previousOrStart, zone, fired);
  if (at === undefined || (interval.until !== undefined && instantMs(at) > instantMs(interval.until, zone)))
    return undefined;
  return { at, remaining: repetitions === null ? null : repetitions - fired - 1 };
}

/**
 * For deployment: throws what `nextCycle` would throw for a cycle that can never be followed.
 * @throws TimeError
 */
export function checkCycle(expression: string, zone: string): void {
  nextCycle(expression, '2026-01-01T00:00:00.000Z', zone);
}

function nextAt(interval: Interval, previous: string, zone: string, fired: number): string | undefined {
  const { every, anchor, repetitions } = interval;
  if (!anchor) return addDuration(previous, every, zone);
  const after = instantMs(previous, zone);
  const follows = (at: string) => (fired === 0 ? instantMs(at) >= after : instantMs(at) > after);
  const length = monthsOf(every) * averageMonth + fixedMsOf(every);
  const distance = Math.abs(after - instantMs(anchor.at, zone));
  const own = zoneNamedIn(anchor.at);
  const nthOf = (k: number) => {
    const distance = timesDuration(every, k);
    return own === undefined ? addDuration(anchor.at, distance, zone) : addByTheClock(anchor.at, distance, own);
  };
  // Start a little before the estimate: months differ from their average by less than two of them.
  const estimate = Math.floor(distance / length);
  if (anchor.side === 'start') {
    let k = after > instantMs(anchor.at, zone) ? Math.max(0, estimate - 2) : 0;
    while (!follows(nthOf(k))) k++;
    return nthOf(k);
  }
  const nthBefore = (k: number) => nthOf(-k);
  if (!follows(nthBefore(0))) return undefined;
  let k = Math.min(estimate + 2, repetitions === null ? Number.POSITIVE_INFINITY : repetitions - 1);
  while (!follows(nthBefore(k))) k--;
  return nthBefore(k);
}

/** Names of zones have slashes too: a part begins with a duration or a date, or is nothing. */
function partsOf(source: string): string[] {
  const [head = ''] = source.split('/', 1);
  return [head, ...(source === head ? [] : source.slice(head.length + 1).split(/\/(?=[+-]?P[\dT-]|\d{4}-|$)/))];
}

function parseInterval(source: string): Interval {
  const invalid = (why: string) =>
    new TimeError(
      'invalid-cycle',
      `"${source}" is not a repeating interval: ${why}.`,
      'Write for instance R3/PT10S (three times, every 10 seconds) or R/2026-10-01T09:00:00+08:00/P1D.',
    );
  const [head, ...rest] = partsOf(source);
  const parts = rest.at(-1) === '' ? rest.slice(0, -1) : rest;
  const count = /^R(-1|\d{0,9})$/.exec(head!)?.[1];
  if (count === undefined) throw invalid('it begins with R and the number of times');
  const repetitions = count === '' || count === '-1' ? null : Number(count);
  const isDuration = (part: string | undefined) => part !== undefined && /^[+-]?P/.test(part);
  const [first, second, third] = parts;
  const progressing = (text: string): Duration => {
    const every = parseDuration(text);
    const months = monthsOf(every);
    const ms = fixedMsOf(every);
    if (months < 0 || ms < 0 || months + ms === 0) throw invalid('its duration must be longer than nothing');
    return every;
  };
  if (parts.length === 1 && isDuration(first)) return { repetitions, every: progressing(first!) };
  if (parts.length === 2 && isDuration(first) && !isDuration(second))
    return { repetitions, every: progressing(first!), anchor: { at: second!, side: 'end' } };
  if ((parts.length === 2 || parts.length === 3) && !isDuration(first) && isDuration(second))
    return {
      repetitions,
      every: progressing(second!),
      anchor: { at: first!, side: 'start' },
      ...(third !== undefined && { until: third }),
    };
  if (parts.length === 2 && !isDuration(first) && !isDuration(second)) {
    const ms = instantMs(second!, 'UTC') - instantMs(first!, 'UTC');
    if (ms <= 0) throw invalid('its end must lie after its start');
    return { repetitions, every: parseDuration(`PT${ms / 1000}S`), anchor: { at: first!, side: 'start' } };
  }
  throw invalid('it has a duration, or a start and a duration, or a duration and an end, or a start and an end');
}
