/** The state of a definition's timers: what a new version, a pause, a failure and an outage make of it. */
import { describe, expect, it } from 'vitest';
import type { LoadedSchedule, LoadedSchedules } from '../../activities/types.ts';
import { scheduleFailureWords } from '../../engine/messages/schedule-failures.ts';
import type { Due } from '../../workflows/schedules/due-occurrences.ts';
import { businessKeyOf } from '../../workflows/schedules/schedule.ts';
import { detailsInWords } from '../../workflows/schedules/schedule-refusals.ts';
import { createScheduler, type Scheduler } from '../../workflows/schedules/scheduler.ts';

const by = { id: 'ops' };
const at = (hours: number, date = 2): string => new Date(Date.UTC(2026, 10, date, hours)).toISOString();

const timer = (about: Partial<LoadedSchedule> = {}): LoadedSchedule => ({
  id: 'Begin@BJ',
  element: 'Begin',
  elementName: '每小时',
  facility: 'BJ',
  kind: 'cycle',
  expression: 'R/PT1H',
  value: 'R/PT1H',
  zone: 'Asia/Shanghai',
  from: at(0),
  ...about,
});
const loaded = (version: number | null, ...schedules: LoadedSchedule[]): LoadedSchedules => ({
  version,
  schedules,
  memory: [],
  journalFrom: 0,
});

function started(...schedules: LoadedSchedule[]): Scheduler {
  const scheduler = createScheduler('round');
  scheduler.take(loaded(1, ...schedules), at(0));
  return scheduler;
}

const begins = (scheduler: Scheduler, due: Due[], now: string) => {
  for (const one of due)
    scheduler.began(one, { instance: `round/${scheduler.begin(one).businessKey}`, began: true }, now);
};
const only = (scheduler: Scheduler, id = 'Begin@BJ') => {
  const found = scheduler.schedules.find((one) => one.id === id);
  if (!found) throw new Error(`There is no ${id}.`);
  return found;
};
const kinds = (scheduler: Scheduler, now: string) => scheduler.projection(now).journal.map((line) => line.kind);

describe('an occurrence', () => {
  it('begins one instance with a key of its own, and the next is awaited', () => {
    const scheduler = started(timer());
    expect(scheduler.wakeAt()).toBe(at(1));
    expect(scheduler.advance(at(0))).toEqual([]);
    const due = scheduler.advance(at(1));
    expect(due.map((one) => scheduler.begin(one))).toEqual([
      {
        process: 'round',
        version: 1,
        element: 'Begin',
        facility: 'BJ',
        businessKey: 'Begin-BJ-20261102T010000Z',
        scheduledAt: at(1),
        startedBy: 'schedule:round',
      },
    ]);
    begins(scheduler, due, at(1));
    expect(only(scheduler)).toMatchObject({ fired: 1, dueAt: at(2), last: { scheduledAt: at(1), began: true } });
    expect(kinds(scheduler, at(1))).toEqual(['scheduled', 'began']);
    expect(scheduler.advance(at(1))).toEqual([]);
  });

  it('has a key without slashes and dots whatever its event is called', () => {
    expect(businessKeyOf({ id: '每天.9点@BJ' }, '2026-11-02T01:00:00.125Z')).toBe('每天.9点-BJ-20261102T010000125Z');
    expect(businessKeyOf({ id: 'Begin@BJ' }, at(1), 7)).toBe('Begin-BJ-20261102T010000Z-7');
  });

  it('that cannot begin is tried again, later each time, and seen until it began', () => {
    const scheduler = started(timer({ kind: 'date', value: '2026-01-01T00:00:00Z' }));
    const [due] = scheduler.advance(at(0)) as [Due];
    scheduler.failed(due, { code: 'unknown-facility', message: '没有' }, at(0));
    expect(only(scheduler).failure).toMatchObject({ code: 'unknown-facility', attempts: 1, since: at(0) });
    expect(scheduler.advance(at(0))).toEqual([]);
    expect(scheduler.wakeAt()).toBe('2026-11-02T00:00:01.000Z');
    const [again] = scheduler.advance(at(1)) as [Due];
    scheduler.failed(again, { code: 'unknown-facility', message: '没有' }, at(1));
    expect(only(scheduler).failure).toMatchObject({ attempts: 2, since: at(0), retryAt: '2026-11-02T01:00:02.000Z' });
    expect(kinds(scheduler, at(1))).toEqual(['scheduled', 'failed']);
    const [third] = scheduler.advance(at(2)) as [Due];
    begins(scheduler, [third], at(2));
    expect(only(scheduler)).toMatchObject({ failure: null, dueAt: null, fired: 1 });
    expect(scheduler.wakeAt()).toBeUndefined();
  });

  it('counts a cycle to its end', () => {
    const scheduler = started(timer({ value: 'R3/PT1H' }));
    const scheduled: string[] = [];
    for (let hours = 1; hours < 9; hours++) {
      const due = scheduler.advance(at(hours));
      scheduled.push(...due.map((one) => one.scheduledAt));
      begins(scheduler, due, at(hours));
    }
    expect(scheduled).toEqual([at(1), at(2), at(3)]);
    expect(only(scheduler)).toMatchObject({ fired: 3, dueAt: null, remaining: 0 });
  });
});

