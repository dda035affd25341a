/** The end of an instance: only listeners of the process still wait; the command `end` reports the status to the runtime. */

import { endClocks } from '../events/clocks.ts';
import { startProcessListeners } from '../listeners/ask.ts';
import { hasCancelListeners } from '../listeners/task.ts';
import type { InstanceState, InstanceStatus, PendingEnd } from '../model/types.ts';
import { cancelInside } from './cancel.ts';
import { end } from './release.ts';
import { addCommand, addJournalEntry, allWaits, getWait, patch, putWait, removeWait } from './run.ts';
import type { Run } from './run-types.ts';

export function endInstance(
  run: Run,
  status: Exclude<InstanceStatus, 'active'>,
  more: { error?: InstanceState['error']; reason?: string } = {},
): void {
  const { root } = run.before;
  cancelInside(run, root);
  run.tokens.clear();
  run.queue = [];
  run.head = 0;
  if (!waitsForListeners(run, { status, ...more, ...(run.by && { by: run.by }) })) finishInstance(run, status, more);
}

/** The end waits for listeners of cancelled tasks, then for listeners of the process. */
function waitsForListeners(run: Run, ends: PendingEnd): boolean {
  const { root } = run.before;
  const aside = hasCancelListeners(run);
  const listening = !aside && ends.listened === undefined && listenToEnd(run, ends);
  if (!aside && !listening) return false;
  const wait = getWait(run, root);
  if (wait?.kind !== 'scope') return false;
  if (listening || wait.ends !== ends)
    putWait(run, { ...wait, tokens: 0, ends: listening ? { ...ends, listened: true } : ends });
  return true;
}

/** End listeners of the process run when it completes, cancel listeners when it is cancelled; an uncaught error runs neither. */
function listenToEnd(run: Run, { status }: PendingEnd): boolean {
  return status === 'failed' ? false : startProcessListeners(run, status === 'cancelled' ? 'cancel' : 'end');
}

/** A listener that held up the end is done. */
export function continueEnd(run: Run): void {
  const root = getWait(run, run.before.root);
  if (root?.kind !== 'scope' || !root.ends) return;
  const { status, by, listened: _, ...more } = root.ends;
  if (waitsForListeners(run, root.ends)) return;
  run.by = by;
  finishInstance(run, status, more);
  run.by = undefined;
}

/** A second cancellation does not wait for listeners. */
export function retryEnd(run: Run): void {
  const root = getWait(run, run.before.root);
  if (root?.kind !== 'scope' || !root.ends) return;
  const { status, listened: _, by: __, ...more } = root.ends;
  for (const wait of allWaits(run)) if (wait.kind === 'job') end(run, wait);
  finishInstance(run, status, more);
}

function finishInstance(
  run: Run,
  status: Exclude<InstanceStatus, 'active'>,
  more: { error?: InstanceState['error']; reason?: string },
): void {
  const { root } = run.before;
  const variables = getWait(run, root)?.variables ?? {};
  endClocks(run, root);
  removeWait(run, root);
  const next = patch(run);
  next.status = status;
  next.endedAt = run.now;
  next.buffer = [];
  if (more.error) next.error = more.error;
  addJournalEntry(run, status === 'completed' ? 'element-completed' : 'element-cancelled', run.plan.key, root);
  addJournalEntry(run, 'instance-ended', undefined, undefined, {
    status,
    ...(more.reason !== undefined && { reason: more.reason }),
    ...(more.error && { code: more.error.code }),
  });
  addCommand(run, { do: 'end', status, variables, ...(more.error && { error: more.error }) });
}
