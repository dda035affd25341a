/** When a timer is due, and why: dates, durations, cycles (BPMN 2.0.2, 10.5.5.3 timer event definition). */

import { type Failure, fail, failedExpression, type Outcome } from '../core/failure.ts';
import type { Run } from '../core/run-types.ts';
import { evaluate, type Lookup } from '../core/variables.ts';
import type { ExpressionPart } from '../model/incidents.ts';
import type { TimerDefinition } from '../model/plan.ts';
import type { DueReason, Trigger } from '../model/types.ts';
import { nextCycle } from '../time/cycle.ts';
import { addDuration } from '../time/duration.ts';
import { TimeError } from '../time/error.ts';
import { instantOf } from '../time/zone.ts';

export type TimerTrigger = Extract<Trigger, { type: 'timer' }>;

/** @returns the trigger; undefined for a cycle without a single occurrence */
export function timerOf(run: Run, timer: TimerDefinition, lookup: Lookup): Outcome<TimerTrigger | undefined> {
  const result = evaluate(run, timer.value, lookup);
  if (!result.ok) return failedExpression('timer', timer.value, result);
  const { value } = result;
  if (typeof value !== 'string' || value === '')
    return fail('bad-timer', { reason: 'not-a-time', part: 'timer', expression: sourceOf(timer), value });
  const known = result.because?.find((reason) => reason.kind === 'working-days') ?? result.because?.[0];
  try {
    return { ok: true, value: timed(run, timer, value, known) };
  } catch (error) {
    if (error instanceof TimeError) return invalidTime('timer', sourceOf(timer), error);
    throw error;
  }
}

function timed(
  run: Run,
  timer: TimerDefinition,
  value: string,
  known: DueReason | undefined,
): TimerTrigger | undefined {
  const { zone } = run.context.calendar;
  switch (timer.kind) {
    case 'duration':
      return {
        type: 'timer',
        dueAt: addDuration(run.now, value, zone),
        reason: { kind: 'duration', from: run.now, duration: value },
      };
    case 'date':
      return {
        type: 'timer',
        dueAt: instantOf(value, zone),
        reason: known ?? { kind: 'date', source: sourceOf(timer) },
      };
    case 'cycle':
      return cycleAfter(value, run.now, zone, 0);
  }
}

/** The round after one that has fired. */
export function nextRound(
  source: string,
  previous: string,
  zone: string,
  round: number,
): Outcome<TimerTrigger | undefined> {
  try {
    return { ok: true, value: cycleAfter(source, previous, zone, round) };
  } catch (error) {
    if (error instanceof TimeError) return invalidTime('timer', source, error);
    throw error;
  }
}

/** @param round how many occurrences there were before */
function cycleAfter(source: string, previous: string, zone: string, round: number): TimerTrigger | undefined {
  const next = nextCycle(source, previous, zone, round);
  if (!next) return undefined;
  const { at, remaining } = next;
  return {
    type: 'timer',
    dueAt: at,
    reason: { kind: 'cycle', source, round: round + 1, remaining },
    cycle: { source, remaining, round: round + 1 },
  };
}

function sourceOf(timer: TimerDefinition): string {
  return 'feel' in timer.value ? timer.value.feel : timer.value.literal;
}

const invalidTime = (part: ExpressionPart, expression: string, { message }: TimeError): Failure =>
  fail('bad-timer', { reason: 'time-invalid', part, expression, cause: message });

/** A due date given by an expression, for instance of a user task. */
export function dueDate(
  run: Run,
  part: ExpressionPart,
  expression: TimerDefinition['value'],
  lookup: Lookup,
): Outcome<{ at: string; reason: DueReason } | undefined> {
  const result = evaluate(run, expression, lookup);
  if (!result.ok) return failedExpression(part, expression, result);
  const { value } = result;
  if (value === null || value === '') return { ok: true, value: undefined };
  const source = 'feel' in expression ? expression.feel : expression.literal;
  if (typeof value !== 'string') return fail('bad-timer', { reason: 'not-a-time', part, expression: source, value });
  const { zone } = run.context.calendar;
  try {
    if (/^[+-]?P/.test(value))
      return {
        ok: true,
        value: { at: addDuration(run.now, value, zone), reason: { kind: 'duration', from: run.now, duration: value } },
      };
    const known = result.because?.find((reason) => reason.kind === 'working-days') ?? result.because?.[0];
    return { ok: true, value: { at: instantOf(value, zone), reason: known ?? { kind: 'date', source } } };
  } catch (error) {
    if (error instanceof TimeError) return invalidTime(part, source, error);
    throw error;
  }
}
