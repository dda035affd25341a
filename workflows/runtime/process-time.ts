/** Process time inside a workflow, and how long a real timer must sleep until a process instant. */
import { clockAtSpeed, type ProcessClock, processNow, realAt, realClock } from '../../engine/time/clock.ts';

/** Temporal's workflow clock: the time of the workflow task, the same at replay (see `localLimits` of local.ts). */
export const realNow = (): string => new Date().toISOString();

/** @param from real instant at which a clock of its own begins, ISO 8601 */
export function clockFor(start: { clock?: ProcessClock; speed?: number }, from: string): ProcessClock {
  if (start.clock) return start.clock;
  return start.speed === undefined || start.speed === 1 ? realClock : clockAtSpeed(start.speed, from);
}

export const nowOn = (clock: ProcessClock): string => processNow(clock, realNow());

/** Real milliseconds until the process clock shows `at`; 0 when it has. */
export function realMsUntil(clock: ProcessClock, at: string): number {
  return Math.max(0, Date.parse(realAt(clock, at)) - Date.now());
}
