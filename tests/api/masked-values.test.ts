/** A form that was shown masked comes back: no number in part takes the place of a stored one. */
import { describe, expect, it } from 'vitest';
import { masked } from '../../api/http/masking.ts';
import { ProblemError } from '../../api/http/problem.ts';
import { submitStart } from '../../api/resources/starts/start-form.ts';
import { defaultsOf, holdsMarks, withStored } from '../../api/resources/variables/masked-values.ts';
import type { Json, Plan, Variables } from '../../engine/model/plan.ts';
import { chinaCalendar } from '../../engine/time/china.ts';
import type { CalendarRow } from '../../store/organisation/calendars.ts';
import { formOf } from '../engine/forms/support.ts';

const stored = {
  patient: { name: '王女士', phone: '13800001234' },
  note: '回电138-0000-1234，写信到 wang.nv@example.com',
  bare: 13800001234,
  contacts: [
    { name: '甲', phone: '13800001234' },
    { name: '乙', phone: '13900005678' },
  ],
};
const shown = {
  patient: { name: '王女士', phone: '138****1234' },
  note: '回电138****1234，写信到 w***@example.com',
  bare: '138****1234',
  contacts: [
    { name: '甲', phone: '138****1234' },
    { name: '乙', phone: '139****5678' },
  ],
};

function pathsRefused(given: Variables, before: Variables = stored): string[] {
  try {
    withStored(given, before);
  } catch (error) {
    if (error instanceof ProblemError && error.fields.status === 422)
      return (error.fields.errors ?? []).map(({ path }) => path);
    throw error;
  }
  return [];
}

describe('values that come back masked', () => {
  it('keep what is stored where they are unchanged, in texts, numbers, members and rows', () => {
    expect(holdsMarks(shown)).toBe(true);
    expect(withStored(shown, stored)).toEqual(stored);
  });

  it('keep what is stored beside what has been changed', () => {
    const patient = { name: '王小姐', phone: '138****1234' };
    expect(withStored({ patient, result: 'reached' }, stored)).toEqual({
      patient: { name: '王小姐', phone: '13800001234' },
      result: 'reached',
    });
  });

  it('keep the number of their own row when rows were moved, taken away or changed', () => {
    const contacts: Json[] = [{ name: '乙', phone: '139****5678' }, { name: '丙' }];
    expect(withStored({ contacts }, stored)).toEqual({
      contacts: [{ name: '乙', phone: '13900005678' }, { name: '丙' }],
    });
    const changed = [{ name: '乙方', phone: '139****5678' }];
    expect(withStored({ contacts: changed }, stored)).toEqual({ contacts: [{ name: '乙方', phone: '13900005678' }] });
  });

  it.each<[string, Variables, string]>([
    ['a narrative', { note: '回电138****1234，已联系' }, 'body.variables.note'],
    ['a member', { patient: { phone: '138****9999' } }, 'body.variables.patient.phone'],
    ['a row', { contacts: [{ phone: '137****0000' }] }, 'body.variables.contacts.0.phone'],
    ['an e-mail address', { note: 'w***@example.com' }, 'body.variables.note'],
  ])('are refused where %s is changed around a masked number', (_what, given, path) => {
    expect(pathsRefused(given)).toEqual([path]);
  });

  it('are refused where the masked number could be that of two rows', () => {
    const contacts = [{ phone: '13811111234' }, { phone: '13822221234' }];
    expect(pathsRefused({ contacts: [{ phone: '138****1234' }] }, { contacts })).toEqual([
      'body.variables.contacts.0.phone',
    ]);
  });

  it('are taken as they are where nothing stored was masked, or the marks are stored ones', () => {
    expect(pathsRefused({ phone: '138****1234', note: '138****1234 打来' }, { note: '无' })).toEqual([]);
    const before = { note: '138****1234 与 13900005678' };
    expect(pathsRefused({ note: '138****1234 与 13900005678 均已联系' }, before)).toEqual([]);
  });

  it('keep the default of a form that was shown where nothing is stored yet', () => {
    const defaults = defaultsOf({
      fields: [
        { key: 'desk.phone', type: 'text', label: '电话', required: true, default: '13800001234' },
        { key: 'desk.hours', type: 'text', label: '时间', required: false, default: '9–17' },
        {
          key: 'contacts',
          type: 'list',
          label: '联系人',
          required: false,
          fields: [{ key: 'phone', type: 'text', label: '电话', required: true, default: '13900005678' }],
        },
      ],
    });
    const shownAtFirst = masked(defaults).value as Variables;
    expect(shownAtFirst).toMatchObject({ desk: { phone: '138****1234', hours: '9–17' } });
    expect(withStored(shownAtFirst, {}, defaults)).toEqual(defaults);
    const contacts = [{ phone: '139****5678' }, { phone: '139****5678' }];
    expect(withStored({ contacts }, {}, defaults)).toEqual({
      contacts: [{ phone: '13900005678' }, { phone: '13900005678' }],
    });
  });

  it('do not become data of a process that is started with them', async () => {
    const components = [{ type: 'textfield', key: 'phone', label: '电话', defaultValue: '13800001234' }];
    const form = await formOf(...components);
    const plan = { profile: { startForm: 'f' }, forms: { f: form }, elements: {} } as unknown as Plan;
    const place = { zone: 'Asia/Shanghai', calendar: async () => chinaCalendar() as unknown as CalendarRow };
    expect(await submitStart(plan, { phone: '138****1234' }, false, place)).toEqual({ phone: '13800001234' });
    await expect(submitStart(plan, { phone: '138****1234 转 8' }, false, place)).rejects.toThrow(
      'body.variables.phone',
    );
  });

  it('are looked for in linear time, however long a word is', () => {
    const note = 'a'.repeat(250_000);
    expect(holdsMarks({ note })).toBe(false);
    expect(pathsRefused({ note: `${note} 138****1234` })).toEqual(['body.variables.note']);
  });

  it('are not looked for in texts with asterisks of another kind', () => {
    expect(holdsMarks({ note: '**加急** *** 见附件', amount: '3 * 4' })).toBe(false);
  });
});
