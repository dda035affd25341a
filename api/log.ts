/** The API's log. */
import type { DestinationStream, Logger } from 'pino';
import { createMaskedLog } from '../temporal/masked-log.ts';

/** @param to instead of standard output */
export const createLog = (level: string, to?: DestinationStream): Logger =>
  createMaskedLog(level, { program: 'api' }, to);
