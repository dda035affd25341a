/** Signals reach every catcher (BPMN 2.0.2, 10.5.1): within the instance at once, in other instances by the runtime. */

import { addCommand, allWaits, elementOf, getWait, newKey } from '../core/run.ts';
import type { Run } from '../core/run-types.ts';
import type { ElementId, Variables } from '../model/plan.ts';
import type { Key, WaitOf } from '../model/types.ts';
import { fire, fireForLoopBody } from './fire.ts';

export interface Signal {
  name: string;
  variables: Variables;
}

/**
 * Throws a signal, which may cancel the thrower.
 * @param body a multi-instance body that throws it for one of its instances
 * @returns whether an interrupting boundary event of the body caught it
 */
export function emitSignal(run: Run, signal: Signal & { element: ElementId; key: Key }, body?: Key): boolean {
  const { element, key, name, variables } = signal;
  const id = `${run.before.id}#${newKey(run)}`;
  addCommand(run, { do: 'broadcast-signal', id, key, element, name, variables });
  const interrupts = allWaits(run).some(
    (wait) =>
      wait.kind === 'event' &&
      wait.host === body &&
      triggerIndexOf(wait, name) >= 0 &&
      isInterrupting(run, wait.element),
  );
  deliverSignal(run, signal, undefined, body);
  return body !== undefined && interrupts;
}

function isInterrupting(run: Run, id: ElementId): boolean {
  const element = elementOf(run, id);
  return element.kind === 'boundaryEvent' && element.interrupting;
}

/**
 * @param at for a signal this instance threw: only waits armed after the throw receive it
 * @returns whether anyone did
 */
export function deliverSignal(run: Run, signal: Signal, at?: SignalOrigin, body?: Key): boolean {
  let caught = false;
  const listening = allWaits(run).filter((wait) => wait.kind === 'event' && (!at || isReachedBy(Number(wait.key), at)));
  for (const { key } of listening) {
    // A wait that received the signal earlier may have ended this one.
    const wait = getWait(run, key);
    if (wait?.kind !== 'event') continue;
    const index = triggerIndexOf(wait, signal.name);
    if (index < 0) continue;
    caught = true;
    if (body !== undefined && wait.host === body) fireForLoopBody(run, wait, index, signal.variables);
    else fire(run, wait, index, signal.variables);
  }
  return caught;
}

function triggerIndexOf(wait: WaitOf<'event'>, name: string): number {
  return wait.triggers.findIndex(
    (trigger, i) => trigger.type === 'signal' && trigger.name === name && !wait.fired?.includes(i),
  );
}

/** When an instance threw a signal, in its own keys: those from `from` on and below `to` belong to what came of the thrower. */
export interface SignalOrigin {
  after: number;
  from?: number;
  to?: number;
}

const isReachedBy = (key: number, { after, from = 0, to = 0 }: SignalOrigin): boolean =>
  key > after && (key < from || key >= to);

/** A signal thrown by this instance is echoed to it: only events armed after the throw, and not by the thrower, receive it. */
export function signalOriginOf(run: Run, id: string | undefined): SignalOrigin | undefined {
  const own = `${run.before.id}#`;
  if (!id?.startsWith(own)) return undefined;
  const [after, from, to] = id.slice(own.length).split(/[/-]/).map(Number);
  return { after: after ?? 0, ...(from !== undefined && to !== undefined && { from, to }) };
}

/** Keys of the resumed thrower: echoes of its own signals skip them. */
export function excludeKeysFromSignal(run: Run, thrower: Key, from: Key, to: Key): void {
  if (from === to) return;
  for (const what of run.commands)
    if (what.do === 'broadcast-signal' && what.key === thrower) what.id = `${what.id}/${from}-${to}`;
}
