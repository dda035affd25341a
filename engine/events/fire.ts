/** What happens when something that was waited for happens. */
import { cancel, end } from '../cancel.ts';
import { startEventSubProcess } from '../elements/event-sub-process.ts';
import type { Token } from '../lifecycle.ts';
import { complete, count } from '../moves.ts';
import type { PlanElement, Variables } from '../plan.ts';
import { command, elementOf, getWait, newKey, note, putWait, type Run, removeWait } from '../run.ts';
import { incidentOf, tokenOf } from '../token.ts';
import type { Key, Trigger, Wait, WaitOf } from '../types.ts';
import { writeUp } from '../variables.ts';
import { arm, isArmed } from './arm.ts';
import { breachLimit } from './clocks.ts';
import { compensationOf, leaveHandler } from './compensation.ts';
import { nextRound } from './timers.ts';

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
  note(run, 'event-fired', element.id, wait.key, { type: trigger.type, ...(message !== undefined && { message }) });
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
  if (results !== undefined) writeUp(run, wait.scope!, results);
  return false;
}

/** An intermediate event or receive task: a token of its own, or a branch of an event-based gateway. */
function fireCatch(run: Run, wait: WaitOf<'event'>, index: number, results: Variables | undefined): void {
  const gateway = wait.host === undefined ? undefined : getWait(run, wait.host);
  if (gateway?.kind !== 'gateway') {
    spendRest(run, wait, index);
    complete(run, tokenOf(run, wait), results);
    return;
  }
  // The first event wins; the others go with the gateway (BPMN 2.0.2, 10.6.6).
  consume(run, wait, index);
  for (const other of branches(run, gateway.key)) end(run, other);
  passGateway(run, gateway, wait.element);
  const token: Token = {
    element: elementOf(run, wait.element),
    key: wait.key,
    scope: wait.scope!,
    phase: 'activating',
  };
  complete(run, token, results);
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
  note(run, 'element-completed', element.id, gateway.key);
  const flow = 'outgoing' in element ? element.outgoing.find((id) => run.plan.flows[id]?.target === event) : undefined;
  if (flow !== undefined) note(run, 'flow-taken', element.id, gateway.key, { flow });
}

/** The timers of a multiple event that did not fire are of no use any more. */
function spendRest(run: Run, wait: WaitOf<'event'>, index: number): void {
  const rest = wait.triggers.some((trigger, i) => i !== index && trigger.type === 'timer' && !wait.fired?.includes(i));
  if (rest) command(run, { do: 'drop', key: wait.key });
}

/** The wait is used up by this trigger. */
export function consume(run: Run, wait: WaitOf<'event'>, index: number): void {
  spendRest(run, wait, index);
  removeWait(run, wait.key);
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
    consume(run, wait, index);
    if (host) cancel(run, host);
    if (compensation !== undefined) {
      leaveHandler(run, compensation, scope, () => leaveFrom(run, element, scope, results));
      return;
    }
  } else {
    again(run, wait, index);
    count(run, scope, 1);
  }
  leaveFrom(run, element, scope, results);
}

/**
 * What a multi-instance throws for one of its instances: the boundary event is that instance's, which is complete already, so that
 * nothing is interrupted and the other instances go on (BPMN 2.0.2, table 10.30 behavior).
 */
export function fireBeside(run: Run, wait: WaitOf<'event'>, index: number, results: Variables | undefined): void {
  note(run, 'event-fired', wait.element, wait.key, { type: wait.triggers[index]!.type });
  count(run, wait.scope!, 1);
  leaveFrom(run, elementOf(run, wait.element), wait.scope!, results);
}

/** A token appears at an event that has happened already. */
export function leaveFrom(run: Run, element: PlanElement, scope: Key, results: Variables | undefined): void {
  complete(run, { element, key: newKey(run), scope, phase: 'activating' }, results);
}

/** A non-interrupting event stays armed; a timer only for its next round, under a new key, so that a late firing finds nothing. */
export function again(run: Run, wait: WaitOf<'event'>, index: number): void {
  const trigger = wait.triggers[index]!;
  const element = elementOf(run, wait.element);
  if ('parallelMultiple' in element && element.parallelMultiple) {
    againTogether(run, wait);
    return;
  }
  if (trigger.type !== 'timer') return;
  const found =
    trigger.cycle && nextRound(trigger.cycle.source, trigger.dueAt, run.context.calendar.zone, trigger.cycle.round);
  if (found && !found.ok) {
    putWait(run, { ...wait, fired: [...(wait.fired ?? []), index], incident: incidentOf(run, found) });
    note(run, 'incident-raised', wait.element, wait.key, { code: found.code, message: found.message });
    return;
  }
  const next = found?.value;
  if (next) {
    consume(run, wait, index);
    const triggers = wait.triggers.map((old, i) => (i === index ? keepLimit(next, trigger) : old));
    arm(run, { ...wait, key: newKey(run), triggers });
    return;
  }
  const fired = [...(wait.fired ?? []), index];
  const more = wait.triggers.some((other, i) => isArmed(other) && !(other.type === 'timer' && fired.includes(i)));
  if (more) putWait(run, { ...wait, fired });
  else removeWait(run, wait.key);
}

/** All events of a parallel multiple one are awaited anew; a timer that has fired never comes again. */
function againTogether(run: Run, wait: WaitOf<'event'>): void {
  if (wait.triggers.some((trigger) => trigger.type === 'timer')) removeWait(run, wait.key);
  else {
    const { fired: _, ...rest } = wait;
    putWait(run, rest);
  }
}

/** Tries again to arm the round that could not be worked out. */
export function rearm(run: Run, wait: WaitOf<'event'>): void {
  const fired = wait.fired ?? [];
  const index = fired.at(-1);
  const trigger = index === undefined ? undefined : wait.triggers[index];
  if (index !== undefined && trigger?.type === 'timer' && trigger.cycle)
    again(run, { ...wait, fired: fired.slice(0, -1) }, index);
  else putWait(run, wait);
}

function keepLimit(next: Trigger, before: Trigger): Trigger {
  return next.type === 'timer' && before.type === 'timer' && before.limit !== undefined
    ? { ...next, limit: before.limit }
    : next;
}

/** Whether a timer event is for a trigger that is still to fire. */
export function awaits(wait: Wait | undefined, index: number): wait is WaitOf<'event'> {
  return wait?.kind === 'event' && wait.triggers[index]?.type === 'timer' && !wait.fired?.includes(index);
}
