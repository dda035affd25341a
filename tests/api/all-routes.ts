/** All routes, with nothing behind them. */
import { pino } from 'pino';
import { compileHere } from '../../api/compiler/compiler.ts';
import { readConfig } from '../../api/config.ts';
import type { Deps } from '../../api/http/deps.ts';
import { createMetrics } from '../../api/http/metrics.ts';
import { createImportReader } from '../../api/resources/patient-imports/import-reader.ts';
import { allRoutes } from '../../api/resources/routes.ts';
import type { Processes } from '../../temporal/processes.ts';
import { testKeyVariables } from '../support/keys.ts';

const never = () => Promise.reject(new Error('No process is asked here.'));
const processes: Processes = {
  start: never,
  startByRequest: never,
  begin: never,
  isRunning: never,
  exists: never,
  update: never,
  query: never,
  signal: never,
  workOff: never,
  follow: never,
  ping: never,
  lastPoll: never,
  pollers: never,
  close: () => Promise.resolve(),
};
const deps: Deps = {
  imports: createImportReader(),
  config: readConfig(testKeyVariables),
  processes,
  compiler: compileHere,
  metrics: createMetrics(),
  log: pino({ level: 'silent' }),
};
export const routes = allRoutes(deps);
