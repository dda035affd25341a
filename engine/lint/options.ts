/** What a check of a drawing may know of the world around it. Whatever is absent is not checked. */
import type { CompileOptions } from '../compile/index.ts';

export interface LintOptions extends CompileOptions {
  /** Names of messages that something outside this file sends: other definitions, the API, workers. */
  sentMessages?: readonly string[];
  /** The same of signals. */
  thrownSignals?: readonly string[];
}
