/** Cleans up after a token or wait: attached events, clocks, runtime resources, the record of its task. */

import { endClocks } from '../events/clocks.ts';
import type { ClosedTask, Wait } from '../model/types.ts';
import { addCommand, allWaits, patch, removeWait } from './run.ts';
import type { Run, Token } from './run-types.ts';

const maxClosedTasks = 50;

/** Removes a wait and its runtime resources. */
export function end(run: Run, wait: Wait): void {
  const outside =
    wait.kind === 'job' ||
    wait.kind === 'call' ||
    (wait.kind === 'event' && wait.triggers.some((trigger, i) => trigger.type === 'timer' && !wait.fired?.includes(i)));
  if (outside) addCommand(run, { do: 'drop', key: wait.key });
  endClocks(run, wait.key);
  removeWait(run, wait.key);
}

/** A token leaves: its boundary events are removed, its clocks are met unless breached. */
export function releaseGuards(run: Run, token: Token): void {
  const { element } = token;
  const guarded =
    ('boundary' in element && element.boundary !== undefined && element.boundary.length > 0) ||
    ('eventSubProcesses' in element && element.eventSubProcesses !== undefined && element.eventSubProcesses.length > 0);
  if (guarded) for (const wait of allWaits(run)) if (wait.host === token.key) end(run, wait);
  endClocks(run, token.key);
}

export function closeTask(run: Run, task: ClosedTask): void {
  const closed = run.patch?.closedTasks ?? run.before.closedTasks;
  patch(run).closedTasks = [...closed, task].slice(-maxClosedTasks);
}
