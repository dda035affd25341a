import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { processNow, putForward, realAt, realSince, realTime, timeScaleAt } from '../../../engine/time/time-scale.ts';

const epoch = '2026-11-22T00:00:00.000Z';

describe('process time', () => {
  it('shows real time at speed 1', () => {
    expect(processNow(realTime, '2026-11-22T12:34:56.789Z')).toBe('2026-11-22T12:34:56.789Z');
    expect(realAt(realTime, '2026-11-22T12:34:56.789Z')).toBe('2026-11-22T12:34:56.789Z');
  });

  it('passes 14 days in a minute at speed 20160', () => {
    const timeScale = timeScaleAt(14 * 24 * 60, epoch);
    expect(processNow(timeScale, '2026-11-22T00:01:00.000Z')).toBe('2026-12-06T00:00:00.000Z');
    expect(realAt(timeScale, '2026-12-06T00:00:00.000Z')).toBe('2026-11-22T00:01:00.000Z');
  });

  it('may show another time than the real one', () => {
    const timeScale = { speed: 2, realEpoch: epoch, processEpoch: '2026-10-01T00:00:00.000Z' };
    expect(processNow(timeScale, '2026-11-22T01:00:00.000Z')).toBe('2026-10-01T02:00:00.000Z');
  });

  it('is real time once it has caught up from the past', () => {
    const year = { speed: 525_601, realEpoch: epoch, processEpoch: '2025-11-22T00:00:00.000Z' };
    expect(processNow(year, '2026-11-22T00:00:30.000Z')).toBe('2026-05-23T12:00:30.000Z');
    expect(processNow(year, '2026-11-22T00:01:00.000Z')).toBe('2026-11-22T00:01:00.000Z');
    expect(processNow(year, '2026-12-24T18:00:00.000Z')).toBe('2026-12-24T18:00:00.000Z');
    expect(realAt(year, '2026-05-23T12:00:30.000Z')).toBe('2026-11-22T00:00:30.000Z');
    expect(realAt(year, '2026-12-24T18:00:00.000Z')).toBe('2026-12-24T18:00:00.000Z');
  });

  it.each([0, -1, 1e-300, Number.MIN_VALUE, Number.NaN, Number.POSITIVE_INFINITY])('refuses speed %s', (speed) => {
    expect(() => timeScaleAt(speed, epoch)).toThrow(expect.objectContaining({ code: 'invalid-time-scale' }));
  });

  it('realAt is the first millisecond at which process time has got there', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 100_000, noNaN: true }),
        fc.integer({ min: 0, max: 40_000_000_000 }),
        (speed, later) => {
          const timeScale = timeScaleAt(speed, epoch);
          const wanted = new Date(Date.parse(epoch) + later).toISOString();
          const real = realAt(timeScale, wanted);
          const before = new Date(Date.parse(real) - 1).toISOString();
          expect(processNow(timeScale, real) >= wanted).toBe(true);
          expect(processNow(timeScale, before) < wanted).toBe(true);
        },
      ),
    );
  });
});

describe('putForward', () => {
  const later = '2026-11-22T00:00:10.000Z';
  const past = { speed: 2, realEpoch: epoch, processEpoch: '2026-10-01T00:00:00.000Z' };

  it('shows the instant, and goes on at its speed', () => {
    const put = putForward(past, later, '2026-11-01T00:00:00.000Z');
    expect(processNow(put, later)).toBe('2026-11-01T00:00:00.000Z');
    expect(processNow(put, '2026-11-22T00:00:15.000Z')).toBe('2026-11-01T00:00:10.000Z');
  });

  it('never goes back', () => {
    expect(putForward(past, later, '2026-10-01T00:00:20.000Z')).toBe(past);
    expect(putForward(past, later, '2026-09-01T00:00:00.000Z')).toBe(past);
  });

  it('ends in real time where it began in the past, and nowhere else', () => {
    expect(putForward(past, later, '2027-01-01T00:00:00.000Z')).toMatchObject({ speed: 1 });
    const ahead = timeScaleAt(60, epoch);
    expect(processNow(putForward(ahead, later, '2027-01-01T00:00:00.000Z'), later)).toBe('2027-01-01T00:00:00.000Z');
  });

  it('leaves no past instant before its beginning', () => {
    const put = putForward(putForward(past, later, '2026-11-01T00:00:00.000Z'), later, '2026-11-20T00:00:00.000Z');
    expect(realSince(put, '2026-10-02T00:00:00.000Z')).toBe(epoch);
    expect(realSince(put, '2026-11-20T00:00:04.000Z')).toBe('2026-11-22T00:00:12.000Z');
    expect(realSince(putForward(put, later, '2027-01-01T00:00:00.000Z'), '2026-10-02T00:00:00.000Z')).toBe(epoch);
    expect(realSince(realTime, '2026-10-02T00:00:00.000Z')).toBe('2026-10-02T00:00:00.000Z');
  });
});
