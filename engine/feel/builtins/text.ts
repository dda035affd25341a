/** String functions (DMN 1.5, 10.3.4.3). Characters are code points, patterns those of XPath. */
import { spendOn } from '../budget.ts';
import type { FeelValue, FunctionValue } from '../values.ts';
import { define, nothingThere } from './define.ts';
import { regularExpression, replaced, splitBy } from './regular-expression.ts';

function substring(text: string, start: number, length?: number): string | typeof nothingThere {
  const characters = Array.from(text);
  const at = Math.trunc(start);
  if (at === 0 || Math.abs(at) > characters.length) return nothingThere;
  if (length !== undefined && !(length >= 1)) return nothingThere;
  const from = at < 0 ? characters.length + at : at - 1;
  return characters.slice(from, length === undefined ? undefined : from + Math.trunc(length)).join('');
}

export function join(list: FeelValue[], delimiter: string | null = ''): string | undefined {
  const texts: string[] = [];
  for (const entry of list) {
    if (entry === null) continue;
    if (typeof entry !== 'string') return undefined;
    spendOn(entry);
    if (texts.length > 0) spendOn(delimiter);
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
      regularExpression(pattern, flags ?? '')?.test(input),
  ]),
  replace: define('replace', [
    'input: string, pattern: string, replacement: string, flags: string|null?',
    () => (input: string, pattern: string, replacement: string, flags?: string | null) =>
      replaced(input, pattern, replacement, flags ?? ''),
  ]),
  split: define('split', ['string: string, delimiter: string', () => splitBy]),
  'string join': define('string join', ['list: list, delimiter: string|null?', () => join]),
};
