/** The end of an instance: nothing waits any more, and the runtime is told how it ended. */
import { cancelInside } from './cancel.ts';
import { endClocks } from './events/clocks.ts';
import { command, getWait, note, patch, type Run, removeWait } from './run.ts';
import type { InstanceState, InstanceStatus } from './types.ts';

export function endInstance(
  run: Run,
  status: Exclude<InstanceStatus, 'active'>,
  more: { error?: InstanceState['error']; reason?: string } = {},
): void {
  const { root } = run.before;
  const variables = getWait(run, root)?.variables ?? {};
  cancelInside(run, root);
  endClocks(run, root);
  run.tokens.clear();
  run.queue = [];
  run.head = 0;
  removeWait(run, root);
  const next = patch(run);
  next.status = status;
  next.endedAt = run.now;
  next.buffer = [];
  if (more.error) next.error = more.error;
  note(run, status === 'completed' ? 'element-completed' : 'element-cancelled', run.plan.key, root);
  note(run, 'instance-ended', undefined, undefined, {
    status,
    ...(more.reason !== undefined && { reason: more.reason }),
    ...(more.error && { code: more.error.code }),
  });
  command(run, { do: 'end', status, variables, ...(more.error && { error: more.error }) });
}
