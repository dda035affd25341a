/** Process time in a workflow, and the real duration of a timer until a process instant. */
import { processNow, realAt, realTime, type TimeScale, timeScaleAt } from '../../engine/time/time-scale.ts';

/** Workflow time: the time of the workflow task, the same at replay (see `localLimits` of local-activities.ts). */
export const realNow = (): string => new Date().toISOString();

/** @param from real instant at which process time starts, ISO 8601 */
export function timeScaleFor(start: { timeScale?: TimeScale; speed?: number }, from: string): TimeScale {
  if (start.timeScale) return start.timeScale;
  return start.speed === undefined || start.speed === 1 ? realTime : timeScaleAt(start.speed, from);
}

export const nowIn = (timeScale: TimeScale): string => processNow(timeScale, realNow());

/** For what the instance causes outside of itself; nothing at real time. */
export const clockOf = (timeScale: TimeScale): { clock?: TimeScale } =>
  timeScale.speed === 1 ? {} : { clock: timeScale };

/** Real milliseconds until process time reaches `at`; 0 when it has. */
export function realMsUntil(timeScale: TimeScale, at: string): number {
  return Math.max(0, Date.parse(realAt(timeScale, at)) - Date.now());
}
