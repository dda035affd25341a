/** What is left of the time of a task, in numbers and words. */
import { describe, expect, it } from 'vitest';
import { remainingOf } from '../../api/resources/tasks/remaining.ts';
import { chinaCalendar } from '../../engine/time/china.ts';

const at = (local: string): string => new Date(`${local}+08:00`).toISOString();
const createdAt = at('2026-11-27T00:00:00');
const left = (dueAt: string, now: string, dueKind?: 'working-days' | 'duration') =>
  remainingOf({ createdAt, dueAt: at(dueAt), ...(dueKind && { dueKind }) }, chinaCalendar(), at(now));

describe('a date counted in working days', () => {
  it('leaves out the weekend, in words and in the share that is over', () => {
    const remaining = left('2026-12-01T23:59:59', '2026-11-28T12:00:00', 'working-days');
    expect(remaining).toMatchObject({ kind: 'working', band: 'early' });
    expect(remaining?.words).toEqual({ zh: '剩 1 个工作日 23 小时', en: '1 working day 23 hours left' });
    expect(remaining?.share).toBeCloseTo(1 / 3, 2);
  });

  it('is late in working time', () => {
    const remaining = left('2026-11-27T12:00:00', '2026-12-01T12:00:00', 'working-days');
    expect(remaining).toMatchObject({ kind: 'working', band: 'late', share: 1, words: { zh: '超期 2 个工作日' } });
  });

  it('tells the time on the wall when no working time is left before it', () => {
    expect(left('2026-11-29T23:00:00', '2026-11-29T20:00:00', 'working-days')).toMatchObject({
      kind: 'elapsed',
      words: { zh: '剩 3 小时', en: '3 hours left' },
    });
  });
});

describe('a date after a duration', () => {
  it('runs on days off too', () => {
    const remaining = left('2026-12-01T00:00:00', '2026-11-29T00:00:00', 'duration');
    expect(remaining).toMatchObject({ kind: 'elapsed', share: 0.5, band: 'half', words: { zh: '剩 2 天' } });
  });

  it('is close from three quarters on', () => {
    expect(left('2026-12-01T00:00:00', '2026-11-30T00:01:00', 'duration')).toMatchObject({
      band: 'close',
      words: { zh: '剩 23 小时', en: '23 hours left' },
    });
  });
});

it('a task without a date has none', () => {
  expect(remainingOf({ createdAt }, chinaCalendar(), createdAt)).toBeUndefined();
});
