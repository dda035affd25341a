import { describe, expect, test } from 'vitest';
import { inCents, inWordsOfForm, inYuan, shownForm } from '../src/forms/shown-form.ts';

const schema = {
  type: 'default',
  components: [
    {
      type: 'number',
      key: 'amountCents',
      label: '退款金额（分）',
      description: '以分为单位的整数',
      decimalDigits: 0,
      validate: { required: true, min: 1, max: 100_000 },
    },
    { type: 'number', key: 'days', label: '天数', decimalDigits: 1 },
    { type: 'textfield', key: 'noteCents', label: '备注' },
    { type: 'dynamiclist', path: 'items', components: [{ type: 'number', key: 'priceCents', label: 'Price (cents)' }] },
  ],
};

describe('amounts in a form', () => {
  test('are shown in yuan with two decimals, limits included', () => {
    const { schema: shown, keys } = shownForm(schema, 'zh');
    expect([...keys]).toEqual(['amountCents', 'priceCents']);
    expect(shown).toMatchObject({
      components: [
        { label: '退款金额（元）', decimalDigits: 2, validate: { required: true, min: 0.01, max: 1000 } },
        { label: '天数', decimalDigits: 1 },
        { label: '备注' },
        { components: [{ label: 'Price（元）', decimalDigits: 2 }] },
      ],
    });
    expect(JSON.stringify(shown)).not.toContain('以分为单位');
  });

  test('go back as whole cents, whatever binary fractions do', () => {
    const { keys } = shownForm(schema, 'zh');
    const filled = {
      amountCents: 1234.56,
      days: 0.5,
      noteCents: '7',
      items: [{ priceCents: 0.29 }, { priceCents: 1.15 }],
    };
    expect(inCents(filled, keys)).toEqual({
      amountCents: 123_456,
      days: 0.5,
      noteCents: '7',
      items: [{ priceCents: 29 }, { priceCents: 115 }],
    });
  });

  test('are the same after going there and back', () => {
    const { keys } = shownForm(schema, 'en');
    for (const cents of [0, 1, 29, 115, 100_050, 88_000_00, 999_999_999])
      expect(inCents(inYuan({ amountCents: cents }, keys), keys)).toEqual({ amountCents: cents });
  });
});

test('a choice of few options is laid open, a longer one is not', () => {
  const select = (count: number) => ({
    type: 'select',
    key: 'decision',
    values: Array.from({ length: count }, (_, index) => ({ label: `${index}`, value: `${index}` })),
  });
  const typeOf = (component: object) =>
    (shownForm({ type: 'default', components: [component] }, 'en').schema as { components: { type: string }[] })
      .components[0]?.type;
  expect(typeOf(select(3))).toBe('radio');
  expect(typeOf(select(5))).toBe('select');
  expect(typeOf({ type: 'select', key: 'who', valuesExpression: '=people' })).toBe('select');
});

test('a required field that appears by a choice says that it is required', () => {
  const reason = { type: 'textarea', key: 'reason', validate: { required: true }, conditional: { hide: '=agreed' } };
  const form = {
    components: [{ ...reason, description: '请勿填写姓名' }, reason, { ...reason, validate: {}, description: '备注' }],
  };
  const described = (language: 'zh' | 'en') =>
    (shownForm(form, language).schema as { components: { description?: string }[] }).components.map(
      ({ description }) => description,
    );
  expect(described('zh')).toEqual(['必填。请勿填写姓名', '必填。', '备注']);
  expect(described('en')).toEqual(['Required. 请勿填写姓名', 'Required.', '备注']);
});

describe('a form that carries English texts', () => {
  const english = { 退款金额: 'Refund amount', 现金: 'Cash', '共 {{n}} 次': '{{n}} times in all' };
  const form = {
    type: 'default',
    english,
    components: [
      { type: 'number', key: 'amountCents', label: '退款金额', properties: { label: '退款金额' } },
      { type: 'select', key: 'method', label: '方式', values: [{ label: '现金', value: '现金' }] },
      { type: 'text', text: '共 {{n}} 次' },
    ],
  };

  test('is read in English, values and texts without a translation as they are', () => {
    expect(shownForm(form, 'en').schema).toMatchObject({
      components: [
        { label: 'Refund amount (yuan)', properties: { label: '退款金额' } },
        { label: '方式', values: [{ label: 'Cash', value: '现金' }] },
        { text: '{{n}} times in all' },
      ],
    });
    expect(shownForm(form, 'zh').schema).toMatchObject({ components: [{ label: '退款金额（元）' }, {}, {}] });
  });

  test('has its fields named in English in what the server says of them', () => {
    expect(inWordsOfForm('"退款金额" must be filled in.', form, 'en')).toBe('"Refund amount" must be filled in.');
    expect(inWordsOfForm('“退款金额”必填。', form, 'zh')).toBe('“退款金额”必填。');
  });
});
