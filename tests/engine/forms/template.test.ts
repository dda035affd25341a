/** Texts of forms with FEEL in them. */
import { describe, expect, it } from 'vitest';
import type { Variables } from '../../../engine/model/plan.ts';
import { topScope } from '../../../engine/tasks/form-scope.ts';
import { feelOf, filledIn, parseTemplate } from '../../../engine/tasks/form-template.ts';
import { contextOf } from './support.ts';

const variables: Variables = {
  name: '李敏',
  days: 2,
  urgent: false,
  tags: ['a', 'b'],
  items: [
    { what: '表', parts: [1, 2] },
    { what: '箱', parts: [] },
  ],
};
const shown = (text: string): string =>
  filledIn(text, topScope(variables), contextOf({ id: 'f', fields: [] }, variables));

describe('a text of a form', () => {
  it.each<[string, string, string]>([
    ['is itself without braces', 'plain } text {', 'plain } text {'],
    ['is FEEL after "="', '="For " + name', 'For 李敏'],
    ['has values in it', '{{name}}, {{ days + 1 }} 天', '李敏, 3 天'],
    ['leaves nothing where a value is null or fails', '[{{nobody}}|{{days + name}}|{{}}]', '[||]'],
    ['shows a part when its condition is true', '{{#if days > 1}}long{{/if}}{{#if urgent}}now{{/if}}', 'long'],
    ['repeats a part for each item', '{{#loop tags}}<{{this}}>{{/loop}}', '<a><b>'],
    [
      'knows the names of an item, and what is around it',
      '{{#loop items}}{{what}} of {{parent.name}}; {{/loop}}',
      '表 of 李敏; 箱 of 李敏; ',
    ],
    ['nests', '{{#loop items}}{{#if count(parts) > 0}}{{#loop parts}}{{this}}{{/loop}}{{/if}}{{/loop}}', '12'],
    ['takes what is no list as one item', '{{#loop name}}{{this}}{{/loop}}{{#loop nobody}}x{{/loop}}', '李敏'],
  ])('%s', (_, text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it('tells all FEEL in it', () => {
    const template = parseTemplate('{{a}} {{#if b}}{{#loop c}}{{d}}{{/loop}}{{/if}}');
    expect(template.ok && feelOf(template.parts)).toEqual(['a', 'b', 'c', 'd']);
  });
});
