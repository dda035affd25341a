/** Values of a process's columns in words. */
import { expect, it } from 'vitest';
import { columnText, type ProcessColumn } from '../src/pages/inbox/column-text.ts';

const words = {
  nameOf: (id: string) => ({ wang: '王芳' })[id] ?? id,
  named: ({ name, englishName }: { name: string; englishName?: string | undefined }) => englishName ?? name,
  instant: (at: string) => `at ${at}`,
};
const column = (type: ProcessColumn['type'], more: Partial<ProcessColumn> = {}): ProcessColumn => ({
  id: 'c',
  name: 'c',
  type,
  value: '=c',
  searchable: true,
  ...more,
});

it('shows labels, yuan, names and days', () => {
  const choices = [{ value: 'sick', name: '病假', englishName: 'Sick leave' }];
  expect(columnText(column('choice', { choices }), 'sick', words)).toBe('Sick leave');
  expect(columnText(column('choice', { choices }), 'other', words)).toBe('other');
  expect(columnText(column('money'), 123_456, words)).toBe('¥1,234.56');
  expect(columnText(column('person'), 'wang', words)).toBe('王芳');
  expect(columnText(column('date'), '2026-11-30', words)).toBe('2026-11-30');
  expect(columnText(column('date'), '2026-11-30T01:00:00.000Z', words)).toBe('at 2026-11-30T01:00:00.000Z');
  expect(columnText(column('number'), 3, words)).toBe('3');
  expect(columnText(column('text'), undefined, words)).toBe('');
});
