/** Whether a wait at an element of the old definition can continue at an element of the new definition. */

import { eventsOf } from '../events/events-of-element.ts';
import type { MigrationLineCode } from '../messages/catalogue.ts';
import { traitsOf } from '../model/element-kinds.ts';
import type { ElementId, FlowId, Plan, PlanElement } from '../model/plan.ts';
import type { InstanceState, Wait, WaitOf } from '../model/types.ts';
import type { MigrationMapping } from './types.ts';

/** Both definitions and the mapping between them. */
export interface Pair {
  from: Plan;
  to: Plan;
  mapping: MigrationMapping;
  state: InstanceState;
}

/** The corresponding element: as mapped, or the one with the same id. `null`: it is to end. */
export function targetOf({ from, to, mapping }: Pair, id: ElementId): ElementId | null | undefined {
  if (Object.hasOwn(mapping, id)) return mapping[id];
  if (id === from.key) return to.key;
  return Object.hasOwn(to.elements, id) ? id : undefined;
}

/** The corresponding flow: as mapped, the one with the same id, or the only one between the corresponding elements. */
export function flowTargetOf(pair: Pair, id: FlowId, into: PlanElement): FlowId | null | undefined {
  if (!('incoming' in into)) return undefined;
  if (Object.hasOwn(pair.mapping, id)) {
    const mapped = pair.mapping[id];
    return mapped === null || (mapped !== undefined && into.incoming.includes(mapped)) ? mapped : undefined;
  }
  if (into.incoming.includes(id)) return id;
  const old = pair.from.flows[id];
  const source = old && targetOf(pair, old.source);
  const between = into.incoming.filter((flow) => pair.to.flows[flow]?.source === source);
  return between.length === 1 ? between[0] : undefined;
}

/** Why it cannot; undefined when it can. Guards (boundary events, starts of event subprocesses) are looked at by `guards.ts`. */
export function mismatch(pair: Pair, wait: Wait, old: PlanElement, next: PlanElement): MigrationLineCode | undefined {
  if (!inSameScope(pair, old, next)) return 'scope-changed';
  const begun = wait.kind !== 'stuck' || wait.at !== 'enter';
  if ((begun || isInner(pair, wait)) && !sameLoop(pair, wait, old, next)) return 'loop-changed';
  // A token that has not begun yet may begin at anything a token can come to.
  if (!begun) return traitsOf(next).enterable ? undefined : 'kind-changed';
  switch (wait.kind) {
    case 'job':
      // A listener under way ends as it began; what follows it is what the new definition says.
      if (wait.listener) return goesAlike(old, next) ? undefined : 'kind-changed';
      return goesAlike(old, next) && 'job' in next && next.job !== undefined ? undefined : 'kind-changed';
    case 'event':
      if (traitsOf(next).waitsLike !== 'event') return 'kind-changed';
      return sameEvents(wait, old, next) ? undefined : 'events-changed';
    case 'join':
      if (old.kind !== next.kind) return 'kind-changed';
      return quantityOf(old) > 1 && quantityOf(next) === 1 ? 'kind-changed' : undefined;
    case 'scope':
    case 'task':
    case 'call':
    case 'multi':
    case 'gateway':
    case 'stuck':
      return old.kind === next.kind ? undefined : 'kind-changed';
  }
}

function goesAlike(old: PlanElement, next: PlanElement): boolean {
  return old.kind === next.kind || (traitsOf(old).waitsLike === 'job' && traitsOf(next).waitsLike === 'job');
}

export function quantityOf(element: PlanElement): number {
  return 'startQuantity' in element ? (element.startQuantity ?? 1) : 1;
}

function inSameScope(pair: Pair, old: PlanElement, next: PlanElement): boolean {
  if (old.parent === null || next.parent === null) return old.parent === next.parent;
  return targetOf(pair, old.parent) === next.parent;
}

/** A body stays a body of its kind; one instance of it stays one; a handler of a compensation has its body at another element. */
function sameLoop(pair: Pair, wait: Wait, old: PlanElement, next: PlanElement): boolean {
  const host = wait.host === undefined ? undefined : pair.state.waits[wait.host];
  if (host?.kind === 'multi' && !isInner(pair, wait)) return true;
  return loopOf(old) === loopOf(next);
}

/** One instance of a looping activity. */
export function isInner({ state }: Pair, wait: Wait): boolean {
  const host = wait.host === undefined ? undefined : state.waits[wait.host];
  return host?.kind === 'multi' && host.element === wait.element;
}

function loopOf(element: PlanElement): string | undefined {
  return 'loop' in element ? element.loop?.type : undefined;
}

/** The same kinds of events in the same order, so that what has fired already still means the same. */
export function sameEvents(wait: WaitOf<'event'>, old: PlanElement, next: PlanElement): boolean {
  const events = eventsOf(next);
  if (isParallel(old) !== isParallel(next)) return false;
  return events.length === wait.triggers.length && events.every((event, i) => event.type === wait.triggers[i]?.type);
}

function isParallel(element: PlanElement): boolean {
  return 'parallelMultiple' in element && element.parallelMultiple;
}
