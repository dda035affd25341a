/** The process clock of the demo's year: begins in the past, runs ahead, and is real time once it has caught up. */
import { setTimeout as delay } from 'node:timers/promises';
import { processNow, realAt, type TimeScale } from '../../../engine/time/time-scale.ts';

const dayMs = 86_400_000;

export interface YearClock {
  scale: TimeScale;
  days: number;
  /** When the day of this number begins, and so many hours of it have gone; midnight is that of the facilities. */
  at(day: number, hour?: number): string;
  /** Local date of the day of this number. */
  dateOf(day: number): string;
  now(): string;
  /** @returns when the clock shows it */
  until(instant: string): Promise<void>;
  /** @returns when it shows real time */
  untilCaughtUp(): Promise<void>;
}

/** Clocks of the facilities. */
const zoneMs = 8 * 3_600_000;

/** @param seconds in which these days go by */
export function aYearClock(days: number, seconds: number): YearClock {
  const real = Date.now();
  const begins = Math.floor((real + zoneMs) / dayMs) * dayMs - zoneMs - days * dayMs;
  const iso = (ms: number): string => new Date(ms).toISOString();
  const scale = { speed: (real - begins) / 1000 / seconds, realEpoch: iso(real), processEpoch: iso(begins) };
  return {
    scale,
    days,
    at: (day, hour = 0) => iso(begins + day * dayMs + hour * 3_600_000),
    dateOf: (day) => iso(begins + day * dayMs + zoneMs).slice(0, 10),
    now: () => processNow(scale, iso(Date.now())),
    untilCaughtUp: () => delay(Math.max(0, real + (seconds * scale.speed * 1000) / (scale.speed - 1) - Date.now())),
    until: (instant) => delay(Math.max(0, Date.parse(realAt(scale, instant)) - Date.now())),
  };
}
