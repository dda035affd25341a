/** What comes before starting: the ports are free, the servers' binaries are there, dist/ is up to date. All side by side. */
import { buildAll } from '../build.ts';
import { type DatabaseKind, obtainMongodb, obtainTemporal } from '../servers/find.ts';
import { checkRemoteMongodb, kindOfData } from '../servers/mongodb.ts';
import { isPortFree } from '../servers/ports.ts';
import { prepareRemoteTemporal } from '../servers/temporal.ts';
import { failure } from './failure.ts';
import type { Binaries } from './parts.ts';
import { during, type Screen } from './screen.ts';
import { type LocalPaths, portsNeeded, type Settings } from './settings.ts';

/** Throws with all the ports that are taken, and how to choose others. */
export async function requireFreePorts(settings: Settings): Promise<void> {
  const needed = portsNeeded(settings);
  for (const { port, use } of needed) {
    const same = needed.find((other) => other.port === port && other.use !== use);
    if (same)
      throw failure(
        'port-twice',
        `Port ${port} is to be used for ${use} and for ${same.use}.`,
        `Change ${same.variable}.`,
      );
  }
  const busy = [];
  for (const entry of needed) if (!(await isPortFree(entry.port))) busy.push(entry);
  const [first] = busy;
  if (!first) return;
  throw failure(
    'port-busy',
    busy
      .map(({ port, variable, use }) => `Port ${port} for ${use} (${variable}) is in use by another program.`)
      .join('\n'),
    `Stop that program, or choose another port: ${first.variable}=${first.port + 1000} ./careloop start (or --${first.flag} ${first.port + 1000})`,
  );
}

/** Gets all that has to be there before anything is started. When one of them fails, the others are given up. */
export async function prepareAll(
  settings: Settings,
  paths: LocalPaths,
  screen: Screen,
  signal: AbortSignal,
): Promise<Binaries> {
  const given = new AbortController();
  const either = AbortSignal.any([signal, given.signal]);
  const tasks = [
    during(screen, 'Programs built (dist/)', () => buildAll(), String),
    temporalBinary(settings, screen, either),
    mongodbServer(settings, paths, screen, either),
  ] as const;
  try {
    const [, temporal, mongodb] = await Promise.all(tasks);
    signal.throwIfAborted();
    return { temporal, mongodb };
  } catch (error) {
    given.abort();
    await Promise.allSettled(tasks);
    throw error;
  }
}

async function temporalBinary(settings: Settings, screen: Screen, signal: AbortSignal): Promise<string | undefined> {
  const { temporalAddress, env } = settings;
  if (!temporalAddress) return (await obtainTemporal({ env, screen, signal })).binary;
  await during(screen, `Temporal at ${temporalAddress} (TEMPORAL_ADDRESS)`, () => prepareRemoteTemporal(env));
  return undefined;
}

async function mongodbServer(
  settings: Settings,
  paths: LocalPaths,
  screen: Screen,
  signal: AbortSignal,
): Promise<{ kind: DatabaseKind; binary: string } | undefined> {
  const { mongodbUri, env } = settings;
  const written = kindOfData(paths.mongodbData);
  if (!mongodbUri) return obtainMongodb({ env, screen, signal, ...(written ? { kinds: [written] } : {}) });
  await during(screen, `Database at ${withoutCredentials(mongodbUri)} (MONGODB_URI)`, () =>
    checkRemoteMongodb(mongodbUri),
  );
  return undefined;
}

/** For the screen: an address may carry a password. */
export function withoutCredentials(uri: string): string {
  return uri.replace(/\/\/[^@/]*@/, '//…@');
}
