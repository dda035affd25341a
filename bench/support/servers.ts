/** Servers of a benchmark's own in a folder of its own, with the complaint deployed; all of it goes when the benchmark ends. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { startMongodb } from '../../scripts/servers/mongodb.ts';
import { freePort } from '../../scripts/servers/ports.ts';
import { startTemporal } from '../../scripts/servers/temporal.ts';
import { connectStore, disconnectStore } from '../../store/db/connection.ts';
import { sealingClient } from '../../temporal/sealing/client.ts';
import { testKeys } from '../../tests/support/keys.ts';
import { dataConverter } from './keys.ts';
import { deployComplaint } from './seed.ts';
import { type MeasuredWorker, startWorker } from './workers.ts';

export interface Bench {
  /** For what the engine runs: sealed for each use. */
  client: Client;
  /** For what is written by hand: sealed by the same codec, without uses. */
  byHandClient: Client;
  temporalPid: number;
  mongodbPid: number;
  temporalAddress: string;
  mongodbUri: string;
  /** For files of the benchmark; goes with it. */
  folder: string;
  /** A worker in a process of its own; ended with the benchmark. @param recordedFile for `bare` */
  worker(
    kind: Parameters<typeof startWorker>[0],
    taskQueue: string,
    nodeArguments?: string[],
    recordedFile?: string,
  ): Promise<MeasuredWorker>;
}

/** A case number that no case of this run has yet. */
export function caseNumbers(): () => string {
  let number = 0;
  return () => {
    number += 1;
    return `BJ202611${String(number).padStart(4, '0')}`;
  };
}

export async function withServers(measure: (bench: Bench) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'careloop-bench-'));
  const [temporal, mongodb] = await Promise.all([
    startTemporal({
      port: await freePort(),
      dataFile: join(folder, 'temporal.db'),
      logFile: join(folder, 'temporal.log'),
    }),
    startMongodb({ port: await freePort(), dataFolder: join(folder, 'mongodb'), logFile: join(folder, 'mongodb.log') }),
  ]);
  const workers: MeasuredWorker[] = [];
  try {
    await connectStore(mongodb.uri);
    await deployComplaint();
    const connection = await Connection.connect({ address: temporal.address });
    await measure({
      client: sealingClient(connection, 'default', testKeys),
      byHandClient: new Client({ connection, dataConverter }),
      temporalPid: temporal.pid,
      mongodbPid: mongodb.pid,
      temporalAddress: temporal.address,
      mongodbUri: mongodb.uri,
      folder,
      async worker(kind, taskQueue, nodeArguments, recordedFile) {
        const at = {
          address: temporal.address,
          mongodbUri: mongodb.uri,
          taskQueue,
          ...(recordedFile && { recordedFile }),
        };
        const worker = await startWorker(kind, at, nodeArguments);
        workers.push(worker);
        return worker;
      },
    });
    await connection.close();
  } finally {
    for (const worker of workers) await worker.stop();
    await disconnectStore();
    await Promise.all([temporal.stop(), mongodb.stop()]);
    await rm(folder, { recursive: true, force: true });
  }
}
