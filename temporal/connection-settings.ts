/**
 * Connection settings of Temporal, from the variables of its own tools (TEMPORAL_ADDRESS, TEMPORAL_API_KEY,
 * TEMPORAL_TLS_…; https://docs.temporal.io/develop/environment-configuration). Beyond this machine an unencrypted
 * connection is refused, unless explicitly allowed.
 */
import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from '@temporalio/client';
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

const localTemporal = '127.0.0.1:7233';
const localDatabase = 'mongodb://127.0.0.1:27017/careloop?directConnection=true';

const plainAllowed = 'CARELOOP_PLAIN_CONNECTIONS';
/** Host of a configured address. */
export const isLoopback = (host: string): boolean => /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/i.test(host);

type Environment = Record<string, string>;

/** Content of the named file, or of the variable itself: `TEMPORAL_TLS_CLIENT_CERT_PATH`, `TEMPORAL_TLS_CLIENT_CERT_DATA`. */
function contentOf(env: Environment, name: string): Buffer | undefined {
  const { [`${name}_PATH`]: path, [`${name}_DATA`]: data } = env;
  if (data !== undefined) return Buffer.from(data);
  if (path === undefined) return undefined;
  try {
    return readFileSync(path);
  } catch {
    throw new Error(`${name}_PATH is ${path}, which cannot be read.`);
  }
}

/** Enabled by TEMPORAL_TLS, by any TLS setting, or by an API key; disabled by TEMPORAL_TLS=false. */
function tlsOf(env: Environment): ConnectionOptions['tls'] {
  const { TEMPORAL_TLS: wanted, TEMPORAL_TLS_SERVER_NAME: serverName, TEMPORAL_API_KEY: apiKey } = env;
  if (wanted !== undefined && !['1', 'true', '0', 'false'].includes(wanted))
    throw new Error(`TEMPORAL_TLS is "${wanted}"; it must be true or false.`);
  if (wanted === '0' || wanted === 'false') return undefined;
  const crt = contentOf(env, 'TEMPORAL_TLS_CLIENT_CERT');
  const key = contentOf(env, 'TEMPORAL_TLS_CLIENT_KEY');
  const serverRootCACertificate = contentOf(env, 'TEMPORAL_TLS_SERVER_CA_CERT');
  if ((crt === undefined) !== (key === undefined))
    throw new Error('TEMPORAL_TLS_CLIENT_CERT_… and TEMPORAL_TLS_CLIENT_KEY_… go together.');
  const tls = {
    ...(serverName !== undefined && { serverNameOverride: serverName }),
    ...(serverRootCACertificate && { serverRootCACertificate }),
    ...(crt && key && { clientCertPair: { crt, key } }),
  };
  if (Object.keys(tls).length > 0) return tls;
  return wanted !== undefined || apiKey !== undefined ? true : undefined;
}

const metaPrefix = 'TEMPORAL_GRPC_META_';

/** Headers of each request: `TEMPORAL_GRPC_META_TENANT` is `tenant`. */
function metadataOf(env: Environment): Record<string, string> | undefined {
  const entries = Object.entries(env).filter(([name]) => name.startsWith(metaPrefix));
  const headerOf = (name: string) => name.slice(metaPrefix.length).toLowerCase().replaceAll('_', '-');
  return entries.length > 0 ? Object.fromEntries(entries.map(([name, value]) => [headerOf(name), value])) : undefined;
}

/** @throws Error naming the invalid variable */
export function temporalSettings(env: NodeJS.ProcessEnv): TemporalSettings {
  const given = Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => Boolean(entry[1])));
  const { TEMPORAL_ADDRESS: address = localTemporal, TEMPORAL_NAMESPACE: namespace = 'default' } = given;
  const tls = tlsOf(given);
  const apiKey = given['TEMPORAL_API_KEY'];
  const metadata = metadataOf(given);
  const host = address.replace(/:\d+$/, '');
  if (!tls && !isLoopback(host) && env[plainAllowed] !== '1')
    throw new Error(
      `TEMPORAL_ADDRESS is ${address}, and what is sent there would not be encrypted: set TEMPORAL_TLS=true (and TEMPORAL_TLS_… for certificates), or ${plainAllowed}=1 where the network between is trusted.`,
    );
  return {
    address,
    namespace,
    ...(tls && { tls }),
    ...(apiKey !== undefined && { apiKey }),
    ...(metadata && { metadata }),
  };
}

/** Options common to client and worker connections. */
export const connectionOptions = ({ address, tls, apiKey, metadata }: TemporalSettings) => ({
  address,
  ...(tls !== undefined && { tls }),
  ...(apiKey !== undefined && { apiKey }),
  ...(metadata && { metadata }),
});

/** @throws Error for an unencrypted connection to a remote database */
export function databaseUri(env: NodeJS.ProcessEnv): string {
  const uri = env['MONGODB_URI'] || localDatabase;
  const elsewhere = plainHostsOf(uri).filter((host) => !isLoopback(host));
  if (elsewhere.length > 0 && env[plainAllowed] !== '1')
    throw new Error(
      `MONGODB_URI names ${elsewhere.join(', ')}, and what is sent there would not be encrypted: add tls=true to it (tlsCAFile, tlsCertificateKeyFile for certificates), or set ${plainAllowed}=1 where the network between is trusted.`,
    );
  return uri;
}
