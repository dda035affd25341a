/**
 * How Temporal is reached: by the variables of its own tools (TEMPORAL_ADDRESS, TEMPORAL_API_KEY, TEMPORAL_TLS_…), or a profile of their
 * configuration file where one is named. Off this machine a connection that is not encrypted is refused, unless a setting says that it may be.
 */
import type { ConnectionOptions } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { plainHostsOf } from '../store/db/connection-safety.ts';

export interface TemporalSettings {
  /** `host:port` of the frontend. */
  address: string;
  namespace: string;
  /** Absent: not encrypted. */
  tls?: NonNullable<ConnectionOptions['tls']>;
  apiKey?: string;
  metadata?: Record<string, string>;
}

export const localTemporal = '127.0.0.1:7233';
export const localDatabase = 'mongodb://127.0.0.1:27017/careloop?directConnection=true';

const plainAllowed = 'CARELOOP_PLAIN_CONNECTIONS';
const isLoopback = (host: string): boolean => /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/i.test(host);

/** @throws Error that says which variable is wrong */
export function temporalSettings(env: NodeJS.ProcessEnv): TemporalSettings {
  const given = Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => Boolean(entry[1])));
  // A profile of the person who happens to start a program is none of its settings, unless it is named.
  const disableFile = given['TEMPORAL_PROFILE'] === undefined && given['TEMPORAL_CONFIG_FILE'] === undefined;
  const { namespace = 'default', connectionOptions } = loadClientConnectConfig({ overrideEnvVars: given, disableFile });
  const { address = localTemporal, tls, apiKey, metadata } = connectionOptions;
  const host = address.replace(/:\d+$/, '');
  if (!tls && !isLoopback(host) && env[plainAllowed] !== '1')
    throw new Error(
      `TEMPORAL_ADDRESS is ${address}, and what is sent there would not be encrypted: set TEMPORAL_TLS=true (and TEMPORAL_TLS_… for certificates), or ${plainAllowed}=1 where the network between is trusted.`,
    );
  return {
    address,
    namespace,
    ...(tls && { tls }),
    ...(typeof apiKey === 'string' && { apiKey }),
    ...(metadata && { metadata: metadata as Record<string, string> }),
  };
}

/** What both kinds of connection take, of clients and of workers. */
export const connectionOptions = ({ address, tls, apiKey, metadata }: TemporalSettings) => ({
  address,
  ...(tls !== undefined && { tls }),
  ...(apiKey !== undefined && { apiKey }),
  ...(metadata && { metadata }),
});

/** @throws Error when the database is elsewhere and would be spoken to without TLS */
export function databaseUri(env: NodeJS.ProcessEnv): string {
  const uri = env['MONGODB_URI'] || localDatabase;
  const elsewhere = plainHostsOf(uri).filter((host) => !isLoopback(host));
  if (elsewhere.length > 0 && env[plainAllowed] !== '1')
    throw new Error(
      `MONGODB_URI names ${elsewhere.join(', ')}, and what is sent there would not be encrypted: add tls=true to it (tlsCAFile, tlsCertificateKeyFile for certificates), or set ${plainAllowed}=1 where the network between is trusted.`,
    );
  return uri;
}
