/** Promises and closed tasks, written without what their element and their wait say of them. */

import { eventsOf } from '../events/events-of-element.ts';
import { oncePerPlan } from '../model/once-per-plan.ts';
import type { Expression, LimitDefinition, Plan } from '../model/plan.ts';
import type { ClosedTask } from '../model/types.ts';
import { type Fields, omitDefaults, restoreDefaults } from './defaults.ts';
import { decodeReason, encodeReason } from './due-reasons.ts';
import { type EncodedWaits, roleOf, type SnapshotContext } from './waits.ts';

interface DefinedLimit {
  element: string;
  limit: LimitDefinition;
  timer: Expression;
}

/** Where each promise is drawn; the first place of several. */
const limitsOf = oncePerPlan((plan) => {
  const limits = new Map<string, DefinedLimit>();
  for (const element of Object.values(plan.elements))
    for (const event of eventsOf(element)) {
      if (event.type !== 'timer' || event.limit === undefined || limits.has(event.limit.id)) continue;
      limits.set(event.limit.id, { element: element.id, limit: event.limit, timer: event.timer.value });
    }
  return limits;
});

/** What is known of a promise; `waits` whole. */
function clockKnown(
  { plan }: SnapshotContext,
  waits: EncodedWaits,
  clock: Fields,
): { known: Fields; timer: Expression | undefined } {
  const drawn = limitsOf(plan).get(String(clock['id']));
  const wait = typeof clock['key'] === 'string' ? waits[clock['key']] : undefined;
  const triggers = (wait?.['triggers'] ?? []) as Fields[];
  const trigger = triggers.find((one) => one['limit'] === clock['id']);
  const broken = clock['breachedAt'] !== undefined ? 'breached' : undefined;
  const known = {
    name: drawn?.limit.name,
    element: drawn?.element,
    tell: drawn?.limit.tell,
    host: wait && (wait['host'] ?? clock['key']),
    startedAt: wait?.['since'],
    dueAt: trigger?.['dueAt'],
    reason: trigger?.['reason'],
    status: broken ?? (clock['endedAt'] === undefined ? 'running' : 'met'),
  };
  return { known, timer: drawn?.timer };
}

export function encodeClocks(frame: SnapshotContext, waits: EncodedWaits, clocks: Fields[]): Fields[] {
  return clocks.map((clock) => {
    const { known, timer } = clockKnown(frame, waits, clock);
    const written = omitDefaults(clock, known);
    const { reason } = written;
    if (reason !== undefined) written['reason'] = encodeReason(reason as Fields, placeOf(frame, clock, timer));
    return written;
  });
}

export function decodeClocks(frame: SnapshotContext, waits: EncodedWaits, written: Fields[]): Fields[] {
  return written.map((rest) => {
    const { known, timer } = clockKnown(frame, waits, rest);
    const clock = restoreDefaults(rest, known);
    const { reason } = rest;
    if (reason !== undefined) clock['reason'] = decodeReason(reason as Fields, placeOf(frame, clock, timer));
    return clock;
  });
}

const placeOf = ({ calendarVersion }: SnapshotContext, { startedAt }: Fields, expression: Expression | undefined) => ({
  since: typeof startedAt === 'string' ? startedAt : undefined,
  expression,
  calendarVersion,
});

/** Its last members are left out where they are usual: done with, by somebody of the role it is drawn for. */
export type EncodedTask = [
  key: string,
  element: string,
  at: string,
  by?: string | null,
  role?: string | null,
  how?: ClosedTask['how'],
];

export function encodeClosedTask(plan: Plan, { key, element, how, by, at }: ClosedTask): EncodedTask {
  const written: EncodedTask = [key, element, at];
  const role = by ? (by.role ?? null) : null;
  if (how !== 'completed') written.push(by?.id ?? null, role, how);
  else if (role !== (roleOf(plan, element) ?? null)) written.push(by?.id ?? null, role);
  else if (by) written.push(by.id);
  return written;
}

export function decodeClosedTask(plan: Plan, written: EncodedTask): ClosedTask {
  const [key, element, at, id = null, role = roleOf(plan, element), how = 'completed'] = written;
  return { key, element, how, ...(id !== null && { by: { id, ...(role && { role }) } }), at };
}
