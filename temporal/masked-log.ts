/** The log of a program: one JSON line per event, with personal numbers masked. */
import { type DestinationStream, type LogFn, type Logger, type LoggerOptions, pino } from 'pino';
import { maskTexts } from '../engine/model/personal-numbers.ts';

/**
 * @param base members of every line
 * @param to instead of standard output
 */
export function createMaskedLog(level: string, base: Record<string, string>, to?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    base,
    timestamp: pino.stdTimeFunctions.isoTime,
    hooks: {
      logMethod(args, method) {
        method.apply(this, args.map(maskTexts) as Parameters<LogFn>);
      },
    },
  };
  return to ? pino(options, to) : pino(options);
}
