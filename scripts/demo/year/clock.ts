/** Days of the demo's year, which ends today. Each chain has a process clock of its own, which is put forward when its work is done. */
import type { TimeScale } from '../../../engine/time/time-scale.ts';

const dayMs = 86_400_000;
/** Clocks of the facilities. */
const zoneMs = 8 * 3_600_000;
/** Between two steps of a chain its clock runs: the time in which people act. */
const speed = 10;

export interface Year {
  /** Later than today. */
  end: string;
  /** When the day of this number begins, and so many hours of it have gone; midnight is that of the facilities. */
  at(day: number, hour?: number): string;
  /** Local date of the day of this number. */
  dateOf(day: number): string;
  /** That shows this instant now. */
  clockAt(instant: string): TimeScale;
}

/** @param days until today */
export function yearOf(days: number): Year {
  const begins = Math.floor((Date.now() + zoneMs) / dayMs) * dayMs - zoneMs - days * dayMs;
  const iso = (ms: number): string => new Date(ms).toISOString();
  return {
    end: iso(begins + (days + 2) * dayMs),
    at: (day, hour = 0) => iso(begins + day * dayMs + hour * 3_600_000),
    dateOf: (day) => iso(begins + day * dayMs + zoneMs).slice(0, 10),
    clockAt: (instant) => ({ speed, realEpoch: iso(Date.now()), processEpoch: instant }),
  };
}
