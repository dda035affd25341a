/** Forms that are refused at deployment, because the server could not do what they say. */
import { describe, expect, it } from 'vitest';
import { formComponents } from '../../../engine/compile/form-components.ts';
import { type Component, formOf, formXml, refusalsOf } from '../forms/support.ts';
import { errorsOf } from './builders.ts';

const textfield = (more: Component): Component => ({ type: 'textfield', key: 'f', ...more });

describe('a form', () => {
  it.each<[string, Component]>([
    ['files of kinds that are worked out', { type: 'filepicker', key: 'f', accept: '=kinds' }],
    ['a document preview', { type: 'documentPreview', id: 'f' }],
    ['a component that nobody knows', { type: 'signature', key: 'f' }],
    ['a component without type', { key: 'f' }],
    ['a field without key', { type: 'textfield' }],
    ['a key with an empty part', textfield({ key: 'a..b' })],
    ['a validation that nobody knows', textfield({ validate: { isbn: true } })],
    ['a validation of another component', textfield({ validate: { min: 1 } })],
    ['a validation type that nobody knows', textfield({ validate: { validationType: 'iban' } })],
    ['a pattern that is none', textfield({ validate: { pattern: '(' } })],
    ['a limit that is no number', textfield({ validate: { maxLength: 'many' } })],
    ['a condition of its own without message', textfield({ validate: { custom: [{ condition: '=true' }] } })],
    ['a condition without "="', textfield({ conditional: { hide: 'true' } })],
    ['an increment of nothing', { type: 'number', key: 'f', increment: '0' }],
    ['a date without subtype', { type: 'datetime', key: 'f' }],
    [
      'a format of times that nobody knows',
      { type: 'datetime', subtype: 'time', key: 'f', timeSerializingFormat: 'x' },
    ],
    ['a selection without options', { type: 'select', key: 'f' }],
    ['an expression field without expression', { type: 'expression', key: 'f', expression: '1' }],
    ['a list that does not repeat', { type: 'dynamiclist', path: 'f', isRepeating: false, components: [] }],
    ['a text in which a condition is not ended', { type: 'text', id: 'T', text: '{{#if a}}yes' }],
    ['a text that ends what is not open', { type: 'text', id: 'T', text: '{{#if a}}yes{{/loop}}' }],
    ['a text with a block that nobody knows', { type: 'text', id: 'T', text: '{{#unless a}}no{{/unless}}' }],
    ['a text with open braces', { type: 'text', id: 'T', text: 'Since {{since' }],
    ['any of these in a group', { type: 'group', components: [{ type: 'documentPreview', id: 'f' }] }],
    ['any of these in a list', { type: 'dynamiclist', path: 'l', components: [{ type: 'documentPreview', id: 'f' }] }],
  ])('with %s is refused', async (_, component) => {
    expect(await refusalsOf(component)).toEqual(['form-not-executable A']);
  });

  it.each<[string, Component[]]>([
    ['the same key twice', [textfield({}), textfield({})]],
    ['one variable in another', [textfield({ key: 'a' }), textfield({ key: 'a.b' })]],
    [
      'a path of a group and a key',
      [{ type: 'group', path: 'a', components: [textfield({ key: 'b' })] }, textfield({ key: 'a' })],
    ],
  ])('with %s is refused', async (_, components) => {
    expect(await refusalsOf(...components)).toEqual(['form-key-twice A']);
  });

  it.each(['{{#if a}}yes', '={{a', '{{1 +}}'])('with the English text %s is refused', async (english) => {
    const form = { type: 'default', id: 'f', components: [textfield({ label: '天数' })], english: { 天数: english } };
    expect(await errorsOf(formXml, { forms: { f: form } })).toEqual(['bad-form A']);
  });

  it('may use a key again in the rows of a list', async () => {
    expect(await refusalsOf(textfield({}), { type: 'dynamiclist', path: 'l', components: [textfield({})] })).toEqual(
      [],
    );
  });

  it.each<[string, Component]>([
    ['options', { type: 'select', key: 'f', valuesExpression: '=1 +' }],
    ['read-only', textfield({ readonly: '=1 +' })],
    ['limits', textfield({ validate: { minLength: '=1 +' } })],
    ['computed fields', { type: 'expression', key: 'f', expression: '=1 +' }],
    ['a label', textfield({ label: '=1 +' })],
    ['a place in a text', { type: 'text', id: 'T', text: 'Since {{1 +}}' }],
    ['a condition in a text', { type: 'html', id: 'T', content: '{{#if 1 +}}yes{{/if}}' }],
    ['what stands before a field', textfield({ appearance: { prefixAdorner: '{{1 +}}' } })],
  ])('with FEEL that does not parse for %s is refused', async (_, component) => {
    expect(await refusalsOf(component)).toEqual(['bad-expression A']);
  });
});

it('every component that is not refused deploys, and those that only show take no value', async () => {
  const minimal: Record<string, Component> = {
    datetime: { subtype: 'date' },
    expression: { expression: '=1' },
    group: { components: [] },
    dynamiclist: { path: 'l', components: [] },
  };
  for (const [type, { field, refused }] of Object.entries(formComponents)) {
    if (refused) continue;
    const component = { type, key: 'f', values: ['a'], ...minimal[type] };
    expect(
      (await formOf(component)).fields.map(({ key }) => key),
      type,
    ).toEqual(field ? ['f'] : []);
  }
});
