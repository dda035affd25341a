/** Dependencies of the routes; created in main.ts or by a test. */
import type { Logger } from 'pino';
import type { Processes } from '../../temporal/processes.ts';
import type { DefinitionCompiler } from '../compiler/compiler.ts';
import type { ApiConfig } from '../config.ts';
import type { ImportReader } from '../resources/patient-imports/import-reader.ts';
import type { Metrics } from './metrics.ts';

export interface Deps {
  config: ApiConfig;
  processes: Processes;
  compiler: DefinitionCompiler;
  imports: ImportReader;
  metrics: Metrics;
  log: Logger;
  /** Folder of the built web console; absent: no console is served. */
  consoleFolder?: string;
  /** Aborted at shutdown, which ends open streams. */
  stopping?: AbortSignal;
  /** How long a response waits for the rows of an instance that it began, in milliseconds (1500). */
  listedWithinMs?: number;
  /** Throw when a response does not match its schema (tests). */
  checkAnswers?: boolean;
}
