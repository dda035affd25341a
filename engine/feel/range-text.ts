/** `range("[1..5)")`: a range written as text, its ends literals (DMN 1.5, table 73). */

import { compare } from './operators.ts';
import { parseAt } from './parse-temporal.ts';
import { stringOf } from './syntax.ts';
import { type FeelValue, kindOf, RangeValue } from './values.ts';

function endpoint(text: string): FeelValue | undefined {
  const plain = text.trim();
  if (plain === '') return null;
  if (/^-?(\d+(\.\d+)?|\.\d+)$/.test(plain)) return Number(plain);
  if (/^"(?:[^"\\]|\\.)*"$/.test(plain)) return stringOf(plain);
  const temporal =
    /^@\s*("(?:[^"\\]|\\.)*")$/.exec(plain) ??
    /^(?:date and time|date|time|duration)\s*\(\s*("[^"]*")\s*\)$/.exec(plain);
  return temporal ? (parseAt(stringOf(temporal[1] ?? '""')) ?? undefined) : undefined;
}

export function parseRange(text: string): RangeValue | null {
  const match = /^\s*([[\](])(.*?)\.\.(.*)([\])[])\s*$/s.exec(text);
  if (!match) return null;
  const [, open, low = '', high = '', close] = match;
  const [start, end] = [endpoint(low), endpoint(high)];
  if (start === undefined || end === undefined || (start === null && end === null)) return null;
  if (start !== null && end !== null) {
    const order = kindOf(start) === kindOf(end) ? compare(start, end) : null;
    if (order === null || order > 0) return null;
  }
  const [startIncluded, endIncluded] = [open === '[', close === ']'];
  // A side without an end cannot include it.
  if ((start === null && startIncluded) || (end === null && endIncluded)) return null;
  return new RangeValue(start, end, startIncluded, endIncluded, true);
}
