/**
 * Elements in the flow that wait for an event: intermediate catch events and receive tasks, with a token of their own or after an event-
 * based gateway.
 */
import { complete } from '../core/moves.ts';
import { getWait } from '../core/run.ts';
import type { Occurrence, Run } from '../core/run-types.ts';
import { tokenOf } from '../core/token.ts';
import { dropOtherTimers } from '../events/consume-trigger.ts';
import type { Wait } from '../model/types.ts';
import { takeBranch } from './event-based-gateway.ts';

export function resumeCatching(run: Run, wait: Wait, occurrence: Occurrence): void {
  if (wait.kind !== 'event' || occurrence.type !== 'event') return;
  const { trigger, results } = occurrence;
  const gateway = wait.host === undefined ? undefined : getWait(run, wait.host);
  if (gateway?.kind === 'gateway') {
    takeBranch(run, gateway, wait, trigger, results);
    return;
  }
  dropOtherTimers(run, wait, trigger);
  complete(run, tokenOf(run, wait), results);
}
