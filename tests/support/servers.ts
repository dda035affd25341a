/** One Temporal and one database for all tests of a run, on free ports and with data that goes afterwards. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startMongodb } from '../../scripts/servers/mongodb.ts';
import { freePort } from '../../scripts/servers/ports.ts';
import { startTemporal } from '../../scripts/servers/temporal.ts';
import { namespacesOf } from './namespace.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** `host:port` of a Temporal with the namespaces of namespace.ts, all search attributes and timers of a millisecond. */
    temporalAddress: string;
    /** Names the database `careloop`; a test that wants one of its own puts another name in its place. */
    mongodbUri: string;
    /** For what the test files of a run have to agree on; goes afterwards. */
    folderOfRun: string;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'careloop-test-'));
  const removeData = () => rm(folder, { recursive: true, force: true });
  const starting = [
    startTemporal({
      port: await freePort(),
      dataFile: join(folder, 'temporal.db'),
      logFile: join(folder, 'temporal.log'),
      namespaces: namespacesOf(project.config.maxWorkers),
    }),
    startMongodb({ port: await freePort(), dataFolder: join(folder, 'mongodb'), logFile: join(folder, 'mongodb.log') }),
  ] as const;
  try {
    const [temporal, mongodb] = await Promise.all(starting);
    project.provide('temporalAddress', temporal.address);
    project.provide('mongodbUri', mongodb.uri);
    project.provide('folderOfRun', folder);
    return async () => {
      await Promise.all([temporal.stop(), mongodb.stop()]);
      await removeData();
    };
  } catch (error) {
    for (const start of await Promise.allSettled(starting)) if (start.status === 'fulfilled') await start.value.stop();
    await removeData();
    throw error;
  }
}