describe('after an outage', () => {
  it('the last day is made up for, a few at a time, and what was left out is on record', () => {
    const scheduler = started(timer());
    const scheduled: string[] = [];
    for (let due = scheduler.advance(at(0, 9)); due.length > 0; due = scheduler.advance(at(0, 9))) {
      expect(due.length).toBeLessThanOrEqual(20);
      scheduled.push(...due.map((one) => one.scheduledAt));
      begins(scheduler, due, at(0, 9));
    }
    expect([scheduled[0], scheduled.at(-1), scheduled.length]).toEqual([at(0, 8), at(0, 9), 25]);
    expect(only(scheduler).leftOut).toMatchObject({ from: at(1), why: 'outage' });
  });
});

describe('a pause', () => {
  it('keeps it from beginning anything, also what failed before, until it is taken back', () => {
    const scheduler = started(timer());
    const [due] = scheduler.advance(at(1)) as [Due];
    scheduler.failed(due, { code: 'begin-failed', message: '-' }, at(1));
    scheduler.pause({ id: 'Begin@BJ', by, reason: 'holiday' }, at(1));
    expect(scheduler.advance(at(5))).toEqual([]);
    expect(scheduler.wakeAt()).toBeUndefined();
    expect(scheduler.refusal('pause', 'Begin@BJ')?.code).toBe('already-paused');
    scheduler.resume({ id: 'Begin@BJ', by }, at(5));
    expect(scheduler.advance(at(5)).map((one) => one.scheduledAt)).toEqual([at(1)]);
    expect(only(scheduler)).toMatchObject({ paused: null, dueAt: at(6), leftOut: { why: 'pause', from: at(2) } });
    expect(scheduler.refusal('resume', 'Begin@BJ')?.code).toBe('not-paused');
    expect(scheduler.refusal('trigger', 'Other@BJ')?.code).toBe('unknown-schedule');
  });

  it('does not keep people from beginning one by hand, which uses up nothing', () => {
    const scheduler = started(timer({ value: 'R3/PT1H' }));
    scheduler.pause({ id: 'Begin@BJ', by }, at(0));
    const due = scheduler.trigger({ id: 'Begin@BJ', by }, at(0));
    expect(scheduler.isOpen(due)).toBe(true);
    expect(scheduler.advance(at(0))).toEqual([due]);
    expect(scheduler.begin(due)).toMatchObject({ startedBy: 'ops', businessKey: 'Begin-BJ-20261102T000000Z-1' });
    begins(scheduler, [due], at(0));
    expect(scheduler.isOpen(due)).toBe(false);
    expect(only(scheduler)).toMatchObject({ fired: 0, remaining: 2, last: { by: 'ops' } });
  });
});

describe('a new version', () => {
  it('replaces the timers of the version before: they count again, removed ones are dropped, a pause stays', () => {
    const other = timer({ id: 'Other@BJ', element: 'Other' });
    const scheduler = started(timer({ value: 'R3/PT1H' }), other);
    begins(scheduler, scheduler.advance(at(1)), at(1));
    scheduler.pause({ id: 'Begin@BJ', by }, at(1));
    const [owed] = scheduler.advance(at(2)) as [Due];
    expect(owed.schedule).toBe('Other@BJ');
    scheduler.take(loaded(2, timer({ value: 'R3/PT1H', from: at(2) })), at(2));
    expect(scheduler.schedules.map(({ id }) => id)).toEqual(['Begin@BJ']);
    expect(only(scheduler)).toMatchObject({ fired: 0, remaining: 2, dueAt: at(3), paused: { by: 'ops' } });
    expect(only(scheduler).last).toMatchObject({ scheduledAt: at(1) });
    expect(scheduler.advance(at(2))).toEqual([]);
    expect(kinds(scheduler, at(2)).slice(-2)).toEqual(['scheduled', 'dropped']);
  });

  it('without timers leaves nothing to do', () => {
    const scheduler = started(timer());
    scheduler.take(loaded(2), at(1));
    expect(scheduler.isEmpty()).toBe(true);
    scheduler.take(loaded(null), at(1));
    expect(scheduler.isEmpty()).toBe(true);
  });

  it('looked at again changes nothing, but takes in a new facility', () => {
    const scheduler = started(timer());
    begins(scheduler, scheduler.advance(at(1)), at(1));
    scheduler.take(loaded(1, timer(), timer({ id: 'Begin@SH', facility: 'SH', from: at(4) })), at(4));
    expect(only(scheduler)).toMatchObject({ fired: 1, dueAt: at(2) });
    expect(only(scheduler, 'Begin@SH')).toMatchObject({ fired: 0, dueAt: at(5) });
  });
});

