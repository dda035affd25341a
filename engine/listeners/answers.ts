/** Answers of listeners: the next listener is invoked, or the element continues. */

import { beginProcess } from '../core/begin-instance.ts';
import { continueEnd } from '../core/end-instance.ts';
import { complete, enterAfterListeners, leave } from '../core/moves.ts';
import { addJournalEntry, putWait, removeWait } from '../core/run.ts';
import type { Run, Token } from '../core/run-types.ts';
import { tokenOf } from '../core/token.ts';
import { enclosing, propagateVariables, setVariables } from '../core/variables.ts';
import { openEventSubProcess } from '../elements/event-sub-process.ts';
import type { Variables } from '../model/plan.ts';
import { scheduleListener } from './ask.ts';
import { applyTaskResult, taskAccepted } from './task-answers.ts';
import type { ListenerWait } from './wait.ts';

/** A listener has completed: the next one starts, or the element continues. */
export function listenerDone(run: Run, wait: ListenerWait, brought: Variables): void {
  const { incident: _, ...clear } = wait;
  const { event, index } = clear.listener;
  const next = taken(run, clear, brought);
  if (next === undefined) return;
  addJournalEntry(run, 'listener-completed', wait.element, wait.key, { event, type: wait.jobType });
  const following: ListenerWait = { ...next, attempt: 1, listener: { ...next.listener, index: index + 1 } };
  if (!scheduleListener(run, following)) continueAfterListener(run, next);
}

/**
 * What it brings: before the element begins local variables of it, afterwards variables of the scope around it.
 * @returns undefined when the answer cannot be taken, or has ended the matter
 */
function taken(run: Run, wait: ListenerWait, brought: Variables): ListenerWait | undefined {
  const { root } = run.before;
  switch (wait.listener.event) {
    case 'start':
    case 'beforeAll':
      if (Object.keys(brought).length === 0) return wait;
      if (wait.element !== run.plan.key) return { ...wait, variables: { ...wait.variables, ...brought } };
      setVariables(run, root, brought);
      return wait;
    case 'end':
    case 'cancel':
      propagateVariables(run, enclosing(run, wait) ?? root, brought);
      return wait;
    default:
      return applyTaskResult(run, wait, brought);
  }
}

function continueAfterListener(run: Run, wait: ListenerWait): void {
  const { event, startEvent, happened, output } = wait.listener;
  if (wait.element === run.plan.key) {
    removeWait(run, wait.key);
    if (event === 'start') beginProcess(run, startEvent);
    else continueEnd(run);
    return;
  }
  switch (event) {
    case 'start':
    case 'beforeAll':
      putWait(run, wait);
      if (happened === undefined) enterAfterListeners(run, tokenOf(run, wait));
      else if (startEvent === undefined) complete(run, tokenOf(run, wait), happened);
      else openEventSubProcess(run, tokenOf(run, wait), startEvent, happened);
      return;
    case 'end': {
      const token: Token = { ...tokenOf(run, wait), phase: 'completing' };
      if (output !== undefined) token.output = output;
      putWait(run, wait);
      leave(run, token);
      return;
    }
    default:
      taskAccepted(run, wait);
  }
}

/** Creates the job again after an incident. */
export function retryListener(run: Run, wait: ListenerWait): void {
  // A definition it was migrated to may have fewer of them.
  if (!scheduleListener(run, wait)) continueAfterListener(run, wait);
}
