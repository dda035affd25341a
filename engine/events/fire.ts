/**
 * What was waited for has happened: an intermediate event lets its token go on, a boundary event or the start of an event subprocess
 * interrupts what it guards or begins something beside it (BPMN 2.0.2, 13.5.2 to 13.5.4).
 */

import { cancel } from '../core/cancel.ts';
import { adjustTokenCount } from '../core/live-tokens.ts';
import { complete, completeAfterEvent, leaveAfterEvent } from '../core/moves.ts';
import { end } from '../core/release.ts';
import { addJournalEntry, elementOf, getWait, putWait, removeWait } from '../core/run.ts';
import type { Run, Token } from '../core/run-types.ts';
import { tokenOf } from '../core/token.ts';
import { propagateVariables } from '../core/variables.ts';
import { startEventSubProcess } from '../elements/event-sub-process.ts';
import type { Variables } from '../model/plan.ts';
import type { Key, Wait, WaitOf } from '../model/types.ts';
import { isArmed } from './arm.ts';
import { breachLimit } from './clocks.ts';
import { compensationOf } from './compensables.ts';
import { leaveHandler } from './compensation.ts';
import { consumeWait, dropOtherTimers, keepArmed } from './consume-trigger.ts';

/**
 * One trigger of an event wait fires.
 * @param results variables it brings
 * @param message id of the message that does it: the journal tells who took which
 */
export function fire(
  run: Run,
  wait: WaitOf<'event'>,
  index: number,
  results: Variables | undefined,
  message?: string,
): void {
  const element = elementOf(run, wait.element);
  const trigger = wait.triggers[index]!;
  addJournalEntry(run, 'event-fired', element.id, wait.key, {
    type: trigger.type,
    ...(message !== undefined && { message }),
  });
  // What follows is the process's own doing.
  run.by = undefined;
  if (trigger.type === 'timer' && trigger.limit !== undefined) breachLimit(run, wait.key, trigger.limit);
  if ('parallelMultiple' in element && element.parallelMultiple && !allFired(run, wait, index, results)) return;
  switch (element.kind) {
    case 'boundaryEvent':
      fireBoundary(run, wait, element.interrupting, index, results);
      return;
    case 'startEvent':
      startEventSubProcess(run, wait, index, results);
      return;
    default:
      fireCatch(run, wait, index, results);
  }
}

/** Parallel multiple: every one of its events must occur (BPMN 2.0.2, 10.5.5). What the earlier ones bring is kept at once. */
function allFired(run: Run, wait: WaitOf<'event'>, index: number, results: Variables | undefined): boolean {
  const fired = [...(wait.fired ?? []), index];
  if (wait.triggers.every((trigger, i) => !isArmed(trigger) || fired.includes(i))) return true;
  putWait(run, { ...wait, fired });
  if (results !== undefined) propagateVariables(run, wait.scope!, results);
  return false;
}

/** An intermediate event or receive task: a token of its own, or a branch of an event-based gateway. */
function fireCatch(run: Run, wait: WaitOf<'event'>, index: number, results: Variables | undefined): void {
  const gateway = wait.host === undefined ? undefined : getWait(run, wait.host);
  if (gateway?.kind !== 'gateway') {
    dropOtherTimers(run, wait, index);
    complete(run, tokenOf(run, wait), results);
    return;
  }
  // The first event wins; the others go with the gateway (BPMN 2.0.2, 10.6.6).
  consumeWait(run, wait, index);
  for (const other of branches(run, gateway.key)) end(run, other);
  passGateway(run, gateway, wait.element);
  const token: Token = {
    element: elementOf(run, wait.element),
    key: wait.key,
    scope: wait.scope!,
    phase: 'activating',
  };
  completeAfterEvent(run, token, results);
}

function branches(run: Run, gateway: Key): Wait[] {
  const found: Wait[] = [];
  for (const key of [...Object.keys(run.before.waits), ...run.changed.keys()]) {
    const wait = getWait(run, key);
    if (wait?.host === gateway && !found.includes(wait)) found.push(wait);
  }
  return found;
}

function passGateway(run: Run, gateway: Wait, event: string): void {
  const element = elementOf(run, gateway.element);
  removeWait(run, gateway.key);
  addJournalEntry(run, 'element-completed', element.id, gateway.key);
  const flow = 'outgoing' in element ? element.outgoing.find((id) => run.plan.flows[id]?.target === event) : undefined;
  if (flow !== undefined) addJournalEntry(run, 'flow-taken', element.id, gateway.key, { flow });
}

/**
 * A boundary event (BPMN 2.0.2, 10.5.4 and 13.5.3): interrupting, the activity is cancelled and its token goes on from the event; not
 * interrupting, the activity stays and a further token is made.
 */
function fireBoundary(
  run: Run,
  wait: WaitOf<'event'>,
  interrupting: boolean,
  index: number,
  results: Variables | undefined,
): void {
  const element = elementOf(run, wait.element);
  const scope = wait.scope!;
  if (interrupting) {
    const host = getWait(run, wait.host!);
    const compensation = host && compensationOf(run, host);
    consumeWait(run, wait, index);
    if (host) cancel(run, host);
    if (compensation !== undefined) {
      leaveHandler(run, compensation, scope, () => leaveAfterEvent(run, element, scope, results));
      return;
    }
  } else {
    keepArmed(run, wait, index);
    adjustTokenCount(run, scope, 1);
  }
  leaveAfterEvent(run, element, scope, results);
}

/**
 * What a multi-instance throws for one of its instances: the boundary event is that instance's, which is complete already, so that
 * nothing is interrupted and the other instances go on (BPMN 2.0.2, table 10.30 behavior).
 */
export function fireForLoopBody(run: Run, wait: WaitOf<'event'>, index: number, results: Variables | undefined): void {
  addJournalEntry(run, 'event-fired', wait.element, wait.key, { type: wait.triggers[index]!.type });
  adjustTokenCount(run, wait.scope!, 1);
  leaveAfterEvent(run, elementOf(run, wait.element), wait.scope!, results);
}

/** Whether a timer event is for a trigger that is still to fire. */
export function isAwaiting(wait: Wait | undefined, index: number): wait is WaitOf<'event'> {
  return wait?.kind === 'event' && wait.triggers[index]?.type === 'timer' && !wait.fired?.includes(index);
}
