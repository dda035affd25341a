/** Every component and every validation of form-js, by what it lets through. */
import { describe, expect, it } from 'vitest';
import { formComponents } from '../../../engine/compile/form-components.ts';
import type { Json, Variables } from '../../../engine/model/plan.ts';
import { type Component, problemsOf, submit } from './support.ts';

const text = (validate: Json): Component => ({ type: 'textfield', key: 'f', label: '栏', validate });
const number = (more: Component): Component => ({ type: 'number', key: 'f', label: '栏', ...more });
const time = (subtype: string, more: Component = {}): Component => ({ type: 'datetime', key: 'f', subtype, ...more });
const ab = [
  { value: 'a', label: '甲' },
  { value: 'b', label: '乙' },
];
const options = (type: string, more: Component = { values: ab }): Component => ({ type, key: 'f', ...more });
const required = { validate: { required: true } };
const files = (more: Component): Component => ({ type: 'filepicker', key: 'f', ...more });

/** What is refused carries its code, what is taken carries nothing. */
const cases: Record<string, [Component, Json | undefined, string?][]> = {
  textfield: [
    [text({}), 5, 'type'],
    [text({}), ''],
    [text({ required: true }), undefined, 'required'],
    [text({ required: true }), '', 'required'],
    [text({ required: true }), ' \t　', 'required'],
    [text({ minLength: 2 }), ' 一 ', 'min-length'],
    [text({ minLength: 2 }), '一二'],
    [text({ minLength: '=1 + 1' }), '一', 'min-length'],
    [text({ maxLength: 2 }), '一二三', 'max-length'],
    [text({ maxLength: '2' }), '一二三', 'max-length'],
    [text({ maxLength: 1 }), '𠀀'],
    [text({ pattern: '^[A-Z]{2}$' }), 'ABC', 'pattern'],
    [text({ pattern: '[A-Z]{2}' }), 'xABy'],
    [text({ validationType: 'custom', pattern: '^A' }), 'B', 'pattern'],
    [text({ validationType: 'email' }), 'nobody', 'email'],
    [text({ validationType: 'email' }), 'a@b@c', 'email'],
    [text({ validationType: 'email' }), 'a.b+c@example.com'],
    [text({ validationType: 'phone' }), '13800000000', 'phone'],
    [text({ validationType: 'phone' }), '+8613800000000'],
    [text({ custom: [{ condition: '=value != "no"', message: '不可以' }] }), 'no', 'custom'],
    [text({ custom: [{ condition: '=value != "no"', message: '不可以' }] }), 'yes'],
  ],
  textarea: [
    [{ type: 'textarea', key: 'f', validate: { required: true } }, '\n', 'required'],
    [{ type: 'textarea', key: 'f', validate: { maxLength: 3 } }, 'a\nbc', 'max-length'],
  ],
  number: [
    [number({}), 'five', 'type'],
    [number({}), '5', 'type'],
    [number(required), null, 'required'],
    [number(required), 0],
    [number({ validate: { min: 2 } }), 1, 'min'],
    [number({ validate: { min: 2 } }), 2],
    [number({ validate: { min: '=1 + 1' } }), 1, 'min'],
    [number({ validate: { max: 2 } }), 2.5, 'max'],
    [number({ decimalDigits: 0 }), 1.5, 'decimal-digits'],
    [number({ decimalDigits: 1 }), 1.25, 'decimal-digits'],
    [number({ decimalDigits: 1 }), 1.5],
    [number({ decimalDigits: 2 }), 1e-7, 'decimal-digits'],
    [number({ increment: '0.5' }), 0.7, 'increment'],
    [number({ increment: 0.1 }), 0.3],
    [number({ serializeToString: true }), 5, 'type'],
    [number({ serializeToString: true }), 'five', 'type'],
    [number({ serializeToString: true, decimalDigits: 2 }), '9007199254740993.25'],
    [number({ serializeToString: true, decimalDigits: 1 }), '9007199254740993.25', 'decimal-digits'],
    [number({ serializeToString: true, increment: '0.05' }), '9007199254740993.27', 'increment'],
    [number({ serializeToString: true, validate: { max: 10 } }), '11', 'max'],
  ],
  checkbox: [
    [{ type: 'checkbox', key: 'f' }, 'yes', 'type'],
    [{ type: 'checkbox', key: 'f', ...required }, false, 'required'],
    [{ type: 'checkbox', key: 'f', ...required }, undefined, 'required'],
    [{ type: 'checkbox', key: 'f', ...required }, true],
  ],
  datetime: [
    [time('date'), '2026-02-30', 'type'],
    [time('date'), '2026-02-28T10:00', 'type'],
    [time('date'), '2026-02-28'],
    [time('date', required), '', 'required'],
    [time('date', { disallowPassedDates: true }), '2026-11-03', 'past'],
    [time('date', { disallowPassedDates: true }), '2026-11-04'],
    [time('datetime', { disallowPassedDates: true }), '2026-11-03T16:30Z'],
    [time('datetime', { disallowPassedDates: true }), '2026-11-03T15:30Z', 'past'],
    [time('time'), '25:00', 'type'],
    [time('time'), '09:30'],
    [time('time', { timeSerializingFormat: 'utc_normalized' }), '09:30', 'zone'],
    [time('datetime'), '2026-02-28', 'type'],
    [time('datetime'), '2026-02-28T10:00'],
    [time('datetime', { timeSerializingFormat: 'utc_offset' }), '2026-02-28T10:00', 'zone'],
    [time('datetime', { timeSerializingFormat: 'utc_offset' }), '2026-02-28T10:00+08:00'],
    [time('datetime', { timeSerializingFormat: 'utc_normalized' }), '2026-02-28T10:00+08:00', 'zone'],
    [time('datetime', { timeSerializingFormat: 'utc_normalized' }), '2026-02-28T02:00Z'],
    [time('datetime', { timeSerializingFormat: 'no_timezone' }), '2026-02-28T02:00Z', 'zone'],
  ],
  select: [
    [options('select'), 'c', 'option'],
    [options('select'), 'a'],
    [options('select', { values: [1, 2] }), '1', 'option'],
    [options('select', { values: ab, ...required }), null, 'required'],
    [options('select', { valuesKey: 'known' }), 'z', 'option'],
    [options('select', { valuesKey: 'known' }), 'x'],
    [options('select', { valuesKey: 'unknown' }), 'x', 'option'],
    [options('select', { valuesExpression: '=known[item != "x"]' }), 'x', 'option'],
    [options('select', { valuesExpression: '=known[item != "x"]' }), 'y'],
  ],
  radio: [
    [options('radio'), 'c', 'option'],
    [options('radio'), 'b'],
  ],
  checklist: [
    [options('checklist'), 'a', 'type'],
    [options('checklist'), ['a', 'c'], 'option'],
    [options('checklist'), ['a', 'b']],
    [options('checklist', { values: ab, ...required }), [], 'required'],
    [options('checklist', { valuesKey: 'known' }), ['x', 'z'], 'option'],
  ],
  taglist: [
    [options('taglist'), ['c'], 'option'],
    [options('taglist', { values: ab, ...required }), undefined, 'required'],
    [options('taglist', { valuesExpression: '=known' }), ['x', 'y']],
  ],
  filepicker: [
    [files({}), 'id-1', 'type'],
    [files({}), [1], 'type'],
    [files({}), Array.from({ length: 51 }, (_, n) => `id-${n}`), 'type'],
    [files({}), ['id-1']],
    [files({}), ['id-1', 'id-2'], 'one-file'],
    [files({ multiple: true }), ['id-1', 'id-2']],
    [files({ multiple: '=count(known) > 5' }), ['id-1', 'id-2'], 'one-file'],
    [files({ multiple: '=count(known) = 2' }), ['id-1', 'id-2']],
    [files(required), [], 'required'],
    [files(required), undefined, 'required'],
  ],
};

