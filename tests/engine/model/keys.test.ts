import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { businessKeyIn, decodeKey, encodeKey, instanceId, longestKeyIfExceeded } from '../../../engine/model/keys.ts';

/** Any text, halves of surrogate pairs that stand alone included. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.string({
    unit: fc.constantFrom('~', '2', 'E', '.', '/', '-', ' ', 'A', 'a', 'Ａ', '张', '\u{1F600}', '\ud800', '\udc00'),
  }),
);

describe('a text as a part of an id', () => {
  test('can be read from it again', () => {
    fc.assert(fc.property(anyText, (text) => decodeKey(encodeKey(text)) === text));
  });

  test('is another one for another text', () => {
    fc.assert(fc.property(anyText, anyText, (one, other) => (encodeKey(one) === encodeKey(other)) === (one === other)));
  });

  test('holds none of the signs that ids are put together with', () => {
    fc.assert(fc.property(anyText, (text) => /^[\w\-~\u3400-\u4dbf\u4e00-\u9fff]*$/.test(encodeKey(text))));
  });

  test('is read only from what can have been made of a text', () => {
    fc.assert(
      fc.property(anyText, (part) => {
        const text = decodeKey(part);
        return text === undefined || encodeKey(text) === part;
      }),
    );
    for (const part of ['~', '~2', '~2e', '~41', '~C0~80', '~E5', '.', 'é', '~F8~80~80~80'])
      expect(decodeKey(part)).toBeUndefined();
  });

  test('stays readable where the text has letters A to Z, digits and Chinese characters', () => {
    expect(encodeKey('BJ2026110001')).toBe('BJ2026110001');
    expect(encodeKey('张三')).toBe('张三');
    expect(encodeKey('A.1/é')).toBe('A~2E1~2F~C3~A9');
  });
});

test('cases whose keys differ in any letter have ids of their own', () => {
  const keys = [
    '张三',
    '李四',
    'A.1',
    'A/1',
    'A-1',
    'a-1',
    'a b',
    'a b ',
    ' a b',
    'A',
    'a',
    'Ａ',
    '😀',
    '😃',
    'é',
    'e\u0301',
  ];
  const ids = keys.map((key) => instanceId('order', key));
  expect(new Set(ids.map((id) => id.normalize('NFKC'))).size).toBe(keys.length);
  expect(ids.map(businessKeyIn)).toEqual(keys);
});

test('an id without a process has no business key', () => {
  expect(businessKeyIn('order')).toBeUndefined();
});

test('the id of an instance has 255 bytes, of which the process takes its part', () => {
  expect(longestKeyIfExceeded('refund', 'R'.repeat(248))).toBeUndefined();
  expect(longestKeyIfExceeded('refund', 'R'.repeat(249))).toBe(248);
  expect(longestKeyIfExceeded('refund', '退'.repeat(83))).toBe(248);
  expect(longestKeyIfExceeded('refund', '.'.repeat(83))).toBe(248);
});
