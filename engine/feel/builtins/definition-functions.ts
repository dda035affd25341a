/**
 * Functions that do a little more in diagrams than the standard says. Process variables hold times as text: `date` reads the day of a date
 * and time, and seconds may be left out, as forms do; sums of working days are texts, as due dates are. And the arguments that Camunda
 * has added to functions of the standard (docs/feel.md).
 */
import { nanosPerSecond } from '../calendar-math.ts';
import type { AnyContext } from '../contexts.ts';
import { parseDate, parseDateTime, parseDuration, parseTime } from '../parse-temporal.ts';
import { DateTimeValue, dateTimeOfLocal, TimeValue } from '../temporal.ts';
import { type FeelValue, FunctionValue } from '../values.ts';
import { offsetSecondsOfInstant, parseZone } from '../zones.ts';
import { putWithin } from './context.ts';
import { numberOf } from './conversion.ts';
import { define } from './define.ts';
import { join } from './text.ts';
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

const longer: Record<string, FunctionValue> = {
  'string join': define('string join', [
    'list: list, delimiter: string|null?, prefix: string|null?, suffix: string|null?',
    () => (list: FeelValue[], delimiter?: string | null, prefix?: string | null, suffix?: string | null) => {
      const joined = join(list, delimiter);
      return joined === undefined ? undefined : `${prefix ?? ''}${joined}${suffix ?? ''}`;
    },
  ]),
  'context put': define(
    'context put',
    [
      'context: context, key: string, value: Any',
      () => (all: AnyContext, key: string, value: FeelValue) => putWithin(all, [key], value, true),
    ],
    [
      'context: context, keys: list, value: Any',
      () => (all: AnyContext, keys: FeelValue[], value: FeelValue) => putWithin(all, keys, value, true),
    ],
  ),
  number: define('number', [
    'from: string, grouping separator: string|null?, decimal separator: string|null?',
    () => (from: string, grouping?: string | null, point?: string | null) =>
      numberOf(from, grouping ?? null, point ?? null),
  ]),
};

/** The same instant on the clocks of another zone; one without a zone is meant where the facility is. */
const inZone = define('date and time', [
  'date: date and time, timezone: string',
  (running) => (at: DateTimeValue, timezone: string) => {
    const zone = parseZone(timezone) ?? parseZone(`@${timezone}`);
    if (!zone) return undefined;
    const here = at.time.zone ?? { id: running.context.calendar.zone };
    const { instant } = new DateTimeValue(at.date, new TimeValue(at.time.nanos, here));
    return dateTimeOfLocal(instant + BigInt(offsetSecondsOfInstant(zone, instant)) * nanosPerSecond, zone) ?? undefined;
  },
]);

const withZones = (standard: FunctionValue): FunctionValue =>
  new FunctionValue(
    standard.parameters,
    (args, running) => (typeof args[1] === 'string' ? inZone : standard).positional(args, running),
    (args, running) => (args.has('timezone') ? inZone : standard).named(args, running),
  );

export function inDefinition(all: Record<string, FunctionValue>): Record<string, FunctionValue> {
  const changed: Record<string, FunctionValue> = { ...longer, ...workingDaysAsText };
  for (const [name, read] of Object.entries(readers)) {
    const standard = all[name];
    if (standard) changed[name] = reading(name === 'date and time' ? withZones(standard) : standard, read);
  }
  return changed;
}
