import { describe, expect, test } from 'vitest';
import { inTurn } from '../../gateway/delivery/claim-round.ts';
import { createPace } from '../../gateway/delivery/pace.ts';
import { digitsOf } from '../../gateway/delivery/receiver.ts';
import { daysOf, hoursOf, untilOpen } from '../../gateway/delivery/windows.ts';

const zone = 'Asia/Shanghai';
const at = (local: string) => Date.parse(`${local}+08:00`);
const opensAt = (lane: 'service' | 'marketing', local: string) => {
  const hours = hoursOf('patient', lane);
  if (!hours) throw new Error('There are hours.');
  return new Date(at(local) + untilOpen(hours, at(local), zone)).toISOString();
};

describe('the hours in which patients are written to', () => {
  test.each([
    ['service', '2026-11-30T07:59:59', '2026-11-30T08:00:00'],
    ['service', '2026-11-30T08:00:00', '2026-11-30T08:00:00'],
    ['service', '2026-11-30T20:59:59', '2026-11-30T20:59:59'],
    ['service', '2026-11-30T21:00:00', '2026-12-01T08:00:00'],
    ['marketing', '2026-11-30T08:30:00', '2026-11-30T09:00:00'],
    ['marketing', '2026-12-31T20:00:00', '2027-01-01T09:00:00'],
  ] as const)('%s at %s goes at %s', (lane, now, opens) => {
    expect(opensAt(lane, now)).toBe(new Date(at(opens)).toISOString());
  });

  test('urgent letters, and those to staff, go at any hour', () => {
    expect(hoursOf('patient', 'urgent')).toBeUndefined();
    expect(hoursOf('staff', 'service')).toBeUndefined();
  });

  test('where clocks are set forward, the morning is that of the clocks', () => {
    const night = Date.parse('2027-03-28T00:30:00Z');
    expect(untilOpen({ from: 8, to: 21 }, night, 'Europe/Berlin')).toBe(Date.parse('2027-03-28T06:00:00Z') - night);
  });
});

test.each([
  ['2026-11-30T00:00:00', { day: '2026-11-30', week: '2026-11-30' }],
  ['2026-12-06T23:59:59', { day: '2026-12-06', week: '2026-11-30' }],
  ['2027-01-01T12:00:00', { day: '2027-01-01', week: '2026-12-28' }],
])('%s is a day of the week that begins on its Monday', (now, days) => {
  expect(daysOf(at(now), zone)).toEqual(days);
});

test('the facilities of a lane are served in turn, beginning behind the one that was last', () => {
  expect(inTurn(['BJ', 'CD', 'SH'], 'BJ')).toEqual(['CD', 'SH', 'BJ']);
  expect(inTurn(['BJ', 'CD', 'SH'], 'SH')).toEqual(['BJ', 'CD', 'SH']);
  expect(inTurn(['BJ', 'SH'], 'CD')).toEqual(['SH', 'BJ']);
  expect(inTurn(['BJ'], undefined)).toEqual(['BJ']);
});

test('no more letters go in a second than the gateway takes, and time that was not used is not saved up', () => {
  let now = 0;
  const pace = createPace(10, () => now);
  expect(pace.available()).toBe(10);
  pace.take(10);
  expect(pace.available()).toBe(0);
  now = 500;
  expect(pace.available()).toBe(5);
  now = 60_000;
  expect(pace.available()).toBe(10);
});

test('a telephone number is one number however it is written', () => {
  for (const phone of ['13800138000', '+86 138 0013 8000', '0086-138-0013-8000', '8613800138000'])
    expect(digitsOf(phone)).toBe('13800138000');
  expect(digitsOf('010-6523 1234')).toBe('01065231234');
});
