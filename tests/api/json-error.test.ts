import { expect, test } from 'vitest';
import { findJsonError } from '../../api/http/json-error.ts';

test.each([
  ['{"a": 1,}', 1, 9, 'a name in double quotes'],
  ['{\n  "a": abc\n}', 2, 8, 'a value'],
  ['{"a" 1}', 1, 6, 'a colon'],
  ['{"a": [1 2]}', 1, 10, 'a comma or "]"'],
  ['{"a": 1', 1, 8, 'a comma or "}"'],
  ['{a: 1}', 1, 2, 'a name in double quotes or "}"'],
  ['{} {}', 1, 4, 'the end'],
])('%j is wrong at line %i, column %i', (text, line, column, expected) => {
  expect(() => JSON.parse(text)).toThrow();
  expect(findJsonError(text)).toEqual({ line, column, expected: expect.stringContaining(expected) });
});

test.each(['{}', '[]', ' {"a": [1, -2.5e3, {"b": {}}, []], "c": "\\u00e9\\n"} ', '3', 'null'])('%j is JSON', (text) => {
  expect(() => JSON.parse(text)).not.toThrow();
  expect(findJsonError(text)).toBeUndefined();
});
