/**
 * Whatever is written where a time is expected: it is one, or it is refused as a `TimeError`; nothing else is thrown, out of a step nothing.
 * `CARELOOP_SEED=random` draws others than the gate does, `CARELOOP_FUZZ` times as many.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addWorkingDays, workingDaysBetween } from '../../../engine/time/calendar.ts';
import { chinaCalendar } from '../../../engine/time/china.ts';
import { courseOf } from '../../../engine/time/course.ts';
import { cronNext, parseCron } from '../../../engine/time/cron.ts';
import { checkCycle, nextCycle } from '../../../engine/time/cycle.ts';
import { addDays, isPlainDate } from '../../../engine/time/date.ts';
import { addDuration, fixedMsOf, parseDuration, timesDuration } from '../../../engine/time/duration.ts';
import { TimeError } from '../../../engine/time/error.ts';
import { processNow, realAt, timeScaleAt } from '../../../engine/time/time-scale.ts';
import { explainDuration } from '../../../engine/time/why.ts';
import { instantOf } from '../../../engine/time/zone.ts';
import { times } from '../../support/damage.ts';
import { incidents } from '../support/loops.ts';
import { aPlan, feel } from '../support/plan.ts';
import { Play } from '../support/play.ts';

const parts = [
  ...'P PT R R3 R-1 / T Z @ [ ] + - . , : * ? 0 1 9 60 24 -1 1e9 Y M W D H S L # MON FRI JAN every'.split(' '),
  ...['2026', '2026-02-30', '2026-11-30T10:00:00', '+08:00', '[Europe/Berlin]', '@Asia/Shanghai', '0 0 9 * * MON-FRI'],
  ...[
    '9'.repeat(40),
    'P300000Y',
    'PT1H',
    'P1M',
    ' ',
    '',
    '\u0000',
    '𝄞',
    'NaN',
    'Infinity',
    'null',
    '__proto__',
    'constructor',
  ],
];
const written = fc.oneof(
  fc.array(fc.constantFrom(...parts), { maxLength: 8 }).map((some) => some.join('')),
  fc.string({ maxLength: 30 }),
);
const zones = fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/St_Johns', 'UTC', 'Mars/Base', '');
const moments = fc.constantFrom(
  '2026-11-30T02:00:00.000Z',
  '1970-01-01T00:00:00.000Z',
  '9999-12-31T23:59:59.999Z',
  'soon',
);
const numbers = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(0, -0, 1e300, Number.NaN, Number.POSITIVE_INFINITY),
);
const calendar = chinaCalendar();

const doors: Record<string, (text: string, zone: string, at: string, count: number) => unknown> = {
  'a duration': (text) => fixedMsOf(parseDuration(text)),
  'a duration many times': (text, _zone, _at, count) => timesDuration(parseDuration(text), count),
  'a date plus a duration': (text, zone, at) => addDuration(at, text, zone),
  'a duration explained': (text, zone, at) => explainDuration(at, text, zone),
  'a cycle': (text, zone, at, count) => nextCycle(text, at, zone, Math.trunc(count) || 0),
  'a checked cycle': (text, zone) => checkCycle(text, zone),
  'a cron expression': (text, zone, at) => cronNext(parseCron(text), at, zone),
  'a course': (text, zone, at) =>
    (['date', 'duration', 'cycle'] as const).map((kind) => courseOf({ kind, value: text, zone, from: at })),
  'an instant': (text, zone) => instantOf(text, zone),
  'a plain date': (text, _zone, _at, count) => (isPlainDate(text) ? addDays(text, Math.trunc(count % 1e6) || 0) : ''),
  'working days': (text, _zone, at, count) => addWorkingDays(calendar, isPlainDate(text) ? text : at, count),
  'working days between': (text, _zone, at) => workingDaysBetween(calendar, text, at.slice(0, 10)),
  'a time scale': (_text, _zone, at, count) => realAt(timeScaleAt(count, at), processNow(timeScaleAt(count, at), at)),
};

test.each(Object.entries(doors))('%s is one, or refused in words', (_what, door) =>
  fc.assert(
    fc.property(written, zones, moments, numbers, (text, zone, at, count) => {
      try {
        door(text, zone, at, count);
      } catch (error) {
        if (!(error instanceof TimeError)) throw error;
        expect([error.message, error.hint, error.code].every((one) => one.trim() !== '')).toBe(true);
      }
    }),
    { numRuns: 60 * times },
  ),
);

const kinds = ['date', 'duration', 'cycle'] as const;

test.each(kinds)('a timer with whatever %s comes from variables arms or is an incident', (kind) =>
  fc.assert(
    fc.property(written, (text) => {
      const timer = { kind, value: feel('due') };
      const plan = aPlan('waits')
        .add('startEvent', 'Start')
        .add('userTask', 'Work')
        .boundary('Work', 'Late', { events: [{ type: 'timer', timer }], interrupting: false, parallelMultiple: false })
        .add('endEvent', 'End')
        .flow('Start', 'Work', 'End')
        .build();
      expect(['bad-timer', undefined]).toContain(incidents(new Play(plan).start({ due: text }))[0]);
    }),
    { numRuns: 60 * times },
  ),
);
