/** Whether process time may run faster than real time, for demos and drills. */
import { isOwnDatabase } from '../../store/db/own-database.ts';
import type { ApiConfig } from '../config.ts';

/** @returns the reason why it is not allowed, if any */
export async function whyNoTimeScale({
  allowTimeScale,
  databaseId,
}: Pick<ApiConfig, 'allowTimeScale' | 'databaseId'>): Promise<string | undefined> {
  if (!allowTimeScale)
    return 'Process time is real time here; CARELOOP_ALLOW_TIME_SCALE=1 permits drills in a database created by ./careloop start.';
  if (await isOwnDatabase(databaseId)) return undefined;
  return 'Process time is real time here: it can run faster only in a database created by ./careloop start.';
}
