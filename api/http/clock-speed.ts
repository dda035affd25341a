/** Process time that goes faster than time, for demos and drills. */
import { isOwnDatabase } from '../../store/db/own-database.ts';
import type { ApiConfig } from '../config.ts';

/** @returns why it is not allowed here, if it is not */
export async function whyNoClockSpeed({
  allowClockSpeed,
  databaseId,
}: Pick<ApiConfig, 'allowClockSpeed' | 'databaseId'>): Promise<string | undefined> {
  if (!allowClockSpeed)
    return 'The process clock runs in real time here; CARELOOP_ALLOW_CLOCK_SPEED=1 permits drills, in a database that ./careloop start has made.';
  if (await isOwnDatabase(databaseId)) return undefined;
  return 'The process clock runs in real time here: it goes faster only in a database that ./careloop start has made itself.';
}