const table = Object.entries(cases).flatMap(([type, rows]) =>
  rows.map(([component, value, code]) => ({ type, component, value, code })),
);

describe('a value', () => {
  it.each(table)('of $type: $value in $component is $code', async ({ component, value, code }) => {
    const given: Variables = value === undefined ? {} : { f: value };
    expect(problemsOf(await submit([component], given, { known: ['x', 'y'] }))).toEqual(code ? [`f ${code}`] : []);
  });

  it('is checked for every component that takes one by itself', () => {
    const taking = Object.entries(formComponents).filter(
      ([, { field }]) => field && field !== 'list' && field !== 'computed',
    );
    expect(Object.keys(cases).sort()).toEqual(taking.map(([type]) => type).sort());
  });
});

describe('every validation', () => {
  const validations = Object.entries(formComponents).flatMap(([type, { validations: own }]) =>
    Object.keys(own).map((name) => [type, name] as const),
  );

  it.each(validations)('%s: %s refuses something', async (type, name) => {
    const rule = {
      required: true,
      minLength: 99,
      maxLength: 0,
      min: 99,
      max: -1,
      pattern: '^$',
      validationType: 'email',
      custom: [{ condition: '=false', message: '不行' }],
    }[name];
    const value = { number: 5, checkbox: true, checklist: ['a'], taglist: ['a'], datetime: '2026-11-04' }[type] ?? 'a';
    const component = { type, key: 'f', subtype: 'date', values: ab, validate: { [name]: rule } } as Component;
    const sent: Variables = name === 'required' ? {} : { f: value };
    expect((await submit([component], sent)).problems).toHaveLength(1);
  });
});

describe('what is wrong', () => {
  it('is worded in Chinese and English by the label of the field', async () => {
    const { problems } = await submit([number({ increment: '0.5' })], { f: 0.7 });
    expect(problems[0]?.message).toEqual({
      zh: '“栏”应为0.5的整数倍，最接近的是0.5和1。',
      en: '"栏" must be a multiple of 0.5; the nearest are 0.5 and 1.',
    });
  });

  it('is worded by the form for a condition of its own', async () => {
    const custom = [{ condition: '=value > least', message: '="至少 " + string(least)' }];
    const { problems } = await submit([number({ validate: { custom } })], { f: 1 }, { least: 3 });
    expect(problems[0]?.message.zh).toBe('“栏”：至少 3');
  });
});
