/** Workflow type `process`: any deployed definition without messages of its own. */
import { runInstance } from './runtime/loop.ts';
import type { Outcome, StartInput } from './runtime/messages.ts';

export function process(input: StartInput): Promise<Outcome> {
  return runInstance(input);
}
