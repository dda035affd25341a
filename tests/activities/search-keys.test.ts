/** What a row is found by when somebody types. */
import { expect, test } from 'vitest';
import { taskSearchKeys, textKeys } from '../../activities/runtime/search-keys.ts';
import type { ProcessColumn } from '../../engine/model/plan.ts';
import { aTaskRow } from '../store/builders.ts';

const finds = (keys: string[], typed: string): boolean => keys.some((key) => key.startsWith(typed));

test('a Chinese text is found by each of its parts, and by their initials', () => {
  const keys = textKeys('张三的投诉');
  for (const typed of ['张三', '三的', '投诉', 'zs', 'ts', 'zsdt'])
    expect([typed, finds(keys, typed)]).toEqual([typed, true]);
  for (const typed of ['李', 'ls', '张投']) expect([typed, finds(keys, typed)]).toEqual([typed, false]);
});

test('other words are found by their beginnings, in whatever case and width', () => {
  const keys = textKeys('VIP ＡＢＣ-12 复诊');
  for (const typed of ['vip', 'abc', '12', 'fz']) expect(finds(keys, typed)).toBe(true);
  expect(finds(keys, 'bc')).toBe(false);
});

test('a task is found by key, title, name, searchable texts, and people by their ids', () => {
  const column = (id: string, type: ProcessColumn['type'], searchable: boolean): ProcessColumn => ({
    id,
    name: id,
    type,
    value: { literal: '' },
    searchable,
  });
  const row = aTaskRow({ assignee: 'handler-bj', columns: { note: '过敏', hidden: '隐藏', by: 'wang' } });
  const keys = taskSearchKeys(row, [
    column('note', 'text', true),
    column('hidden', 'text', false),
    column('by', 'person', true),
  ]);
  for (const typed of ['bj2026110001', 'sl', '投诉', '过敏', '@handler-bj', '@wang'])
    expect(finds(keys, typed)).toBe(true);
  expect(finds(keys, '隐藏')).toBe(false);
});
