/** What the routes work with; made once in main.ts, or by a test. */
import type { Logger } from 'pino';
import type { Processes } from '../../temporal/processes.ts';
import type { DefinitionCompiler } from '../compiler/compiler.ts';
import type { ApiConfig } from '../config.ts';
import type { Metrics } from './metrics.ts';

export interface Deps {
  config: ApiConfig;
  processes: Processes;
  compiler: DefinitionCompiler;
  metrics: Metrics;
  log: Logger;
  /** Folder of the built web console; without it the API answers programs only. */
  consoleFolder?: string;
  /** Aborts when the program stops: streams are ended. */
  stopping?: AbortSignal;
  /** Answers that do not fit their schema become an error (tests). */
  checkAnswers?: boolean;
}
