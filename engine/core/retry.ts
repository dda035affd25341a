/** Retries exactly the work that an incident has stopped. */

import { beginEventSubProcess } from '../elements/event-sub-process.ts';
import { hasCompensablesInside, rescope } from '../events/compensables.ts';
import { retryNextRound } from '../events/consume-trigger.ts';
import { retryListener } from '../listeners/answers.ts';
import { isListener } from '../listeners/wait.ts';
import { refusal } from '../messages/refusals.ts';
import type { EngineEvent, Key, Refusal, Wait, WaitOf } from '../model/types.ts';
import { beginAt } from './begin-instance.ts';
import { proceed } from './flows.ts';
import { begin, complete, completeAfterEvent, enterAfterListeners } from './moves.ts';
import { addJournalEntry, allWaits, elementOf, getWait, newKey, patch, putWait, removeWait } from './run.ts';
import type { Run, Token } from './run-types.ts';
import { tokenOf } from './token.ts';

export function retry(run: Run, event: Extract<EngineEvent, { type: 'retry' }>): Refusal | undefined {
  const wait = getWait(run, event.key);
  if (!wait) return refusal('unknown-key');
  if (!wait.incident) return refusal('nothing-to-retry');
  addJournalEntry(run, 'incident-resolved', wait.element, wait.key, { code: wait.incident.code });
  run.by = undefined;
  if (wait.kind === 'stuck') resumeStuckToken(run, wait);
  else retryWait(run, wait);
  return undefined;
}

function retryWait(run: Run, wait: Wait): void {
  const { incident: _, ...clear } = wait;
  if (clear.kind === 'job') {
    const next: WaitOf<'job'> = { ...clear, attempt: clear.attempt + 1 };
    if (isListener(next)) {
      retryListener(run, next);
      return;
    }
    retryElement(run, next);
  } else if (clear.kind === 'event') retryNextRound(run, clear);
  else if (clear.kind === 'multi') run.kinds.retryBody(run, clear);
  else retryElement(run, clear);
}

/** A kind without its own retry is evaluated again once no token can move: an unreachable join raises its incident again. */
function retryElement(run: Run, wait: Wait): void {
  putWait(run, wait);
  run.kinds.behaviourOf(elementOf(run, wait.element)).retry?.(run, wait);
}

/** A new key, so that a repeat of the same retry has no effect. */
function resumeStuckToken(run: Run, wait: WaitOf<'stuck'>): void {
  removeWait(run, wait.key);
  const element = elementOf(run, wait.element);
  const key = newKey(run);
  const token: Token = { ...tokenOf(run, wait), key };
  if (wait.flow !== undefined) token.flow = wait.flow;
  if (wait.resets) token.resets = true;
  switch (wait.at) {
    case 'enter':
      begin(run, { ...token, phase: 'activating' });
      return;
    case 'listened':
      enterAfterListeners(run, token);
      return;
    case 'happened':
      if (wait.startEvent === undefined) completeAfterEvent(run, { ...token, phase: 'activating' }, wait.happened);
      else beginEventSubProcess(run, { ...token, phase: 'activating' }, wait.startEvent, wait.happened);
      return;
    case 'leave':
      rehost(run, wait.key, key);
      if (hasCompensablesInside(run, wait.key)) rescope(run, wait.key, key);
      complete(run, { ...token, phase: 'completing' });
      return;
    case 'flow':
      proceed(run, { ...token, phase: 'completed' });
      return;
    case 'resume':
      beginAt(run, element.kind === 'process' ? element.starts : [element.id], element.id);
  }
}

/** Waits attached to the old key are attached to the new one. */
function rehost(run: Run, from: Key, to: Key): void {
  for (const other of allWaits(run)) if (other.host === from) putWait(run, { ...other, host: to });
  const clocks = run.patch?.clocks ?? run.before.clocks;
  if (clocks.some((clock) => clock.host === from))
    patch(run).clocks = clocks.map((clock) => (clock.host === from ? { ...clock, host: to } : clock));
}