describe('a timer that cannot be evaluated', () => {
  it('is shown as failed and looked at again until it can', () => {
    const failure = { code: 'expression-failed', message: '不行' };
    const scheduler = started(timer({ value: '', failure }), timer({ id: 'Never@BJ', value: 'R0/PT1H' }));
    expect(only(scheduler).failure).toMatchObject({ code: 'expression-failed', attempts: 1 });
    expect(only(scheduler, 'Never@BJ').failure?.code).toBe('never-due');
    const reloadAt = scheduler.reloadAt() ?? '';
    expect(scheduler.wakeAt()).toBe(reloadAt);
    expect(Date.parse(reloadAt)).toBeGreaterThan(Date.parse(at(0)));
    scheduler.take(loaded(1, timer()), at(1));
    expect(only(scheduler)).toMatchObject({ failure: null, dueAt: at(1) });
  });
});

describe('why a timer does not begin', () => {
  it('is shown in the Temporal UI in Chinese with its time, whatever the technical message', () => {
    const failure = { code: 'expression-failed', message: 'There is no variable "days".' };
    const scheduler = started(timer({ value: '', failure }));
    const details = detailsInWords('rounds', 1, scheduler.schedules);
    expect(details).toContain('未能启动：表达式无法求值。**自 ');
    expect(details).not.toContain(failure.message);
  });

  it.each(['unknown-facility', 'begin-failed', 'missing-variable', 'invalid-cron'])('has words for %s', (code) => {
    const { zh, en } = scheduleFailureWords(code);
    expect(zh).toMatch(/^[\u4e00-\u9fff、，]+。$/);
    expect(en).toMatch(/^[A-Z][\x20-\x7e]*\.$/);
  });
});

describe('what is carried on', () => {
  it('is owed also by one that begins again after it was ended from outside', () => {
    const scheduler = started(timer({ kind: 'date', value: at(1) }));
    const [due] = scheduler.advance(at(1)) as [Due];
    scheduler.failed(due, { code: 'begin-failed', message: '-' }, at(1));
    const { rows } = scheduler.projection(at(1));
    const anew = createScheduler('round');
    anew.take({ ...loaded(1, timer({ kind: 'date', value: at(1) })), memory: rows }, at(2));
    expect(anew.advance(at(2)).map((one) => one.businessKey)).toEqual([due.businessKey]);
  });

  it('is everything, answers to acts included, and lines are numbered on', () => {
    const scheduler = started(timer());
    begins(scheduler, scheduler.advance(at(1)), at(1));
    scheduler.remember({ id: 'u1', happened: { zh: '是', en: 'yes' } });
    const written = scheduler.closeBurst(at(1));
    expect(scheduler.dirty).toBe(false);
    const next = createScheduler('round', JSON.parse(JSON.stringify(scheduler.carry())));
    expect(next.remembered('u1')?.happened.en).toBe('yes');
    expect(next.schedules).toEqual(scheduler.schedules);
    next.pause({ id: 'Begin@BJ', by }, at(1));
    const later = next.projection(at(1));
    expect(later.seq).toBeGreaterThan(written.seq);
    expect(later.journal.map((line) => line._id)).toEqual(['round#3']);
  });

  it('is taken from the rows by one that begins again after it was ended from outside', () => {
    const scheduler = started(timer({ value: 'R3/PT1H' }));
    begins(scheduler, scheduler.advance(at(1)), at(1));
    scheduler.pause({ id: 'Begin@BJ', by }, at(1));
    const { rows, seq } = scheduler.projection(at(1));
    const anew = createScheduler('round');
    anew.take({ ...loaded(1, timer({ value: 'R3/PT1H' })), memory: rows, journalFrom: 9 }, at(2));
    expect(only(anew)).toEqual(only(scheduler));
    expect(anew.projection(at(1)).seq).toBeGreaterThan(seq);
    anew.resume({ id: 'Begin@BJ', by }, at(2));
    expect(anew.projection(at(2)).journal.map((line) => line.n)).toEqual([10, 11]);
  });
});
