/** Facts about the installation for the checks of a diagram: roles, job types, messages. Checks without their facts are skipped. */
import type { CompileOptions } from '../compile/index.ts';
import type { JobSignature } from '../model/job-signature.ts';

export interface LintOptions extends CompileOptions {
  /** Built-in job types, by type: what their tasks give and read is checked against them. */
  jobSignatures?: Readonly<Record<string, JobSignature>>;
  /** Names of messages that something outside this file sends: other definitions, the API, workers. */
  sentMessages?: readonly string[];
  /** The same of signals. */
  thrownSignals?: readonly string[];
}
