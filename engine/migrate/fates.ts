/** The outcome of a migration for each wait, by comparing the two definitions: nothing is evaluated or changed here. */
import type { MigrationLineCode } from '../messages/catalogue.ts';
import { traitsOf } from '../model/element-kinds.ts';
import type { ElementId, FlowId, Json, PlanElement } from '../model/plan.ts';
import type { Key, ListenerPart, UserTask, Wait, WaitOf } from '../model/types.ts';
import { flowTargetOf, isInner, mismatch, type Pair, sameEvents, targetOf } from './match.ts';

export type Fate =
  /** `wait` is the migrated wait; the same object if nothing changes. */
  | { outcome: 'goes-on'; wait: Wait }
  | { outcome: 'dropped'; code: MigrationLineCode }
  | { outcome: 'needs-decision'; code: MigrationLineCode; to?: ElementId; more?: string };

export function elementIn(pair: Pair, wait: Wait): PlanElement {
  const element = pair.from.elements[wait.element];
  if (!element) throw new Error(`The plan of ${pair.from.key} has no element ${wait.element}.`);
  return element;
}

export function fatesOf(pair: Pair): Map<Key, Fate> {
  const fates = new Map<Key, Fate>();
  for (const wait of Object.values(pair.state.waits)) fates.set(wait.key, fateOf(pair, wait));
  for (const wait of Object.values(pair.state.waits))
    if (isInsideDropped(pair, fates, wait)) fates.set(wait.key, { outcome: 'dropped', code: 'inside-dropped' });
  keepLastTokens(pair, fates);
  return fates;
}

function isInsideDropped(pair: Pair, fates: Map<Key, Fate>, wait: Wait): boolean {
  for (const outer of [wait.scope, wait.host]) {
    const around = outer === undefined || outer === wait.key ? undefined : pair.state.waits[outer];
    if (around === undefined) continue;
    if (fates.get(around.key)?.outcome === 'dropped' || isInsideDropped(pair, fates, around)) return true;
  }
  return false;
}

/** A scope left without a token would complete, which was not requested. */
function keepLastTokens(pair: Pair, fates: Map<Key, Fate>): void {
  for (const scope of Object.values(pair.state.waits)) {
    if (scope.kind !== 'scope' || fates.get(scope.key)?.outcome === 'dropped') continue;
    const ended = Object.values(pair.state.waits).filter((wait) => {
      const fate = fates.get(wait.key);
      return wait.scope === scope.key && wait.key !== scope.key && isMapped(fate) && isToken(pair, wait);
    });
    if (ended.length > 0 && ended.length >= scope.tokens)
      for (const wait of ended) fates.set(wait.key, { outcome: 'needs-decision', code: 'last-token' });
  }
}

const isMapped = (fate: Fate | undefined): boolean => fate?.outcome === 'dropped' && fate.code === 'mapped';

/** Whether the wait is a live token of its scope; instances of a body and events that hang on something are not. */
export function isToken(pair: Pair, wait: Wait): boolean {
  return wait.host === undefined && wait.key !== pair.state.root;
}

/** An armed boundary event, or the start event of an event subprocess. */
export function isGuard(pair: Pair, wait: Wait): wait is Extract<Wait, { kind: 'event' }> {
  const { kind } = elementIn(pair, wait);
  return wait.kind === 'event' && wait.host !== undefined && (kind === 'boundaryEvent' || kind === 'startEvent');
}

/** An event behind an event-based gateway. */
export function isBranch(pair: Pair, wait: Wait): wait is Extract<Wait, { kind: 'event' }> {
  return wait.kind === 'event' && wait.host !== undefined && pair.state.waits[wait.host]?.kind === 'gateway';
}

