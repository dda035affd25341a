/** Promises and closed tasks, written without what their element and their wait say of them. */

import { eventsOf } from '../events/events-of-element.ts';
import { oncePerPlan } from '../model/once-per-plan.ts';
import type { Expression, LimitDefinition, Plan } from '../model/plan.ts';
import type { ClosedTask } from '../model/types.ts';
import { type Fields, whole, without } from './defaults.ts';
import { shortReason, wholeReason } from './due-reasons.ts';
import { type Frame, roleOf, type WrittenWaits } from './waits.ts';

interface Drawn {
  element: string;
  limit: LimitDefinition;
  timer: Expression;
}

/** Where each promise is drawn; the first place of several. */
const limitsOf = oncePerPlan((plan) => {
  const limits = new Map<string, Drawn>();
  for (const element of Object.values(plan.elements))
    for (const event of eventsOf(element)) {
      if (event.type !== 'timer' || event.limit === undefined || limits.has(event.limit.id)) continue;
      limits.set(event.limit.id, { element: element.id, limit: event.limit, timer: event.timer.value });
    }
  return limits;
});

/** What is known of a promise; `waits` whole. */
function clockKnown(
  { plan }: Frame,
  waits: WrittenWaits,
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

export function shortClocks(frame: Frame, waits: WrittenWaits, clocks: Fields[]): Fields[] {
  return clocks.map((clock) => {
    const { known, timer } = clockKnown(frame, waits, clock);
    const written = without(clock, known);
    const { reason } = written;
    if (reason !== undefined) written['reason'] = shortReason(reason as Fields, placeOf(frame, clock, timer));
    return written;
  });
}

export function wholeClocks(frame: Frame, waits: WrittenWaits, written: Fields[]): Fields[] {
  return written.map((rest) => {
    const { known, timer } = clockKnown(frame, waits, rest);
    const clock = whole(rest, known);
    const { reason } = rest;
    if (reason !== undefined) clock['reason'] = wholeReason(reason as Fields, placeOf(frame, clock, timer));
    return clock;
  });
}

const placeOf = ({ calendarVersion }: Frame, { startedAt }: Fields, expression: Expression | undefined) => ({
  since: typeof startedAt === 'string' ? startedAt : undefined,
  expression,
  calendarVersion,
});

/** Its last members are left out where they are usual: done with, by somebody of the role it is drawn for. */
export type WrittenTask = [
  key: string,
  element: string,
  at: string,
  by?: string | null,
  role?: string | null,
  how?: ClosedTask['how'],
];

export function shortTask(plan: Plan, { key, element, how, by, at }: ClosedTask): WrittenTask {
  const written: WrittenTask = [key, element, at];
  const role = by ? (by.role ?? null) : null;
  if (how !== 'completed') written.push(by?.id ?? null, role, how);
  else if (role !== (roleOf(plan, element) ?? null)) written.push(by?.id ?? null, role);
  else if (by) written.push(by.id);
  return written;
}

export function wholeTask(plan: Plan, written: WrittenTask): ClosedTask {
  const [key, element, at, id = null, role = roleOf(plan, element), how = 'completed'] = written;
  return { key, element, how, ...(id !== null && { by: { id, ...(role && { role }) } }), at };
}
