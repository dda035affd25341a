/** The simulated carrier serves databases of local starts only: letters to real patients would reach nobody. */
import { claimDatabase } from '../store/db/own-database.ts';
import type { Gateway } from './port.ts';

export const notHere =
  'The simulated carrier reaches no telephone, so it serves only a database that ./careloop start has made. Set CARELOOP_GATEWAY to aliyun, tencent or file.';

/**
 * An empty database becomes this machine's own, as a local start marks it at the same time.
 * @param databaseId known to this machine; absent: it has made none
 * @throws Error where letters of this database must not go to the simulated carrier
 */
export async function requireDemoDatabase(
  gateway: Pick<Gateway, 'simulated'>,
  databaseId: string | undefined,
): Promise<void> {
  if (gateway.simulated && !(databaseId !== undefined && (await claimDatabase(databaseId)))) throw new Error(notHere);
}
