/** What a completion writes: the visible, writable fields of its form and nothing else. */
import { describe, expect, it } from 'vitest';
import { type Component, problemsOf, submit } from './support.ts';

const text = (key: string, more: Component = {}): Component => ({ type: 'textfield', key, label: key, ...more });

describe('a field that is only shown', () => {
  it.each([
    ['read-only', { readonly: true }],
    ['disabled', { disabled: true }],
    ['read-only by FEEL', { readonly: '=locked' }],
  ])('%s cannot be written', async (_, more) => {
    const variables = { a: 'old', locked: true };
    const refused = await submit([text('a', more)], { a: 'new' }, variables);
    expect(problemsOf(refused)).toEqual(['a read-only']);
    expect(refused.problems[0]?.message.en).toBe('"a" is read-only.');
  });

  it('may be sent as it is, as the page does, and is not demanded', async () => {
    const shown = [text('a', { readonly: true, validate: { required: true } }), text('b', { disabled: true })];
    expect(await submit(shown, { a: 'old', b: '' }, { a: 'old' })).toEqual({ problems: [], values: {} });
    expect(problemsOf(await submit(shown, {}))).toEqual([]);
  });

  it('can be written as long as its condition does not hold', async () => {
    expect((await submit([text('a', { readonly: '=locked' })], { a: 'new' }, { locked: false })).values).toEqual({
      a: 'new',
    });
  });
});

describe('a hidden field', () => {
  const reason = text('reason', { conditional: { hide: '=decision = "yes"' }, validate: { required: true } });

  it('is neither demanded nor written', async () => {
    expect(problemsOf(await submit([text('decision'), reason], { decision: 'yes' }))).toEqual([]);
    expect(problemsOf(await submit([text('decision'), reason], { decision: 'no' }))).toEqual(['reason required']);
    expect(problemsOf(await submit([text('decision'), reason], { decision: 'yes', reason: 'x' }))).toEqual([
      'reason hidden',
    ]);
  });

  it('is hidden with its group', async () => {
    const group = { type: 'group', conditional: { hide: '=closed' }, components: [text('a')] };
    expect(problemsOf(await submit([group], { a: 'x' }, { closed: true }))).toEqual(['a hidden']);
    expect((await submit([group], { a: 'x' }, { closed: false })).values).toEqual({ a: 'x' });
  });
});

describe('what the form does not have', () => {
  it('is refused by its name', async () => {
    expect(problemsOf(await submit([text('a')], { a: 'x', b: 1 }))).toEqual(['b unknown-field']);
  });

  it('is written where others are accepted', async () => {
    expect(await submit([text('a')], { a: 'x', b: 1 }, {}, ['b'])).toEqual({ problems: [], values: { a: 'x', b: 1 } });
  });
});

describe('a field left out', () => {
  const a = text('a', { defaultValue: 'usual', validate: { required: true } });

  it('takes its default, as the page would have shown it', async () => {
    expect(await submit([a], {})).toEqual({ problems: [], values: { a: 'usual' } });
  });

  it('does not take it where the variable has a value, and must be sent when it is required', async () => {
    expect(problemsOf(await submit([a], {}, { a: 'other' }))).toEqual(['a required']);
    expect((await submit([text('a', { defaultValue: 'usual' })], {}, { a: 'other' })).values).toEqual({});
  });

  it('is false or empty for unticked boxes', async () => {
    const boxes: Component[] = [
      { type: 'checkbox', key: 'urgent' },
      { type: 'checklist', key: 'parts', values: ['a'] },
    ];
    expect((await submit(boxes, {})).values).toEqual({ urgent: false, parts: [] });
  });

  it('counts with its default in the conditions of others', async () => {
    const b = text('b', { conditional: { hide: '=a = "usual"' }, validate: { required: true } });
    expect(problemsOf(await submit([a, b], {}))).toEqual([]);
  });
});

describe('a group with a path', () => {
  const address = {
    type: 'group',
    path: 'address',
    components: [text('city', { validate: { required: true, pattern: '^[A-Z]' } }), text('street.name')],
  };

  it('checks its fields and names them by path', async () => {
    expect(problemsOf(await submit([address], { address: { city: 'x' } }))).toEqual(['address.city pattern']);
    expect(problemsOf(await submit([address], {}))).toEqual(['address.city required']);
    expect(problemsOf(await submit([address], { address: 'X' }))).toContain('address type');
    expect(problemsOf(await submit([address], { address: { city: 'X', zip: 1 } }))).toEqual([
      'address.zip unknown-field',
    ]);
  });

  it('leaves alone what else the variable holds', async () => {
    const given = { address: { city: 'X', street: { name: 'y' } } };
    expect((await submit([address], given, { address: { zip: 1, city: 'A' } })).values).toEqual({
      address: { zip: 1, city: 'X', street: { name: 'y' } },
    });
  });
});

