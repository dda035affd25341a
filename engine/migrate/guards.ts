/** Boundary events, event subprocesses and branches of event-based gateways that are new in the definition, on what goes on. */

import type { Outcome } from '../core/failure.ts';
import { elementOf, getWait } from '../core/run.ts';
import type { Run } from '../core/run-types.ts';
import { lookupOf } from '../core/token.ts';
import { armGuards, type Guard, prepareGuards, prepareTriggers } from '../events/arm.ts';
import { eventsOf } from '../events/events-of-element.ts';
import { incidentMessage } from '../messages/incidents.ts';
import type { ElementId, LocalizedText, Plan, PlanElement } from '../model/plan.ts';
import type { Key, Wait } from '../model/types.ts';
import { elementIn, type Fate, isBranch, isGuard } from './fates.ts';
import { isInner, type Pair, targetOf } from './match.ts';
import { runAsOf } from './triggers.ts';
import type { MigrationOptions } from './types.ts';

/** An event that is to be armed: on which wait, in which scope. */
interface Missing {
  element: ElementId;
  host: Key;
  scope: Key;
}

export type Made = { element: ElementId; host: Key; key: Key; dueAt?: string };
export type NotMade = { element: ElementId; host: Key; why: LocalizedText };

/** Arms new events. One that cannot be evaluated is reported and refuses the migration. */
export function makeGuards(
  run: Run,
  pair: Pair,
  fates: Map<Key, Fate>,
  options: MigrationOptions,
): { made: Made[]; failed: NotMade[] } {
  const made: Made[] = [];
  const failed: NotMade[] = [];
  for (const old of Object.values(pair.state.waits)) {
    const fate = fates.get(old.key);
    if (fate?.outcome !== 'goes-on' || getWait(run, old.key) === undefined) continue;
    for (const missing of missingOn(pair, fates, old, fate.wait)) {
      const guards = prepare(options.timers === 'reevaluate' ? runAsOf(run, old.since) : run, missing);
      if (!guards.ok) {
        failed.push({ element: missing.element, host: missing.host, why: incidentMessage(guards.params) });
        continue;
      }
      for (const guard of guards.value) {
        const key = String(run.nextKey);
        armGuards(run, [guard], missing.host, missing.scope);
        const timer = guard.triggers.find((trigger) => trigger.type === 'timer');
        made.push({ element: missing.element, host: missing.host, key, ...(timer && { dueAt: timer.dueAt }) });
      }
    }
  }
  return { made, failed };
}

function prepare(run: Run, { element, host }: Missing): Outcome<Guard[]> {
  const wait = getWait(run, host);
  if (wait === undefined) return { ok: true, value: [] };
  const lookup = lookupOf(run, wait);
  if (wait.kind !== 'gateway') return prepareGuards(run, [element], lookup);
  const branch = elementOf(run, element);
  const triggers = prepareTriggers(run, eventsOf(branch), lookup);
  return triggers.ok ? { ok: true, value: [{ element: branch, triggers: triggers.value }] } : triggers;
}

const guarded: readonly string[] = ['creating', 'assigning', 'updating', 'completing'];

function missingOn(pair: Pair, fates: Map<Key, Fate>, old: Wait, wait: Wait): Missing[] {
  if (wait.kind === 'stuck' || wait.kind === 'join' || isGuard(pair, old) || isBranch(pair, old)) return [];
  // Before an element has begun, and when it is over, nothing guards it.
  if (wait.kind === 'job' && wait.listener && !guarded.includes(wait.listener.event)) return [];
  if (wait.kind === 'scope' && wait.branch) return [];
  const before = elementIn(pair, old);
  const after = pair.to.elements[wait.element];
  if (after === undefined) return [];
  const missing: Missing[] = [];
  const add = (elements: ElementId[], from: ElementId[], scope: Key) => {
    for (const element of elements)
      if (isMissing(pair, fates, old.key, element, from)) missing.push({ element, host: old.key, scope });
  };
  if (wait.kind === 'gateway') add(targets(pair.to, after), targets(pair.from, before), wait.scope!);
  if (!isInner(pair, old)) add(boundaryOf(after), boundaryOf(before), wait.scope!);
  if (wait.kind === 'scope' && wait.ending === undefined && !isInterrupted(pair, old.key))
    add(startsOf(pair.to, after), startsOf(pair.from, before), old.key);
  return missing;
}

const boundaryOf = (element: PlanElement): ElementId[] => ('boundary' in element && element.boundary) || [];

function targets(plan: Plan, gateway: PlanElement): ElementId[] {
  return 'outgoing' in gateway ? gateway.outgoing.flatMap((id) => plan.flows[id]?.target ?? []) : [];
}

function startsOf(plan: Plan, scope: PlanElement): ElementId[] {
  const inside = ('eventSubProcesses' in scope && scope.eventSubProcesses) || [];
  return inside.flatMap((id) => {
    const element = plan.elements[id];
    return element !== undefined && 'starts' in element ? element.starts : [];
  });
}

/** An event subprocess has taken the scope's place: it listens to nothing more. */
function isInterrupted({ from, state }: Pair, scope: Key): boolean {
  return Object.values(state.waits).some((wait) => {
    const element = from.elements[wait.element];
    if (wait.scope !== scope || wait.kind !== 'scope' || element?.kind !== 'eventSubProcess') return false;
    return element.starts.some((id) => {
      const start = from.elements[id];
      return start?.kind === 'startEvent' && start.interrupting;
    });
  });
}

/**
 * New in the definition, or drawn with other events while its old ones still waited. What the old definition had and no longer waits for has
 * happened already, and does not come again.
 */
function isMissing(pair: Pair, fates: Map<Key, Fate>, host: Key, element: ElementId, before: ElementId[]): boolean {
  if (pair.mapping[element] === null) return false;
  const stoodFor = before.filter((id) => targetOf(pair, id) === element);
  if (stoodFor.length === 0) return true;
  const waiting = Object.values(pair.state.waits).filter(
    (wait) => wait.host === host && wait.kind === 'event' && stoodFor.includes(wait.element),
  );
  if (waiting.length > 0)
    return waiting.every(({ key }) => {
      const fate = fates.get(key);
      return fate?.outcome === 'dropped' && fate.code === 'events-changed';
    });
  return stoodFor.every((id) => !mayBeArmed(pair.from.elements[id]));
}

const armed: readonly string[] = ['timer', 'message', 'signal', 'conditional'];

function mayBeArmed(element: PlanElement | undefined): boolean {
  return element !== undefined && eventsOf(element).some(({ type }) => armed.includes(type));
}
