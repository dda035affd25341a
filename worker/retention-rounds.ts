/** Removes expired data several times a day (docs/operations.md#how-long-data-is-kept). */
import { type Retention, removeExpired } from '../store/retention.ts';
import type { Log } from './log.ts';
import { repeatRounds } from './rounds.ts';

const everyMs = 6 * 3_600_000;

export async function runRetention(keep: Retention, log: Log, stop: AbortSignal): Promise<void> {
  const round = async () => {
    const removed = await removeExpired(keep, Date.now());
    if (Object.values(removed).some((count) => count > 0)) log.info(removed, 'Removed expired data');
  };
  await repeatRounds(round, {
    everyMs,
    log,
    onFailure: 'Cannot remove expired data; retrying',
    stop,
  });
}
