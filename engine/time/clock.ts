/** The process clock: an instance may run at a speed, so that demos and drills live 14 days in a minute with the same code. */
import { TimeError } from './error.ts';
import { instantMs, isoOf } from './zone.ts';

export interface ProcessClock {
  /** Process seconds per real second; 1 = real. */
  speed: number;
  /** Real instant at which the clock shows `processEpoch`, ISO 8601. */
  realEpoch: string;
  processEpoch: string;
}

export const realClock: ProcessClock = {
  speed: 1,
  realEpoch: '1970-01-01T00:00:00.000Z',
  processEpoch: '1970-01-01T00:00:00.000Z',
};

/**
 * A clock that shows real time at `realNow` and runs at `speed` from then on.
 * @throws TimeError `invalid-clock`
 */
export function clockAtSpeed(speed: number, realNow: string): ProcessClock {
  if (!(speed > 0 && Number.isFinite(speed)))
    throw new TimeError(
      'invalid-clock',
      `A clock cannot run at speed ${speed}.`,
      'Give a number above 0; 1 is real time.',
    );
  const epoch = isoOf(instantMs(realNow));
  return { speed, realEpoch: epoch, processEpoch: epoch };
}

/**
 * @param realNow real instant, ISO 8601
 * @returns process time, ISO 8601 UTC
 */
export function processNow(clock: ProcessClock, realNow: string): string {
  return isoOf(processMs(clock, instantMs(realNow)));
}

/**
 * The first real millisecond at which the process clock has reached an instant: a timer armed for it never fires early.
 * @param processAt process time, ISO 8601
 * @returns real instant, ISO 8601 UTC
 */
export function realAt(clock: ProcessClock, processAt: string): string {
  const wanted = instantMs(processAt);
  let real = Math.ceil(instantMs(clock.realEpoch) + (wanted - instantMs(clock.processEpoch)) / clock.speed);
  while (processMs(clock, real) < wanted) real++;
  while (processMs(clock, real - 1) >= wanted) real--;
  return isoOf(real);
}

function processMs(clock: ProcessClock, realMs: number): number {
  return Math.floor(instantMs(clock.processEpoch) + (realMs - instantMs(clock.realEpoch)) * clock.speed);
}
