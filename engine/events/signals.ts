/** Signals are for everyone who waits for them (BPMN 2.0.2, 10.5.1): at once within the instance, by the runtime in all others. */
import type { ElementId, Variables } from '../plan.ts';
import { allWaits, command, elementOf, getWait, newKey, type Run } from '../run.ts';
import type { Key, WaitOf } from '../types.ts';
import { fire, fireBeside } from './fire.ts';

export interface Signal {
  name: string;
  variables: Variables;
}

/**
 * A signal is thrown here. What it meets may cancel the thrower.
 * @param body a multi-instance body that throws it for one of its instances
 * @returns whether an interrupting boundary event of the body heard it
 */
export function emitSignal(run: Run, signal: Signal & { element: ElementId; key: Key }, body?: Key): boolean {
  const { element, key, name, variables } = signal;
  const id = `${run.before.id}#${newKey(run)}`;
  command(run, { do: 'broadcast-signal', id, key, element, name, variables });
  const interrupts = allWaits(run).some(
    (wait) =>
      wait.kind === 'event' && wait.host === body && listens(wait, name) >= 0 && isInterrupting(run, wait.element),
  );
  deliverSignal(run, signal, 0, body);
  return body !== undefined && interrupts;
}

function isInterrupting(run: Run, id: ElementId): boolean {
  const element = elementOf(run, id);
  return element.kind === 'boundaryEvent' && element.interrupting;
}

/**
 * @param after only waits with a higher key hear it
 * @returns whether anyone did
 */
export function deliverSignal(run: Run, signal: Signal, after: number, body?: Key): boolean {
  let heard = false;
  const listening = allWaits(run).filter((wait) => wait.kind === 'event' && Number(wait.key) > after);
  for (const { key } of listening) {
    // One that heard it earlier may have ended this one.
    const wait = getWait(run, key);
    if (wait?.kind !== 'event') continue;
    const index = listens(wait, signal.name);
    if (index < 0) continue;
    heard = true;
    if (body !== undefined && wait.host === body) fireBeside(run, wait, index, signal.variables);
    else fire(run, wait, index, signal.variables);
  }
  return heard;
}

function listens(wait: WaitOf<'event'>, name: string): number {
  return wait.triggers.findIndex(
    (trigger, i) => trigger.type === 'signal' && trigger.name === name && !wait.fired?.includes(i),
  );
}

/** A signal thrown by this instance comes back to it: only what was armed after the throw has not heard it yet. */
export function thrownAt(run: Run, id: string | undefined): number {
  const own = `${run.before.id}#`;
  return id?.startsWith(own) ? Number(id.slice(own.length)) : 0;
}
