/**
 * Search keys of rows: the words of their texts, every part of Chinese ones, and their pinyin initials (张三
 * by zs). Worked out when a row is written, so that a search is one range of an index (store/runtime/search-keys.ts).
 */
import { pinyin } from 'pinyin-pro';
import type { ProcessColumn } from '../../engine/model/plan.ts';
import type { TaskRow } from '../../store/runtime/rows.ts';
import { comparable, personSearchKey } from '../../store/runtime/search-keys.ts';

/** Of a run of Chinese characters, parts of this length are enough to find it. */
const longestPart = 12;
/** Number of characters of a text that are indexed. */
const longestText = 80;
const mostRemembered = 5000;

const remembered = new Map<string, string[]>();

/** The words of a text, and of each run of Chinese every part from one character to the end, as written and in initials. */
export function textKeys(text: string): string[] {
  const known = remembered.get(text);
  if (known) return known;
  if (remembered.size >= mostRemembered) remembered.clear();
  const runs =
    comparable(text)
      .slice(0, longestText)
      .match(/\p{Script=Han}+|[\p{L}\p{N}]+/gu) ?? [];
  const keys = [...new Set(runs.flatMap((run) => (/\p{Script=Han}/u.test(run) ? partsOf(run) : [run])))];
  remembered.set(text, keys);
  return keys;
}

function partsOf(run: string): string[] {
  const characters = [...run];
  const initials = pinyin(run, { pattern: 'first', toneType: 'none', type: 'array' });
  return characters.flatMap((_, at) => [
    characters.slice(at, at + longestPart).join(''),
    initials.slice(at, at + longestPart).join(''),
  ]);
}

/** @param columns that its process declares */
export function taskSearchKeys(
  { businessKey, title, name, assignee, columns: values = {} }: TaskRow,
  columns: readonly ProcessColumn[],
): string[] {
  const searched = columns.filter(({ searchable }) => searchable);
  const ofType = (type: ProcessColumn['type']) =>
    searched.flatMap((column) =>
      column.type === type && values[column.id] !== undefined ? String(values[column.id]) : [],
    );
  const people = [...(assignee === null ? [] : [assignee]), ...ofType('person')];
  return [
    ...new Set([
      comparable(businessKey),
      ...[businessKey, title, name, ...ofType('text')].flatMap(textKeys),
      ...people.flatMap((id) => [personSearchKey(id), comparable(id)]),
    ]),
  ];
}