function fateOf(pair: Pair, wait: Wait): Fate {
  const old = elementIn(pair, wait);
  const to = targetOf(pair, wait.element);
  const hangs = isGuard(pair, wait) || isBranch(pair, wait);
  if (to === null) {
    if (isInner(pair, wait)) return { outcome: 'dropped', code: 'inside-dropped' };
    return { outcome: 'dropped', code: 'mapped' };
  }
  const next = to === undefined ? undefined : pair.to.elements[to];
  if (to === undefined || next === undefined)
    return hangs ? { outcome: 'dropped', code: 'guard-gone' } : { outcome: 'needs-decision', code: 'element-gone' };
  if (hangs) return fateOfHanging(pair, wait, old, next);
  const code = mismatch(pair, wait, old, next);
  return code === undefined ? goesOn(pair, wait, old, next) : { outcome: 'needs-decision', code, to };
}

/** It stays with what it hangs on; what is drawn anew is made anew. Only what a mapping says wrongly needs a decision. */
function fateOfHanging(pair: Pair, wait: Extract<Wait, { kind: 'event' }>, old: PlanElement, next: PlanElement): Fate {
  const isMapped = Object.hasOwn(pair.mapping, wait.element);
  if (!hangsOnHost(pair, wait, next))
    return isMapped
      ? { outcome: 'needs-decision', code: 'host-changed', to: next.id }
      : { outcome: 'dropped', code: 'guard-gone' };
  if (!sameEvents(wait, old, next)) return { outcome: 'dropped', code: 'events-changed' };
  return { outcome: 'goes-on', wait: at(wait, next.id) };
}

function hangsOnHost(pair: Pair, wait: Wait, next: PlanElement): boolean {
  const host = pair.state.waits[wait.host ?? ''];
  const on = host && targetOf(pair, host.element);
  if (on === undefined || on === null) return false;
  if (next.kind === 'boundaryEvent') return next.attachedTo === on;
  if (next.kind === 'startEvent') return next.parent !== null && pair.to.elements[next.parent]?.parent === on;
  const gateway = pair.to.elements[on];
  return gateway?.kind === 'eventBasedGateway' && gateway.outgoing.some((id) => pair.to.flows[id]?.target === next.id);
}

function at<W extends Wait>(wait: W, element: ElementId): W {
  return wait.element === element ? wait : { ...wait, element };
}

/** The wait as it is in the new definition, with all ids it holds. */
function goesOn(pair: Pair, wait: Wait, old: PlanElement, next: PlanElement): Fate {
  const moved = at(wait, next.id);
  switch (moved.kind) {
    case 'task':
      return { outcome: 'goes-on', wait: renamed(moved, next) };
    case 'job': {
      const start = moved.listener?.startEvent;
      if (moved.listener && start !== undefined) {
        const startEvent = targetOf(pair, start);
        if (startEvent === undefined || startEvent === null)
          return { outcome: 'needs-decision', code: 'element-gone', more: start };
        return { outcome: 'goes-on', wait: { ...moved, listener: { ...moved.listener, startEvent } } };
      }
      return { outcome: 'goes-on', wait: moved.listener?.task ? listening(moved, moved.listener, next) : moved };
    }
    case 'join': {
      const taken: Record<FlowId, number> = {};
      for (const flow in moved.taken) {
        const target = flow === '' ? flow : flowTargetOf(pair, flow, next);
        if (target === undefined || target === null)
          return { outcome: 'needs-decision', code: 'flow-gone', to: next.id, more: flow };
        taken[target] = (taken[target] ?? 0) + moved.taken[flow]!;
      }
      // What it has had a token of and is no more, it need not wait for either.
      const from = moved.from?.flatMap((flow) => flowTargetOf(pair, flow, next) ?? []);
      if (from) return { outcome: 'goes-on', wait: { ...moved, taken, from } };
      const same = Object.keys(taken).every((flow) => taken[flow] === moved.taken[flow]);
      return { outcome: 'goes-on', wait: same ? moved : { ...moved, taken } };
    }
    case 'scope': {
      if (moved.pending === undefined) break;
      const targets = moved.pending.map((id) => targetOf(pair, id));
      const gone = moved.pending.find((_, i) => targets[i] === undefined);
      if (gone !== undefined) return { outcome: 'needs-decision', code: 'element-gone', more: gone };
      const pending = targets.filter((id): id is ElementId => typeof id === 'string');
      if (pending.every((id, i) => id === moved.pending?.[i]) && pending.length === moved.pending.length) break;
      const { pending: _, ...bare } = moved;
      return { outcome: 'goes-on', wait: pending.length > 0 ? { ...bare, pending } : bare };
    }
    case 'multi':
      return 'loop' in old && old.loop !== undefined
        ? { outcome: 'goes-on', wait: collecting(moved, next) }
        : compensating(pair, moved);
    case 'stuck': {
      if (moved.startEvent !== undefined) {
        const startEvent = targetOf(pair, moved.startEvent);
        return typeof startEvent === 'string'
          ? { outcome: 'goes-on', wait: { ...moved, startEvent } }
          : { outcome: 'needs-decision', code: 'element-gone', more: moved.startEvent };
      }
      if (moved.flow === undefined) break;
      const flow = flowTargetOf(pair, moved.flow, next);
      if (flow === moved.flow) break;
      if (typeof flow === 'string') return { outcome: 'goes-on', wait: { ...moved, flow } };
      if (counts(next)) return { outcome: 'needs-decision', code: 'flow-gone', to: next.id, more: moved.flow };
      const { flow: _, ...bare } = moved;
      return { outcome: 'goes-on', wait: bare };
    }
    default:
  }
  return { outcome: 'goes-on', wait: moved };
}

