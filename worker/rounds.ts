/** Runs a task periodically until the program is to stop; a failed round is retried with back-off. */
import { isUnavailable } from '../store/db/availability.ts';
import type { Log } from './log.ts';
import { backoffMs, pausesUntil } from './pause.ts';

export interface RoundsOptions {
  /** Interval between rounds. */
  everyMs: number;
  log: Log;
  /** Log message of a failed round. */
  onFailure: string;
  stop: AbortSignal;
}

export async function repeatRounds(
  round: () => Promise<void>,
  { everyMs, log, onFailure, stop }: RoundsOptions,
): Promise<void> {
  const pauses = pausesUntil(stop);
  for (let failures = 0; !stop.aborted; ) {
    try {
      await round();
      failures = 0;
      await pauses.pause(everyMs);
    } catch (error) {
      if (stop.aborted) return;
      const said = error instanceof Error ? error.message : '';
      log.warn({ reason: isUnavailable(error) ? 'The database does not answer' : said }, onFailure);
      failures += 1;
      await pauses.pause(backoffMs(failures));
    }
  }
}
