/** The worker's log, and in it that of Temporal. */
import { DefaultLogger, Runtime } from '@temporalio/worker';
import type { DestinationStream, Logger } from 'pino';
import { createMaskedLog } from '../temporal/masked-log.ts';

export type Log = Logger;

/** @param to instead of standard output */
export const createLog = (level: string, to?: DestinationStream): Log => createMaskedLog(level, { part: 'worker' }, to);

const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/** Temporal's own lines in the same log; stopping is our business (worker/main.ts), not its. */
export function installRuntime(log: Log): void {
  const logger = new DefaultLogger('INFO', ({ level, message, meta }) => {
    const { error, ...about } = (meta ?? {}) as Record<string, unknown>;
    const reason = error instanceof Error ? { reason: error.message, stack: error.stack } : {};
    log[levels[level]]({ ...plain(about), ...reason }, message);
  });
  Runtime.install({ logger, shutdownSignals: [] });
}

/** Ids and names; payloads and decorated values stay out. */
function plain(about: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(about).filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value)),
  );
}
