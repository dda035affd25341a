/**
 * Catching events are armed when a token arrives, boundary events and those of event subprocesses when their host
 * begins (BPMN 2.0.2, 13.5.2 to 13.5.4). Names and dates are evaluated first, so that a failure has no side effects.
 */

import { fail, failedExpression, type Outcome } from '../core/failure.ts';
import { addCommand, elementOf, newKey, putWait } from '../core/run.ts';
import type { Run } from '../core/run-types.ts';
import { evaluate, type Lookup } from '../core/variables.ts';
import type { ExpressionPart } from '../model/incidents.ts';
import type { ElementId, EventDefinition, Expression, PlanElement } from '../model/plan.ts';
import type { Key, Trigger, WaitOf } from '../model/types.ts';
import { startClock } from './clocks.ts';
import { eventsOf } from './events-of-element.ts';
import { chained } from './timer-chains.ts';
import { timerOf } from './timers.ts';

/** An event that guards something: a boundary event, or the start event of an event subprocess. */
export interface Guard {
  element: PlanElement;
  triggers: Trigger[];
}

/** Kinds that only wait; the others (errors and their like) are found in the plan when they are thrown. */
const armedTypes = new Set<Trigger['type']>(['timer', 'message', 'signal', 'conditional']);

export function isArmed(trigger: Trigger): boolean {
  return armedTypes.has(trigger.type);
}

export function prepareGuards(run: Run, elements: ElementId[], lookup: Lookup): Outcome<Guard[]> {
  const guards: Guard[] = [];
  for (const id of elements) {
    const element = elementOf(run, id);
    const triggers = prepareTriggers(run, eventsOf(element), lookup);
    if (!triggers.ok) return triggers;
    if (triggers.value.some(isArmed)) guards.push({ element, triggers: triggers.value });
  }
  return { ok: true, value: guards };
}

/** One trigger per event definition, in their order. */
export function prepareTriggers(run: Run, events: EventDefinition[], lookup: Lookup): Outcome<Trigger[]> {
  const triggers: Trigger[] = [];
  for (const event of events) {
    const trigger = triggerOf(run, event, lookup);
    if (!trigger.ok) return trigger;
    triggers.push(trigger.value);
  }
  return { ok: true, value: triggers };
}

function triggerOf(run: Run, event: EventDefinition, lookup: Lookup): Outcome<Trigger> {
  switch (event.type) {
    case 'timer': {
      const timer = timerOf(run, event.timer, lookup);
      if (!timer.ok) return timer;
      if (timer.value === undefined) return fail('bad-timer', { reason: 'no-occurrence' });
      const inChain = chained(run, timer.value, run.now);
      if (!inChain.ok) return inChain;
      const trigger = inChain.value;
      return { ok: true, value: event.limit ? { ...trigger, limit: event.limit.id } : trigger };
    }
    case 'message': {
      const message = messageOf(run, event, lookup);
      return message.ok ? { ok: true, value: { type: 'message', ...message.value } } : message;
    }
    case 'signal': {
      const name = evaluateText(run, 'signal-name', event.name, lookup);
      return name.ok ? { ok: true, value: { type: 'signal', name: name.value } } : name;
    }
    case 'error':
    case 'escalation':
    case 'conditional':
    case 'compensate':
    case 'cancel':
      return { ok: true, value: { type: event.type } };
    case 'link':
    case 'terminate':
      return fail('unsupported', { reason: 'event-not-caught', event: event.type });
  }
}

export function messageOf(
  run: Run,
  message: { name: Expression; correlationKey?: Expression },
  lookup: Lookup,
): Outcome<{ name: string; correlationKey?: string }> {
  const name = evaluateText(run, 'message-name', message.name, lookup);
  if (!name.ok) return name;
  if (message.correlationKey === undefined) return { ok: true, value: { name: name.value } };
  const key = evaluateText(run, 'correlation-key', message.correlationKey, lookup);
  return key.ok ? { ok: true, value: { name: name.value, correlationKey: key.value } } : key;
}

/** A text, or a number or boolean written as one. */
export function evaluateText(run: Run, part: ExpressionPart, expression: Expression, lookup: Lookup): Outcome<string> {
  const result = evaluate(run, expression, lookup);
  if (!result.ok) return failedExpression(part, expression, result);
  const { value } = result;
  if (typeof value === 'string' && value !== '') return { ok: true, value };
  if (typeof value === 'number' || typeof value === 'boolean') return { ok: true, value: String(value) };
  return fail('expression-failed', { reason: 'wrong-type', part, expected: 'text' });
}

export function armGuards(run: Run, guards: Guard[], host: Key, scope: Key): void {
  for (const { element, triggers } of guards)
    arm(run, { kind: 'event', key: newKey(run), element: element.id, scope, host, since: run.now, triggers });
}

/** Creates an event wait and its timers. */
export function arm(run: Run, wait: WaitOf<'event'>): void {
  putWait(run, wait);
  registerTriggers(run, wait);
}

/** Timers, clocks and buffered messages of a new wait. */
export function registerTriggers(run: Run, wait: WaitOf<'event'>): void {
  const { key, element, triggers } = wait;
  triggers.forEach((trigger, index) => {
    if (trigger.type !== 'timer' || wait.fired?.includes(index)) return;
    addCommand(run, { do: 'arm-timer', key, trigger: index, element, dueAt: trigger.dueAt });
    if (trigger.limit !== undefined) startClock(run, wait, index);
  });
  run.armed.push(key);
}
