/** Process time that goes faster than time, for demos and drills. */
import { isOwnDatabase } from '../../store/db/own-database.ts';
import type { ApiConfig } from '../config.ts';

/** @returns why it is not allowed here, if it is not */
export async function whyNoTimeScale({
  allowTimeScale,
  databaseId,
}: Pick<ApiConfig, 'allowTimeScale' | 'databaseId'>): Promise<string | undefined> {
  if (!allowTimeScale)
    return 'Process time is real time here; CARELOOP_ALLOW_TIME_SCALE=1 permits drills, in a database that ./careloop start has made.';
  if (await isOwnDatabase(databaseId)) return undefined;
  return 'Process time is real time here: it goes faster only in a database that ./careloop start has made itself.';
}
