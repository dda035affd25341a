/**
 * Process time: an instance may run at a speed, so that demos and drills live 14 days in a minute with the same code. Process time
 * that begins in the past runs at its speed until it has caught up, and is real time from then on. It may be put forward, so that
 * no machine is too slow for it.
 */
import { TimeError } from './error.ts';
import { instantMs, isoOf } from './zone.ts';

export interface TimeScale {
  /** Process seconds per real second; 1 = real. */
  speed: number;
  /** Real instant at which process time is `processEpoch`, ISO 8601. */
  realEpoch: string;
  processEpoch: string;
  /** Once put forward: the real instant at which it began. */
  began?: string;
}

export const realTime: TimeScale = {
  speed: 1,
  realEpoch: '1970-01-01T00:00:00.000Z',
  processEpoch: '1970-01-01T00:00:00.000Z',
};

/** Slower than that, the rounding of one instant would be thousands of milliseconds, through which `realAt` would have to search. */
const slowest = 0.001;

/**
 * A time scale that shows real time at `realNow` and runs at `speed` from then on.
 * @throws TimeError `invalid-time-scale`
 */
export function timeScaleAt(speed: number, realNow: string): TimeScale {
  if (!(speed >= slowest && Number.isFinite(speed)))
    throw new TimeError(
      'invalid-time-scale',
      `Process time cannot run at speed ${speed}.`,
      `Give a number of at least ${slowest}; 1 is real time.`,
    );
  const epoch = isoOf(instantMs(realNow));
  return { speed, realEpoch: epoch, processEpoch: epoch };
}

/**
 * @param realNow real instant, ISO 8601
 * @returns process time, ISO 8601 UTC
 */
export function processNow(timeScale: TimeScale, realNow: string): string {
  return isoOf(processMs(timeScale, instantMs(realNow)));
}

/**
 * The first real millisecond at which process time has reached an instant: a timer armed for it never fires early.
 * @param processAt process time, ISO 8601
 * @returns real instant, ISO 8601 UTC
 */
export function realAt(timeScale: TimeScale, processAt: string): string {
  const wanted = instantMs(processAt);
  const { realEpoch, processEpoch, speed } = timeScale;
  let real = Math.ceil(instantMs(realEpoch) + (wanted - instantMs(processEpoch)) / speed);
  if (beginsInThePast(timeScale)) real = Math.max(real, wanted);
  while (processMs(timeScale, real) < wanted) real++;
  while (processMs(timeScale, real - 1) >= wanted) real--;
  return isoOf(real);
}

/** @returns the scale that shows `to` at `realNow` and goes on as before; unchanged where that has gone by. Both ISO 8601 */
export function putForward(timeScale: TimeScale, realNow: string, to: string): TimeScale {
  const real = instantMs(realNow);
  const wanted = instantMs(to);
  if (wanted <= processMs(timeScale, real)) return timeScale;
  const began = timeScale.began ?? timeScale.realEpoch;
  if (beginsInThePast(timeScale) && wanted >= real) return { ...realTime, began };
  return { speed: timeScale.speed, realEpoch: isoOf(real), processEpoch: isoOf(wanted), began };
}

/** A real instant that is no later than that of a past process instant, and none before the clock began. */
export function realSince(timeScale: TimeScale, processAt: string): string {
  const { speed, began } = timeScale;
  const at = speed === 1 ? processAt : realAt(timeScale, processAt);
  return began !== undefined && at < began ? began : at;
}

const beginsInThePast = ({ realEpoch, processEpoch }: TimeScale): boolean =>
  instantMs(processEpoch) < instantMs(realEpoch);

function processMs(timeScale: TimeScale, realMs: number): number {
  const { realEpoch, processEpoch, speed } = timeScale;
  const ms = Math.floor(instantMs(processEpoch) + (realMs - instantMs(realEpoch)) * speed);
  return beginsInThePast(timeScale) ? Math.min(ms, realMs) : ms;
}
