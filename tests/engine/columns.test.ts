import { describe, expect, test } from 'vitest';
import { columnKey, columnKeys, columnPrefix, columnRange } from '../../engine/columns/column-keys.ts';
import { columnValue, columnValues } from '../../engine/columns/column-values.ts';
import type { ColumnType, Expression, ProcessColumn } from '../../engine/model/plan.ts';

const zone = 'Asia/Shanghai';
const aColumn = (id: string, type: ColumnType, searchable = true): ProcessColumn => ({
  id,
  name: id,
  type,
  value: { feel: id },
  searchable,
});

describe('the value of a column', () => {
  test('is absent where its expression fails, is null, or has another type', () => {
    const results: Record<string, unknown> = { days: 2, note: null, amount: 'much' };
    const evaluate = (expression: Expression) => {
      const value = 'feel' in expression ? results[expression.feel] : undefined;
      return value === undefined
        ? { ok: false as const, code: 'missing-variable' as const, message: { zh: '', en: '' } }
        : { ok: true as const, value: value as never };
    };
    const columns = [
      aColumn('days', 'number'),
      aColumn('note', 'text'),
      aColumn('amount', 'number'),
      aColumn('nowhere', 'text'),
    ];
    expect(columnValues(columns, evaluate as never, zone)).toEqual({ days: 2 });
  });

  test('has the type of the column', () => {
    expect(columnValue('money', 1200, zone)).toBe(1200);
    expect(columnValue('money', 12.5, zone)).toBeUndefined();
    expect(columnValue('choice', true, zone)).toBe('true');
    expect(columnValue('text', '  投诉  ', zone)).toBe('投诉');
    expect(columnValue('text', '   ', zone)).toBeUndefined();
    expect(columnValue('person', { id: 'hr-bj' }, zone)).toBeUndefined();
  });

  test('is a date, or an instant in UTC', () => {
    expect(columnValue('date', '2026-10-10', zone)).toBe('2026-10-10');
    expect(columnValue('date', '2026-10-10T08:00:00+08:00', zone)).toBe('2026-10-10T00:00:00.000Z');
    expect(columnValue('date', '2026-10-10T08:00:00', zone)).toBe('2026-10-10T00:00:00.000Z');
    expect(columnValue('date', '2026-02-30', zone)).toBeUndefined();
  });

  test('of a long text is cut between characters', () => {
    const value = columnValue('text', '😀'.repeat(300), zone) as string;
    expect([...value]).toHaveLength(200);
  });
});

describe('keys of columns', () => {
  const within = (key: string, { from, below }: { from: string; below: string }) => from <= key && key < below;

  test('are made of what can be searched', () => {
    const columns = [aColumn('days', 'number', false), aColumn('subject', 'text'), aColumn('kind', 'choice')];
    expect(columnKeys(columns, { days: 2, subject: 'Broken LIFT' }, zone)).toEqual(['subject=broken lift']);
  });

  test('sort as their numbers do', () => {
    const numbers = [-1e300, -120_000, -1.5, -1, 0, 0.5, 1, 2, 10, 99.5, 100, 120_000, 1e300];
    const keys = numbers.map((value) => columnKey('n', 'number', value));
    expect([...keys].sort()).toEqual(keys);
    expect(columnKey('n', 'number', -0)).toBe(columnKey('n', 'number', 0));
  });

  test('a range includes both of its ends, and no other column', () => {
    const range = columnRange('amountCents', 'money', 1000, 5000);
    const inside = [1000, 2500, 5000].map((value) => columnKey('amountCents', 'money', value));
    const outside = [999, 5001, -1000].map((value) => columnKey('amountCents', 'money', value));
    expect(inside.every((key) => within(key, range))).toBe(true);
    expect(outside.some((key) => within(key, range))).toBe(false);
    const open = columnRange('amount', 'money', 0);
    expect(within(columnKey('amount', 'money', 1e15), open)).toBe(true);
    expect(within(columnKey('amountCents', 'money', 5), open)).toBe(false);
  });

  test('a day includes its instants, by the clock of the place', () => {
    const day = columnRange('since', 'date', '2026-10-10', '2026-10-10');
    const key = (value: string) => columnKey('since', 'date', value, zone);
    expect(within(key('2026-10-10'), day)).toBe(true);
    expect(within(key('2026-10-09T16:00:00.000Z'), day)).toBe(true);
    expect(within(key('2026-10-10T15:59:59.999Z'), day)).toBe(true);
    expect(within(key('2026-10-10T16:00:00.000Z'), day)).toBe(false);
  });

  test('a beginning finds texts in whatever case', () => {
    const range = columnPrefix('subject', 'text', 'BROKEN');
    expect(within(columnKey('subject', 'text', 'broken lift'), range)).toBe(true);
    expect(within(columnKey('subject', 'text', 'a broken lift'), range)).toBe(false);
  });
});
