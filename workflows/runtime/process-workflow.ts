/** Workflow type `process`: any deployed definition without messages of its own. */

import type { Outcome, StartInput } from './instance-messages.ts';
import { runInstance } from './run-instance.ts';

export function process(input: StartInput): Promise<Outcome> {
  return runInstance(input);
}