/** Whether it matters by which flow a token comes. */
function counts(element: PlanElement): boolean {
  return traitsOf(element).family === 'gateway' && 'incoming' in element && element.incoming.length > 1;
}

/** Name and form come from the new definition; assignee and assignment time are kept. */
function renamed(wait: Extract<Wait, { kind: 'task' }>, next: PlanElement): Wait {
  const task = renamedTask(wait.task, next);
  return task === wait.task ? wait : { ...wait, task };
}

function renamedTask(task: UserTask, next: PlanElement): UserTask {
  const name = next.name ?? next.id;
  const formId = next.kind === 'userTask' ? next.user.formId : undefined;
  if (task.name === name && task.formId === formId) return task;
  const { formId: _, ...rest } = task;
  return { ...rest, name, ...(formId !== undefined && { formId }) };
}

/** A task that its listeners hold up. */
function listening(wait: WaitOf<'job'>, listener: ListenerPart, next: PlanElement): Wait {
  const task = listener.task && renamedTask(listener.task, next);
  const before = listener.before && renamedTask(listener.before, next);
  if (task === listener.task && before === listener.before) return wait;
  return { ...wait, listener: { ...listener, ...(task && { task }), ...(before && { before }) } };
}

/** A collection that is new in the definition has nothing of the instances that are done; one of another name has it all. */
function collecting(wait: Extract<Wait, { kind: 'multi' }>, next: PlanElement): Wait {
  const loop = 'loop' in next ? next.loop : undefined;
  if (loop?.type !== 'multi' || loop.outputCollection === undefined) return wait;
  const { outputs = new Array<Json>(wait.total ?? 0).fill(null), variables } = wait;
  if (wait.outputs && Object.hasOwn(variables ?? {}, loop.outputCollection)) return wait;
  return { ...wait, outputs, variables: { ...variables, [loop.outputCollection]: outputs } };
}

/** The handlers still to be called, by their ids in the new definition. */
function compensating(pair: Pair, wait: Extract<Wait, { kind: 'multi' }>): Fate {
  let any = false;
  const items: Json[] = [];
  for (const [i, item] of (wait.items ?? []).entries()) {
    const handler = typeof item === 'object' && item !== null && !Array.isArray(item) ? item['element'] : undefined;
    if (typeof handler !== 'string' || i < wait.created) {
      items.push(item);
      continue;
    }
    const to = targetOf(pair, handler);
    if (typeof to !== 'string') return { outcome: 'needs-decision', code: 'handler-gone', more: handler };
    if (to !== handler) any = true;
    items.push({ ...(item as Record<string, Json>), element: to });
  }
  return { outcome: 'goes-on', wait: any ? { ...wait, items } : wait };
}
