/** FEEL values as text, as `string()` writes them (DMN 1.5, table 73). */
import { spendAt, spendOn } from './budget.ts';
import { entriesOf, isContext } from './contexts.ts';
import { excerpt } from './excerpt.ts';
import { type FeelValue, FunctionValue, RangeValue } from './values.ts';

/** Whole decimals, never an exponent. */
function numberText(n: number): string {
  const text = String(n);
  if (!text.includes('e')) return text;
  const [mantissa = '', exponent = '0'] = text.split('e');
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  const sign = n < 0 ? '-' : '';
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return sign + digits.padEnd(point, '0');
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

const plainName = /^[\p{L}_][\p{L}\p{N}_ ]*$/u;

function quoted(text: string): string {
  spendOn(text);
  return `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"')}"`;
}

/** Inside lists and contexts strings stand in quotes. */
function inner(value: FeelValue, level: number): string {
  spendAt(level);
  return typeof value === 'string' ? quoted(value) : textOf(value, level);
}

export function textOf(value: FeelValue, level = 0): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `[${value.map((entry) => inner(entry, level + 1)).join(', ')}]`;
  if (isContext(value)) {
    const entries = Array.from(entriesOf(value)).map(
      ([key, entry]) => `${plainName.test(key) ? key : quoted(key)}: ${inner(entry, level + 1)}`,
    );
    return `{${entries.join(', ')}}`;
  }
  if (value instanceof RangeValue) return rangeText(value);
  return value instanceof FunctionValue ? `function(${value.parameters.join(', ')})` : value.toString();
}

function rangeText(range: RangeValue): string {
  const bound = (value: FeelValue) => (value === null ? '' : inner(value, 0));
  return `${range.startIncluded ? '[' : '('}${bound(range.start)}..${bound(range.end)}${range.endIncluded ? ']' : ')'}`;
}

/** A value in a sentence. */
export function shown(value: FeelValue): string {
  return excerpt(typeof value === 'string' ? JSON.stringify(value) : textOf(value));
}
