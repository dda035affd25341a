/**
 * Functions that do a little more in drawings than the standard says, because process variables hold times as text: `date` reads the day
 * of a date and time, and seconds may be left out, as forms do. Sums of working days are texts, as due dates are.
 */
import { parseDate, parseDateTime, parseDuration, parseTime } from '../parse-temporal.ts';
import { type FeelValue, FunctionValue } from '../values.ts';
import { workingDaysAsText } from './working-days.ts';

const withSeconds = (text: string): string => text.replace(/(^|T)(\d{2}:\d{2})(?=$|[Zz+\-@])/, '$1$2:00');

const readers: Record<string, (text: string) => FeelValue> = {
  date: (text) => parseDate(text) ?? parseDateTime(withSeconds(text))?.date ?? null,
  time: (text) => parseTime(text) ?? parseTime(withSeconds(text)),
  'date and time': (text) => parseDateTime(text) ?? parseDateTime(withSeconds(text)),
  duration: parseDuration,
};

function reading(standard: FunctionValue, read: (text: string) => FeelValue): FunctionValue {
  const readOnly = (from: FeelValue | undefined, count: number): FeelValue =>
    count === 1 && typeof from === 'string' ? read(from) : null;
  return new FunctionValue(
    standard.parameters,
    (args, running) => readOnly(args[0], args.length) ?? standard.positional(args, running),
    (args, running) => readOnly(args.get('from'), args.size) ?? standard.named(args, running),
  );
}

export function inDrawings(all: Record<string, FunctionValue>): Record<string, FunctionValue> {
  const changed: Record<string, FunctionValue> = { ...workingDaysAsText };
  for (const [name, read] of Object.entries(readers)) if (all[name]) changed[name] = reading(all[name], read);
  return changed;
}
