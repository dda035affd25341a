/** The API's log: one JSON line per event. Personal numbers are masked, should a text of others hold any. */
import { type DestinationStream, type LogFn, type Logger, type LoggerOptions, pino } from 'pino';
import { maskTexts } from '../engine/model/personal-numbers.ts';

/** @param to instead of standard output */
export function createLog(level: string, to?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    base: { program: 'api' },
    timestamp: pino.stdTimeFunctions.isoTime,
    hooks: {
      logMethod(args, method) {
        method.apply(this, args.map(maskTexts) as Parameters<LogFn>);
      },
    },
  };
  return to ? pino(options, to) : pino(options);
}
