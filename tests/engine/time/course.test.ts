/** When a timer that begins processes is due: first, next, after an outage and after a pause. */
import { describe, expect, it } from 'vitest';
import { type Course, caughtUp, courseOf, resumed, type Timing, taken } from '../../../engine/time/course.ts';
import { TimeError } from '../../../engine/time/error.ts';

const from = '2026-11-02T00:00:00.000Z';
const timing = (kind: Timing['kind'], value: string): Timing => ({ kind, value, zone: 'Asia/Shanghai', from });
const hour = 3_600_000;
const day = 24 * hour;

function dueDates(of: Timing, most: number): string[] {
  const dates: string[] = [];
  for (let course = courseOf(of); course.dueAt !== null && dates.length < most; course = taken(of, course))
    dates.push(course.dueAt);
  return dates;
}

const codeOf = (work: () => unknown): string | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof TimeError ? error.code : String(error);
  }
};

describe('the course of a timer', () => {
  it('is due once for a date, also one that is past, and for a duration', () => {
    expect(dueDates(timing('date', '2020-01-01T00:00:00Z'), 5)).toEqual(['2020-01-01T00:00:00.000Z']);
    expect(dueDates(timing('date', '2026-12-01'), 5)).toEqual(['2026-11-30T16:00:00.000Z']);
    expect(dueDates(timing('duration', 'PT10H'), 5)).toEqual(['2026-11-02T10:00:00.000Z']);
  });

  it('counts the occurrences of a cycle', () => {
    const three = timing('cycle', 'R3/PT10H');
    expect(dueDates(three, 9)).toEqual([
      '2026-11-02T10:00:00.000Z',
      '2026-11-02T20:00:00.000Z',
      '2026-11-03T06:00:00.000Z',
    ]);
    expect(courseOf(three).remaining).toBe(2);
    expect(courseOf(timing('cycle', 'R/PT10H')).remaining).toBeNull();
    expect(dueDates(timing('cycle', '0 0 9 * * MON-FRI'), 2)).toEqual([
      '2026-11-02T01:00:00.000Z',
      '2026-11-03T01:00:00.000Z',
    ]);
    expect(dueDates(timing('cycle', 'R2/2026-10-31T09:00:00+08:00/P1M'), 5)).toEqual([
      '2026-11-30T01:00:00.000Z',
      '2026-12-31T01:00:00.000Z',
    ]);
  });

  it('is refused when it never comes, or comes without a pause', () => {
    expect(codeOf(() => courseOf(timing('cycle', 'R0/PT10H')))).toBe('never-due');
    expect(codeOf(() => courseOf(timing('cycle', 'R/P1D/2026-01-01T00:00:00Z')))).toBe('never-due');
    expect(codeOf(() => courseOf(timing('cycle', 'R/PT0.1S')))).toBe('too-often');
    expect(codeOf(() => courseOf(timing('cycle', 'every day')))).toBe('invalid-cron');
    expect(courseOf(timing('cycle', 'R1/PT0.1S')).remaining).toBe(0);
  });
});

describe('after an outage', () => {
  it.each(['R/PT1H', 'R/2026-11-01T00:00:00Z/PT1H', '0 0 * * * *', 'R5000/PT1H'])(
    '%s makes up for the window and leaves out what lies before it',
    (value) => {
      const [course, leftOut] = caughtUp(timing('cycle', value), courseOf(timing('cycle', value)), at(10, 0, 30), day);
      expect(leftOut).toEqual({ from: courseOf(timing('cycle', value)).dueAt, to: expect.any(String) });
      expect(course.dueAt).toBe(at(9, 1));
      expect(course.fired).toBe(0);
    },
  );

  it('owes the last occurrence however late it is', () => {
    const monthly = timing('cycle', 'R/2026-11-05T00:00:00Z/P1M');
    const [late, leftOut] = caughtUp(monthly, courseOf(monthly), '2027-01-20T00:00:00.000Z', day);
    expect(late.dueAt).toBe('2027-01-05T00:00:00.000Z');
    expect(leftOut).toEqual({ from: '2026-11-05T00:00:00.000Z', to: '2026-12-05T00:00:00.000Z' });
    const date = timing('date', '2020-01-01T00:00:00Z');
    expect(caughtUp(date, courseOf(date), at(10), day)).toEqual([courseOf(date), undefined]);
  });

  it('uses up no repetitions for what is left out', () => {
    const three = timing('cycle', 'R3/PT1H');
    let [course] = caughtUp(three, taken(three, courseOf(three)), at(10, 0, 30), day);
    const dates: string[] = [];
    for (; course.dueAt !== null; course = taken(three, course)) dates.push(course.dueAt);
    expect(dates).toEqual([at(9, 1), at(9, 2)]);
  });

  it('changes nothing within the window', () => {
    const hourly = timing('cycle', 'R/PT1H');
    const course = courseOf(hourly);
    expect(caughtUp(hourly, course, at(2, 20), day)).toEqual([course, undefined]);
  });

  it('does not walk through ten years of seconds', () => {
    const each = timing('cycle', 'R/PT1S');
    const [course] = caughtUp(each, courseOf(each), '2036-11-02T00:00:00.000Z', hour);
    expect(course.dueAt).toBe('2036-11-01T23:00:00.000Z');
  });
});

describe('after a pause', () => {
  it('continues with the next occurrence of a cycle, and with a date that came meanwhile', () => {
    const hourly = timing('cycle', 'R3/PT1H');
    const [course, leftOut] = resumed(hourly, taken(hourly, courseOf(hourly)), at(3, 0, 30));
    expect(course).toEqual<Course>({ dueAt: at(3, 1), remaining: 1, fired: 1 });
    expect(leftOut).toEqual({ from: at(2, 2), to: at(3, 0, 30) });
    const date = timing('date', '2026-11-03T00:00:00Z');
    expect(resumed(date, courseOf(date), at(9))).toEqual([courseOf(date), undefined]);
    const ending = timing('cycle', 'R/2026-11-02T00:00:00Z/PT1H/2026-11-02T05:00:00Z');
    expect(resumed(ending, courseOf(ending), at(9))[0].dueAt).toBeNull();
  });

  it('changes nothing when nothing was due', () => {
    const hourly = timing('cycle', 'R/PT1H');
    expect(resumed(hourly, courseOf(hourly), at(2, 0, 10))).toEqual([courseOf(hourly), undefined]);
  });
});

function at(date: number, hours = 0, minutes = 0): string {
  return new Date(Date.UTC(2026, 10, date, hours, minutes)).toISOString();
}
