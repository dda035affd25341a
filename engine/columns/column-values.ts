/** Column values of an instance: each expression evaluated over its variables, as a value of the column's type. */
import { setOwn } from '../model/own-property.ts';
import type { ColumnType, Expression, Json, ProcessColumn } from '../model/plan.ts';
import type { Evaluation } from '../model/types.ts';
import { isPlainDate } from '../time/date.ts';
import { instantOf } from '../time/zone.ts';

export type ColumnValue = string | number;

/** Longer texts are cut: lists show one line. */
const maxText = 200;

/**
 * @param zone IANA name, for date-times without an offset
 * @param mostCharacters longer texts are truncated
 * @returns by column id; a value that is null, fails, or has another type is absent
 */
export function columnValues(
  columns: readonly ProcessColumn[],
  evaluate: (expression: Expression) => Evaluation,
  zone: string,
  mostCharacters = maxText,
): Record<string, ColumnValue> {
  const values: Record<string, ColumnValue> = {};
  for (const { id, type, value } of columns) {
    const result = evaluate(value);
    const typed = result.ok ? columnValue(type, result.value, zone, mostCharacters) : undefined;
    if (typed !== undefined) setOwn(values, id, typed);
  }
  return values;
}

/** Money is whole cents; a date is `YYYY-MM-DD`, or an instant in UTC; a choice and a person are ids. */
export function columnValue(
  type: ColumnType,
  value: Json,
  zone: string,
  mostCharacters = maxText,
): ColumnValue | undefined {
  switch (type) {
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
    case 'money':
      return Number.isSafeInteger(value) ? (value as number) : undefined;
    case 'date':
      return typeof value === 'string' ? dateOrInstant(value, zone) : undefined;
    case 'text':
    case 'choice':
    case 'person': {
      if (value === null || typeof value === 'object') return undefined;
      const text = [...String(value).trim()].slice(0, mostCharacters).join('');
      return text === '' ? undefined : text;
    }
  }
}

function dateOrInstant(text: string, zone: string): string | undefined {
  if (isPlainDate(text)) return text;
  try {
    return instantOf(text, zone);
  } catch {
    return undefined;
  }
}
