/** The connection to Temporal: a failed attempt is repeated with the next call; an established one reconnects by itself. */
import { type Client, Connection } from '@temporalio/client';
import { connectionOptions, type TemporalSettings } from './connection-settings.ts';
import { sealingClient } from './sealing/client.ts';
import type { SealingKeys } from './sealing/keys.ts';

export interface Reconnecting {
  get(): Promise<Client>;
  close(): Promise<void>;
}

export function reconnecting(settings: TemporalSettings, keys: SealingKeys): Reconnecting {
  let current: Promise<Client> | undefined;
  return {
    get() {
      current ??= Connection.connect({ ...connectionOptions(settings), connectTimeout: 3000 }).then(
        (connection) => sealingClient(connection, settings.namespace, keys),
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
