/** The connection to Temporal. One that failed is made anew at the next call; one that was made finds the server again by itself. */
import { type Client, Connection } from '@temporalio/client';
import { sealingClient } from './sealing/client.ts';
import type { SealingKeys } from './sealing/keys.ts';

export interface TemporalSettings {
  /** `host:port` of the frontend. */
  address: string;
  namespace: string;
}

export interface Reconnecting {
  get(): Promise<Client>;
  close(): Promise<void>;
}

export function reconnecting({ address, namespace }: TemporalSettings, keys: SealingKeys): Reconnecting {
  let current: Promise<Client> | undefined;
  return {
    get() {
      current ??= Connection.connect({ address, connectTimeout: 3000 }).then(
        (connection) => sealingClient(connection, namespace, keys),
        (error: unknown) => {
          current = undefined;
          throw error;
        },
      );
      return current;
    },
    async close() {
      const client = await current?.catch(() => undefined);
      await client?.connection.close();
    },
  };
}
