import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  instantMs,
  instantMsOfLocal,
  instantOf,
  localDate,
  localDateTime,
  localDateTimeWithOffset,
  localMs,
  offsetAt,
} from '../../../engine/time/zone.ts';

const hour = 3_600_000;

describe('offsetAt', () => {
  it('knows Asia/Shanghai without a formatter, and its summer time of 1991 with one', () => {
    expect(offsetAt(Date.parse('2026-11-22T00:00:00Z'), 'Asia/Shanghai')).toBe(8 * hour);
    expect(offsetAt(Date.parse('1991-07-01T00:00:00Z'), 'Asia/Shanghai')).toBe(9 * hour);
  });

  it('is the same for Shanghai as for Macau, which has no short cut', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1992-01-01Z'), max: new Date('2100-01-01Z'), noInvalidDate: true }),
        (at) => {
          expect(offsetAt(at.getTime(), 'Asia/Shanghai')).toBe(offsetAt(at.getTime(), 'Asia/Macau'));
        },
      ),
    );
  });

  it('follows summer time, half hours and negative offsets', () => {
    expect(offsetAt(Date.parse('2026-07-01T00:00:00Z'), 'Europe/Berlin')).toBe(2 * hour);
    expect(offsetAt(Date.parse('2026-01-01T00:00:00.999Z'), 'Asia/Kolkata')).toBe(5.5 * hour);
    expect(offsetAt(Date.parse('1969-12-31T23:59:59.5Z'), 'America/New_York')).toBe(-5 * hour);
  });

  it('refuses a zone that does not exist', () => {
    expect(() => offsetAt(0, 'Asia/Peking')).toThrow(expect.objectContaining({ code: 'unknown-zone' }));
  });
});

describe('instantMs', () => {
  it.each([
    ['2026-09-30T16:20:00+08:00', '2026-09-30T08:20:00.000Z'],
    ['2026-09-30T08:20:00.5Z', '2026-09-30T08:20:00.500Z'],
    ['2026-09-30T08:20:00.123456789Z', '2026-09-30T08:20:00.123Z'],
    ['2026-09-30T03:20-05:00', '2026-09-30T08:20:00.000Z'],
    ['2026-09-30T16:20:00@Asia/Shanghai', '2026-09-30T08:20:00.000Z'],
    ['2026-09-30T16:20:00+08:00[Asia/Shanghai]', '2026-09-30T08:20:00.000Z'],
    ['2026-09-30T16:20', '2026-09-30T08:20:00.000Z'],
    ['2026-09-30', '2026-09-29T16:00:00.000Z'],
  ])('reads %s in Asia/Shanghai as %s', (text, expected) => {
    expect(instantOf(text, 'Asia/Shanghai')).toBe(expected);
  });

  it.each([
    '',
    '2026-02-30T00:00:00Z',
    '2026-09-30T24:00:00Z',
    '2026-09-30T10:61:00Z',
    '2026-09-30T10:00+99:00',
    'now',
  ])('refuses "%s"', (text) => {
    expect(() => instantMs(text, 'UTC')).toThrow(expect.objectContaining({ code: 'invalid-instant' }));
  });

  it('refuses a local time without a zone', () => {
    expect(() => instantMs('2026-09-30T16:20')).toThrow(expect.objectContaining({ code: 'invalid-instant' }));
  });

  it('refuses what does not fit into ISO 8601 with four digits of year', () => {
    expect(() => instantOf('9999-12-31T23:00:00-02:00')).toThrow(expect.objectContaining({ code: 'invalid-instant' }));
  });
});

describe('local time', () => {
  it('shows date and time of a zone', () => {
    expect(localDate('2026-09-30T16:20:00Z', 'Asia/Shanghai')).toBe('2026-10-01');
    expect(localDateTime('2026-09-30T16:20:00Z', 'Asia/Shanghai')).toBe('2026-10-01T00:20:00.000');
    expect(localDateTimeWithOffset('2026-09-30T16:20:00Z', 'America/St_Johns')).toBe('2026-09-30T13:50:00.000-02:30');
  });

  it.each([
    ['9999-12-31T23:59:59Z', 'Asia/Shanghai', '9999-12-31T23:59:59.999'],
    ['0001-01-01T00:00:00Z', 'America/New_York', '0001-01-01T00:00:00.000'],
  ])('shows %s in %s as the nearest time that has a text', (at, zone, text) => {
    expect(localDateTime(at, zone)).toBe(text);
    expect(localDate(at, zone)).toBe(text.slice(0, 10));
    expect(localDateTimeWithOffset(at, zone).slice(0, 23)).toBe(text);
  });

  it('takes the earlier of two instants when clocks are set back, and moves on when they are set forward', () => {
    expect(instantOf('2026-11-01T01:30', 'America/New_York')).toBe('2026-11-01T05:30:00.000Z');
    expect(instantOf('2026-03-08T02:30', 'America/New_York')).toBe('2026-03-08T07:30:00.000Z');
    expect(instantOf('2026-10-25T02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
    expect(instantOf('2026-03-29T02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
  });

  it('there and back is the same instant, except within the hour that occurs twice', () => {
    const zones = [
      'Asia/Shanghai',
      'UTC',
      'America/New_York',
      'Europe/Berlin',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: Date.UTC(1980, 0, 1), max: Date.UTC(2060, 0, 1) }),
        (zone, ms) => {
          const back = instantMsOfLocal(localMs(ms, zone), zone);
          expect(localMs(back, zone)).toBe(localMs(ms, zone));
          expect(ms - back).toBeGreaterThanOrEqual(0);
          expect(ms - back).toBeLessThanOrEqual(hour);
        },
      ),
    );
  });
});