describe('a dynamic list', () => {
  const items = (more: Component = {}, ...inner: Component[]): Component => ({
    type: 'dynamiclist',
    path: 'items',
    label: '物品',
    allowAddRemove: true,
    components: [text('name', { label: '名称', validate: { required: true } }), ...inner],
    ...more,
  });

  it('demands the required fields of each row, and says which row lacks one', async () => {
    const { problems } = await submit([items()], { items: [{ name: 'x' }, {}] });
    expect(problems).toEqual([
      {
        field: 'items.1.name',
        code: 'required',
        message: { zh: '“物品”第2行的“名称”必填。', en: '"物品", row 2: "名称" is required.' },
      },
    ]);
  });

  it('takes rows of its fields and nothing else', async () => {
    expect(problemsOf(await submit([items()], { items: [{ name: 'x', price: 1 }, 'y'] }))).toEqual([
      'items.0.price unknown-field',
      'items.1 type',
    ]);
    expect(problemsOf(await submit([items()], { items: 'x' }))).toEqual(['items type']);
    expect((await submit([items()], { items: [{ name: 'x' }] })).values).toEqual({ items: [{ name: 'x' }] });
  });

  it('knows its row, what is around it, and the number of the row', async () => {
    const note = text('note', {
      validate: { required: true },
      conditional: { hide: '=not(this.name = "other" and parent.strict and i[1] = 2)' },
    });
    const given = { items: [{ name: 'other' }, { name: 'other' }, { name: 'x' }] };
    expect(problemsOf(await submit([items({}, note)], given, { strict: true }))).toEqual(['items.1.note required']);
  });

  it('keeps what its rows only show, also after one was taken away', async () => {
    const id = text('id', { readonly: true });
    const variables = {
      items: [
        { id: 'a', name: 'x' },
        { id: 'b', name: 'y' },
      ],
    };
    const send = (rows: { id?: string; name: string }[]) => submit([items({}, id)], { items: rows }, variables);
    expect((await send([{ name: 'z' }, { name: 'y' }])).values).toEqual({
      items: [
        { name: 'z', id: 'a' },
        { name: 'y', id: 'b' },
      ],
    });
    expect((await send([{ id: 'b', name: 'y' }])).values).toEqual({ items: [{ name: 'y', id: 'b' }] });
    expect(problemsOf(await send([{ id: 'c', name: 'y' }]))).toEqual(['items.0.id read-only']);
  });

  it('has as many rows as before where none can be added or removed', async () => {
    const fixed = items({ allowAddRemove: false, defaultRepetitions: 2 });
    expect(problemsOf(await submit([fixed], { items: [{ name: 'x' }] }))).toEqual(['items rows']);
    expect(problemsOf(await submit([fixed], {}))).toEqual(['items rows']);
    expect(problemsOf(await submit([fixed], {}, { items: [{ name: 'x' }] }))).toEqual([]);
    expect(problemsOf(await submit([fixed], { items: [{ name: 'y' }] }, { items: [{ name: 'x' }] }))).toEqual([]);
  });

  it('may stand in a row of another', async () => {
    const outer = { type: 'dynamiclist', path: 'boxes', label: '箱', allowAddRemove: true, components: [items()] };
    expect(problemsOf(await submit([outer], { boxes: [{ items: [{}] }] }))).toEqual(['boxes.0.items.0.name required']);
  });
});

describe('a computed field', () => {
  const total = { type: 'expression', key: 'total', computeOn: 'presubmit', expression: '=2 * a' };
  const twice = { type: 'expression', key: 'twice', expression: '=2 * total' };
  const a = { type: 'number', key: 'a' };

  it('is worked out by the server, whatever is sent for it', async () => {
    expect(await submit([twice, total, a], { a: 2, total: 99 })).toEqual({
      problems: [],
      values: { a: 2, total: 4, twice: 8 },
    });
  });

  it('is null when it cannot be evaluated', async () => {
    expect((await submit([total, a], {})).values).toEqual({ total: null });
  });

  it('is worked out in each row of a list', async () => {
    const list = {
      type: 'dynamiclist',
      path: 'rows',
      allowAddRemove: true,
      components: [a, { ...total, expression: '=2 * this.a' }],
    };
    expect((await submit([list], { rows: [{ a: 1 }, { a: 3 }] })).values).toEqual({
      rows: [
        { a: 1, total: 2 },
        { a: 3, total: 6 },
      ],
    });
  });
});
