/** Working days by the calendar of the instance (ours; `engine/time/`). Texts are read as the instants they say. */
import { addWorkingDays, workingDaysBetween } from '../../time/calendar.ts';
import { TimeError } from '../../time/error.ts';
import { parseAt } from '../parse-temporal.ts';
import { type DateTimeValue, DateValue } from '../temporal.ts';
import type { FeelValue, FunctionValue, Running } from '../values.ts';
import { defineOfSomething } from './define.ts';

type Moment = string | DateValue | DateTimeValue;

/** A date and time without a zone is meant where the facility is. */
function textFor(value: Moment, { context }: Running): string {
  if (typeof value === 'string' || value instanceof DateValue || value.time.zone) return value.toString();
  return `${value}@${context.calendar.zone}`;
}

/** Errors of the calendar (a text that is no date, a day out of range) are failures of the expression. */
function timed(running: Running, work: () => FeelValue): FeelValue {
  try {
    return work();
  } catch (error) {
    if (error instanceof TimeError) return running.fail(error.message.replace(/\.$/, ''));
    throw error;
  }
}

function sum(running: Running, from: Moment, days: number): string {
  const { calendar } = running.context;
  const start = textFor(from, running);
  const { at, provisional } = addWorkingDays(calendar, start, days);
  running.because?.({ kind: 'working-days', from: start, days, provisional, calendarVersion: calendar.version });
  return at;
}

const adding = (result: (at: string) => FeelValue): FunctionValue =>
  defineOfSomething('add working days', [
    'from: moment, n: number',
    (running) => (from: Moment, n: number) => timed(running, () => result(sum(running, from, n))),
  ]);

const between = defineOfSomething('working days between', [
  'from: moment, to: moment',
  (running) => (from: Moment, to: Moment) =>
    timed(running, () => workingDaysBetween(running.context.calendar, textFor(from, running), textFor(to, running))),
]);

/** In decisions the sum is a date and time. */
export const workingDays = { 'add working days': adding(parseAt), 'working days between': between };

/** In diagrams it is the text that a due date is kept as. */
export const workingDaysAsText = { 'add working days': adding((at) => at), 'working days between': between };
