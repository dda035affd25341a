/** Conditional events: evaluated whenever variables have changed, and when they are armed (BPMN 2.0.2, 10.5.5 and 13.5). */

import { failedExpression, type Outcome } from '../core/failure.ts';
import { allWaits, elementOf, getWait, putWait } from '../core/run.ts';
import type { Run } from '../core/run-types.ts';
import { incidentOf, journalIncident, lookupOf } from '../core/token.ts';
import { evaluate, lookupFrom } from '../core/variables.ts';
import { oncePerPlan } from '../model/once-per-plan.ts';
import type { Expression } from '../model/plan.ts';
import type { WaitOf } from '../model/types.ts';
import { eventsOf } from './events-of-element.ts';
import { fire } from './fire.ts';

/** Most plans have none, and need not look. */
const hasConditions = oncePerPlan((plan) =>
  Object.values(plan.elements).some((element) => eventsOf(element).some((event) => event.type === 'conditional')),
);

/**
 * Fires one conditional event whose condition became true.
 * @returns whether there was one
 */
export function checkConditions(run: Run): boolean {
  if (!hasConditions(run.plan) || run.changed.size === 0) return false;
  for (const wait of allWaits(run)) {
    if (wait.kind !== 'event' || wait.incident) continue;
    for (const [index, trigger] of wait.triggers.entries())
      if (trigger.type === 'conditional' && !wait.fired?.includes(index) && begins(run, wait, index)) return true;
  }
  return false;
}

function begins(run: Run, wait: WaitOf<'event'>, index: number): boolean {
  const trigger = wait.triggers[index];
  const event = eventsOf(elementOf(run, wait.element))[index];
  if (trigger?.type !== 'conditional' || event?.type !== 'conditional') return false;
  const now = holdsNow(run, wait, event.condition);
  if (!now.ok) {
    putWait(run, { ...wait, incident: incidentOf(run, now) });
    journalIncident(run, wait.element, wait.key, now);
    return false;
  }
  const before = trigger.holds ?? false;
  if (now.value === before) return false;
  const triggers = wait.triggers.with(index, now.value ? { ...trigger, holds: true } : { type: 'conditional' });
  const next = { ...wait, triggers };
  putWait(run, next);
  if (now.value) fire(run, next, index, undefined);
  return now.value;
}

/** A missing variable is no incident: the condition does not hold yet. */
function holdsNow(run: Run, wait: WaitOf<'event'>, condition: Expression): Outcome<boolean> {
  const host = wait.host === undefined ? undefined : getWait(run, wait.host);
  const lookup = host ? lookupFrom(run, undefined, host.key) : lookupOf(run, wait);
  const result = evaluate(run, condition, lookup);
  if (result.ok) return { ok: true, value: result.value === true };
  if (result.code === 'missing-variable') return { ok: true, value: false };
  return failedExpression('condition', condition, result);
}
