/**
 * Starts the local database: `mongod` where there is one, otherwise the stand-in that is compatible with it
 * (docs/architecture.md#local-servers). Either runs as a replica set of one member, on loopback, and has an acknowledged write on disk.
 */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { failure, messageOf } from '../cli/failure.ts';
import { type DatabaseKind, obtainMongodb } from './find.ts';
import { type LocalProcess, launch, untilReady } from './local-process.ts';
import { LOOPBACK } from './ports.ts';

export interface MongodbOptions {
  port: number;
  /** A folder; made when missing. Each kind of server keeps a folder of its own in it: they do not read each other's files. */
  dataFolder: string;
  logFile: string;
  /** Looked for when not given. */
  server?: { kind: DatabaseKind; binary: string };
  /** Name of the database in the address (`careloop`). */
  database?: string;
  detached?: boolean;
  onSpawn?: ((pid: number) => void) | undefined;
}

export interface LocalMongodb extends LocalProcess {
  uri: string;
  kind: DatabaseKind;
}

const REPLICA_SET = 'careloop';

/** Which server wrote the data that is there already, if any: only that one can read it. */
export function kindOfData(dataFolder: string): DatabaseKind | undefined {
  const kinds: DatabaseKind[] = ['mongod', 'stand-in'];
  return kinds.find((kind) => {
    try {
      return readdirSync(join(dataFolder, kind)).length > 0;
    } catch {
      return false;
    }
  });
}

export async function startMongodb(options: MongodbOptions): Promise<LocalMongodb> {
  const written = kindOfData(options.dataFolder);
  const { kind, binary } = options.server ?? (await obtainMongodb(written ? { kinds: [written] } : {}));
  const path = join(options.dataFolder, kind);
  mkdirSync(path, { recursive: true });
  const args = kind === 'mongod' ? mongodArguments(options.port, path) : standInArguments(options, path);
  const server = await launch({
    command: binary,
    args,
    logFile: options.logFile,
    detached: options.detached ?? false,
    onSpawn: options.onSpawn,
  });
  const host = `${LOOPBACK}:${options.port}`;
  await untilReady('MongoDB', server, options.logFile, () => prepare(host, kind));
  return { ...server, kind, uri: `mongodb://${host}/${options.database ?? 'careloop'}?directConnection=true` };
}

function mongodArguments(port: number, path: string): string[] {
  const cache = ['--wiredTigerCacheSizeGB', '0.25'];
  return [
    '--bind_ip',
    LOOPBACK,
    '--port',
    String(port),
    '--dbpath',
    path,
    '--replSet',
    REPLICA_SET,
    '--quiet',
    ...cache,
  ];
}

function standInArguments(options: MongodbOptions, path: string): string[] {
  // An empty file of settings: without one it would take over whatever it finds in the user's folders.
  const config = join(options.dataFolder, 'stand-in.toml');
  writeFileSync(config, '');
  const place = ['--config', config, '--host', LOOPBACK, '--port', String(options.port), '--storage-path', path];
  // Without --sync-on-commit the last acknowledged writes are lost by a kill -9.
  return [...place, '--sync-on-commit', '--cache-size', '256M', '--log-level', 'WARNING'];
}

/** Throws until the server takes writes; makes a fresh `mongod` a replica set, or moves one to the port it runs on now. */
async function prepare(host: string, kind: DatabaseKind): Promise<void> {
  await withAdmin(`mongodb://${host}/?directConnection=true`, async (admin) => {
    const hello = await admin.command({ hello: 1 });
    if (hello['isWritablePrimary'] === true) return;
    if (kind === 'mongod') await formReplicaSet(admin, host);
    throw new Error('it does not take writes yet');
  });
}

async function formReplicaSet(admin: mongoose.mongo.Db, host: string): Promise<void> {
  const members = [{ _id: 0, host }];
  try {
    const { config } = await admin.command({ replSetGetConfig: 1 });
    if (config.members[0]?.host === host) return;
    await admin.command({ replSetReconfig: { ...config, version: config.version + 1, members }, force: true });
  } catch (error) {
    if (!(error instanceof mongoose.mongo.MongoServerError) || error.codeName !== 'NotYetInitialized') throw error;
    await admin.command({ replSetInitiate: { _id: REPLICA_SET, members } });
  }
}

/** Checks an existing database. */
export async function checkRemoteMongodb(uri: string): Promise<void> {
  try {
    await withAdmin(uri, (admin) => admin.command({ ping: 1 }), 5000);
  } catch (error) {
    throw failure(
      'mongodb-unusable',
      `The database of MONGODB_URI does not answer: ${messageOf(error)}.`,
      'Start it, correct MONGODB_URI, or unset it to use a local one.',
    );
  }
}

async function withAdmin(
  uri: string,
  work: (admin: mongoose.mongo.Db) => Promise<unknown>,
  serverSelectionTimeoutMS = 1000,
): Promise<void> {
  const client = new mongoose.mongo.MongoClient(uri, { serverSelectionTimeoutMS });
  try {
    await client.connect();
    await work(client.db('admin'));
  } finally {
    await client.close();
  }
}
