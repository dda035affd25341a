/** String functions (DMN 1.5, 10.3.4.3). Characters are code points, patterns those of XPath. */
import type { FeelValue, FunctionValue } from '../values.ts';
import { define } from './define.ts';
import { regularExpression, replacementOf } from './regular-expression.ts';

function substring(text: string, start: number, length?: number): string | undefined {
  const characters = Array.from(text);
  if (start === 0 || !Number.isInteger(start) || Math.abs(start) > characters.length) return undefined;
  if (length !== undefined && !(length >= 1)) return undefined;
  const from = start < 0 ? characters.length + start : start - 1;
  return characters.slice(from, length === undefined ? undefined : from + Math.trunc(length)).join('');
}

function join(list: FeelValue[], delimiter: string | null = ''): string | undefined {
  const texts: string[] = [];
  for (const entry of list) {
    if (entry === null) continue;
    if (typeof entry !== 'string') return undefined;
    texts.push(entry);
  }
  return texts.join(delimiter ?? '');
}

const beforeMatch = (text: string, match: string): string => {
  const at = text.indexOf(match);
  return at < 0 ? '' : text.slice(0, at);
};

const afterMatch = (text: string, match: string): string => {
  const at = text.indexOf(match);
  return at < 0 ? '' : text.slice(at + match.length);
};

export const text: Record<string, FunctionValue> = {
  substring: define('substring', ['string: string, start position: number, length: number?', () => substring]),
  'string length': define('string length', ['string: string', () => (from: string) => Array.from(from).length]),
  'upper case': define('upper case', ['string: string', () => (from: string) => from.toUpperCase()]),
  'lower case': define('lower case', ['string: string', () => (from: string) => from.toLowerCase()]),
  'substring before': define('substring before', ['string: string, match: string', () => beforeMatch]),
  'substring after': define('substring after', ['string: string, match: string', () => afterMatch]),
  contains: define('contains', ['string: string, match: string', () => (a: string, b: string) => a.includes(b)]),
  'starts with': define('starts with', [
    'string: string, match: string',
    () => (a: string, b: string) => a.startsWith(b),
  ]),
  'ends with': define('ends with', ['string: string, match: string', () => (a: string, b: string) => a.endsWith(b)]),
  matches: define('matches', [
    'input: string, pattern: string, flags: string|null?',
    () => (input: string, pattern: string, flags?: string | null) =>
      regularExpression(pattern, flags ?? '', '')?.test(input),
  ]),
  replace: define('replace', [
    'input: string, pattern: string, replacement: string, flags: string|null?',
    () => (input: string, pattern: string, replacement: string, flags?: string | null) => {
      const expression = regularExpression(pattern, flags ?? '', 'g');
      const written = replacementOf(replacement, flags ?? '');
      // XPath: a pattern that matches nothing is an error.
      if (!expression || written === undefined || new RegExp(expression.source, expression.flags).test(''))
        return undefined;
      return input.replace(expression, written);
    },
  ]),
  split: define('split', [
    'string: string, delimiter: string',
    () => (from: string, delimiter: string) => {
      const expression = regularExpression(delimiter, '', '');
      return expression && from.split(expression);
    },
  ]),
  'string join': define('string join', ['list: list, delimiter: string|null?', () => join]),
};
