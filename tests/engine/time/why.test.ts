import { describe, expect, it } from 'vitest';
import { addWorkingDays } from '../../../engine/time/calendar.ts';
import { chinaCalendar } from '../../../engine/time/china.ts';
import { englishReason, explainDuration, whyThisDate } from '../../../engine/time/why.ts';

const china = chinaCalendar();

describe('whyThisDate', () => {
  it('tells each day counted or skipped, and the notice it rests on', () => {
    const why = whyThisDate(china, '2026-09-30', 3);
    expect(why).toMatchObject({
      kind: 'working-days',
      from: '2026-09-30',
      days: 3,
      due: '2026-10-10T15:59:59.999Z',
      dueDate: '2026-10-10',
      provisional: false,
      zone: 'Asia/Shanghai',
    });
    expect(why.steps.map((step) => [step.date, step.n ?? step.reason])).toEqual([
      ['2026-10-01', '国庆节'],
      ['2026-10-02', '国庆节'],
      ['2026-10-03', '国庆节'],
      ['2026-10-04', '国庆节'],
      ['2026-10-05', '国庆节'],
      ['2026-10-06', '国庆节'],
      ['2026-10-07', '国庆节'],
      ['2026-10-08', 1],
      ['2026-10-09', 2],
      ['2026-10-10', 3],
    ]);
    expect(why.sentences).toEqual({
      zh: '自2026-09-30（周三）起3个工作日，当日不计。计入：2026-10-08（周四）、2026-10-09（周五）、2026-10-10（周六，国庆节调休）。不计：2026-10-01至2026-10-07（国庆节）。依据：《国务院办公厅关于2026年部分节假日安排的通知》。到期：2026-10-10（周六）24:00。',
      en: '3 working days after Wed 2026-09-30; that day does not count. Counted: Thu 2026-10-08, Fri 2026-10-09, Sat 2026-10-10 (worked in lieu, National Day). Not counted: 2026-10-01 to 2026-10-07 (National Day). Rests on: 《国务院办公厅关于2026年部分节假日安排的通知》. Due: Sat 2026-10-10 24:00 (Asia/Shanghai).',
    });
  });

  it('says that a date is provisional and what it waits for', () => {
    const { sentences, provisional } = whyThisDate(china, '2026-12-30T16:20:00+08:00', 3);
    expect(provisional).toBe(true);
    expect(sentences.zh).toContain('自2026-12-30（周三）16:20起');
    expect(sentences.zh).toContain('2027年的放假通知尚未导入');
    expect(sentences.zh).toContain('暂定到期：2027-01-05（周二）24:00');
    expect(sentences.en).toContain('The notice for 2027 has not been imported');
    expect(sentences.en).toContain('Due (provisional): Tue 2027-01-05 24:00');
  });

  it('agrees with addWorkingDays, also for other ends of the day', () => {
    const why = whyThisDate(china, '2026-11-09T16:20:00+08:00', 3, 'same-time');
    expect(why.due).toBe(addWorkingDays(china, '2026-11-09T16:20:00+08:00', 3, 'same-time').at);
    expect(why.sentences.zh).toContain('到期：2026-11-12（周四）16:20。');
  });

  it('speaks of long, backward and empty sums too', () => {
    const long = whyThisDate(china, '2026-11-02', 15).sentences;
    expect(long.zh).toContain('计入：2026-11-03至2026-11-06、2026-11-09至2026-11-13、');
    expect(whyThisDate(china, '2026-10-10', -1).sentences.zh).toContain('自2026-10-10（周六）向前1个工作日');
    expect(whyThisDate(china, '2026-10-01', 0).sentences.en).toContain('or the next working day if that is none');
    expect(whyThisDate(china, '2026-11-09', 1).sentences.zh).not.toContain('不计：');
  });

  it('has English for the national calendar and leaves a facility’s own reasons as written', () => {
    expect(englishReason('国庆节补假')).toBe('substitute for National Day');
    expect(englishReason('院庆')).toBe('院庆');
  });
});

describe('whyThisDuration', () => {
  it('says that hours run through nights, weekends and holidays', () => {
    expect(explainDuration('2026-09-30T16:20:00+08:00', 'PT48H', 'Asia/Shanghai')).toEqual({
      kind: 'duration',
      from: '2026-09-30T16:20:00+08:00',
      duration: 'PT48H',
      due: '2026-10-02T08:20:00.000Z',
      dueDate: '2026-10-02',
      provisional: false,
      zone: 'Asia/Shanghai',
      steps: [],
      sentences: {
        zh: '自2026-09-30（周三）16:20起48小时，连续计算，含夜间、周末和节假日。到期：2026-10-02（周五）16:20。',
        en: '48 hours after Wed 2026-09-30 16:20, without a break for nights, weekends or holidays. Due: Fri 2026-10-02 16:20 (Asia/Shanghai).',
      },
    });
  });

  it('speaks of calendar days and of durations with several units', () => {
    expect(explainDuration('2026-11-09', 'P7D', 'Asia/Shanghai')).toMatchObject({ due: '2026-11-15T16:00:00.000Z' });
    expect(explainDuration('2026-11-09', 'P1Y1DT1M', 'UTC').sentences.en).toMatch(/^1 year 1 day 1 minute after/);
  });
});
