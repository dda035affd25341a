/** Every touch of the table, day it is counted from and reason has words, and says why it is planned for its minute. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { questionNames, questionnaireNames } from '../../api/processes/followUp/question-words.ts';
import { touchView } from '../../api/processes/followUp/touch-view.ts';
import { anchorNames, reasonNames, stateNames, touchNames } from '../../api/processes/followUp/touch-words.ts';
import type { Touch } from '../../store/processes/followUp/follow-up-row.ts';

const read = (name: string) => readFileSync(new URL(`../../definitions/followUp/${name}`, import.meta.url), 'utf8');
const table = read('touch-rules.dmn');
const cells = (column: string) =>
  [...table.matchAll(new RegExp(`id="Rule\\d+${column}"><text>"([^"]+)"`, 'g'))].map(([, value]) => value ?? '');

it('names all touches and anchors of the table', () => {
  expect([...new Set(cells('Touch'))].sort()).toEqual(Object.keys(touchNames).sort());
  expect([...new Set(cells('Anchor'))].sort()).toEqual(Object.keys(anchorNames).sort());
});

it('names each way not to be carried out', () => {
  for (const state of ['moved', 'replaced', 'overdue', 'skipped', 'stopped', 'no-number'])
    expect(stateNames[state]?.zh).toMatch(/^未做/);
  expect(Object.keys(reasonNames)).toContain('day-moved');
});

it('names all questionnaires of the table and all questions of the form that take marks', () => {
  const form = JSON.parse(read('follow-up-call.form')) as {
    components: { key?: string; values?: { value: string }[] }[];
  };
  const marked = form.components.filter(({ values = [] }) => values.length === 6 && values.at(-1)?.value === '0');
  expect(marked.map(({ key }) => key).sort()).toEqual(Object.keys(questionNames).sort());
  expect([...new Set(cells('Questionnaire'))].sort()).toEqual(Object.keys(questionnaireNames).sort());
});

describe('why', () => {
  const reminder: Touch = {
    id: 'sutures-reminder@R0/2027-03-08',
    touch: 'sutures-reminder',
    channel: 'message',
    dueAt: '2027-03-07T02:00:00.000Z',
    state: 'planned',
    from: { anchor: 'suturesDue', on: '2027-03-08', offset: '-P1D', at: '10:00' },
  };

  it('tells the day it is counted from, how far, and the time', () => {
    expect(touchView(reminder).why).toEqual({
      zh: '计划拆线（2027-03-08）前 1 天 10:00。',
      en: '1 day before planned suture removal (2027-03-08) at 10:00.',
    });
    const care = { anchor: 'surgery', on: '2027-01-31', offset: 'P3M', at: '10:30' };
    expect(touchView({ ...reminder, from: care }).why?.zh).toBe('手术（2027-01-31）后 3 个月 10:30。');
    const check = { anchor: 'suturesDue', on: '2027-03-08', offset: 'P0D', at: '19:00' };
    expect(touchView({ ...reminder, from: check }).why?.en).toBe(
      'On the day of planned suture removal (2027-03-08) at 19:00.',
    );
  });

  it('tells that it was late, and why it was left out', () => {
    expect(touchView({ ...reminder, late: true }).why?.zh).toBe(
      '计划拆线（2027-03-08）前 1 天 10:00；得知时已过此刻，一天之内补做。',
    );
    expect(touchView({ ...reminder, state: 'moved', because: 'day-moved' }).why?.zh).toBe(
      '计划拆线（2027-03-08）前 1 天 10:00；依据的日期改了，已按新日期重排。',
    );
    const { from: _, ...old } = reminder;
    expect(touchView(old).why).toBeUndefined();
  });
});
