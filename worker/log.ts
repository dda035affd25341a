/** The worker's log: one JSON line per event. Reasons are texts of others: personal numbers in them are masked. */
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { type DestinationStream, type LogFn, type Logger, type LoggerOptions, pino } from 'pino';
import { maskTexts } from '../engine/model/personal-numbers.ts';

export type Log = Logger;

/** @param to instead of standard output */
export function createLog(level: string, to?: DestinationStream): Log {
  const options: LoggerOptions = {
    level,
    base: { part: 'worker' },
    timestamp: pino.stdTimeFunctions.isoTime,
    hooks: {
      logMethod(args, method) {
        method.apply(this, args.map(maskTexts) as Parameters<LogFn>);
      },
    },
  };
  return to ? pino(options, to) : pino(options);
}

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
