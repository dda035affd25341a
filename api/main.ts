/** Starts the API. It listens at once and reports missing dependencies at /readyz; it reconnects to them by itself. */
import { join } from 'node:path';
import { connectStore, disconnectStore } from '../store/db/connection.ts';
import { createProcesses } from '../temporal/processes.ts';
import { createCompiler } from './compiler/compiler.ts';
import { readConfig } from './config.ts';
import { createApp } from './http/app.ts';
import { createMetrics } from './http/metrics.ts';
import { createApiServer } from './http/server.ts';
import { createLog } from './log.ts';
import { createImportReader } from './resources/patient-imports/import-reader.ts';

const config = readConfig(process.env);
const log = createLog(config.logLevel);
const metrics = createMetrics();
const compiler = createCompiler();
const imports = createImportReader();
const processes = createProcesses(config.temporal, config.keys, (update, result) =>
  metrics.updates.inc({ update, result }),
);
/** Beside the built program, or in the build folder when run from sources. */
const consoleFolder = join(import.meta.dirname, import.meta.filename.endsWith('.ts') ? '../dist/web' : 'web');
const stopping = new AbortController();
const app = createApp({ config, processes, compiler, imports, metrics, log, consoleFolder, stopping: stopping.signal });
const server = createApiServer(app);

/** Timeouts, so that an unresponsive database counts as unavailable. */
const databaseWithinMs = 5000;

/** Until the first connection; afterwards the driver reconnects by itself. */
async function connectDatabase(): Promise<void> {
  for (let pause = 250; !stopping.signal.aborted; pause = Math.min(pause * 2, 5000)) {
    try {
      await connectStore(config.mongodbUri, { operationTimeoutMs: databaseWithinMs });
      log.info('database connected');
      return;
    } catch (error) {
      log.warn({ err: error instanceof Error ? error.name : 'unknown' }, 'the database is not available yet; retrying');
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

const patienceMs = 10_000;

/** Finishes running requests, then closes connections. A second signal exits at once. */
async function stop(signal: string): Promise<void> {
  if (stopping.signal.aborted) process.exit(1);
  stopping.abort();
  log.info({ signal }, 'stopping');
  const force = setTimeout(() => server.closeAllConnections(), patienceMs);
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  await closed;
  clearTimeout(force);
  await Promise.allSettled([processes.close(), compiler.close(), imports.close(), disconnectStore()]);
  log.info('stopped');
  process.exit(0);
}

process.on('SIGTERM', (signal) => void stop(signal));
process.on('SIGINT', (signal) => void stop(signal));
server.on('error', (error: NodeJS.ErrnoException) => {
  const hint =
    error.code === 'EADDRINUSE'
      ? `Port ${config.port} is in use; set CARELOOP_API_PORT to a free one.`
      : 'Check CARELOOP_HOST and CARELOOP_API_PORT.';
  log.fatal({ code: error.code }, hint);
  process.exit(1);
});
void connectDatabase();
server.listen(config.port, config.host, () => {
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : config.port;
  log.info({ address: `http://${config.host}:${port}` }, 'listening');
});
