/** The parts `start` runs: Temporal and the database unless existing ones are used, then worker, API and simulated SMS carrier from dist/. */
import { join } from 'node:path';
import type { DatabaseKind } from '../servers/find.ts';
import { type LocalProcess, launch } from '../servers/local-process.ts';
import { startMongodb } from '../servers/mongodb.ts';
import { LOOPBACK } from '../servers/ports.ts';
import { startTemporal } from '../servers/temporal.ts';
import { localKeys } from './local-keys.ts';
import { type LocalPaths, programEnvironment, root, type Settings, usesSimulator } from './settings.ts';
import type { Part } from './supervisor.ts';

export interface Binaries {
  temporal: string | undefined;
  mongodb: { kind: DatabaseKind; binary: string } | undefined;
}

export function serverParts(settings: Settings, paths: LocalPaths, binaries: Binaries): Part[] {
  const parts: Part[] = [];
  const { mongodb, temporal } = binaries;
  if (mongodb) {
    parts.push({
      name: 'mongodb',
      start: (onSpawn) =>
        startMongodb({
          port: settings.ports.mongodb,
          dataFolder: paths.mongodbData,
          logFile: paths.log('mongodb'),
          server: mongodb,
          detached: true,
          onSpawn,
        }),
    });
  }
  if (temporal) {
    parts.push({
      name: 'temporal',
      start: (onSpawn) =>
        startTemporal({
          port: settings.ports.temporal,
          uiPort: settings.ports.temporalUi,
          codecEndpoint: `http://${LOOPBACK}:${settings.ports.api}/api/codec`,
          dataFile: paths.temporalData,
          logFile: paths.log('temporal'),
          binary: temporal,
          detached: true,
          onSpawn,
        }),
    });
  }
  return parts;
}

const nodeArguments = {
  // CARELOOP_STACK_TRACES=1 turns them on again.
  worker: ['--enable-source-maps', '--require', join(root, 'dist', 'no-stack-traces.cjs')],
  api: ['--enable-source-maps'],
  simulator: ['--enable-source-maps'],
};

export function programParts(settings: Settings, paths: LocalPaths): Part[] {
  const program = (name: keyof typeof nodeArguments): Part => ({
    name,
    start: (onSpawn): Promise<LocalProcess> =>
      launch({
        command: process.execPath,
        args: [...nodeArguments[name], join(root, 'dist', `${name}.js`)],
        cwd: root,
        env: {
          ...programEnvironment(settings, localKeys(paths.keys, settings.env)),
          ...(name === 'simulator' && { CARELOOP_SIMULATOR_FILE: paths.simulatorMessages }),
        },
        logFile: paths.log(name),
        detached: true,
        onSpawn,
      }),
  });
  return [program('worker'), program('api'), ...(usesSimulator(settings) ? [program('simulator')] : [])];
}
