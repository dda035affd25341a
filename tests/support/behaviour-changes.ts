/** Checks a register of behaviour changes against the rules of docs/behaviour-changes.md. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BehaviourChange } from '../../engine/model/behaviour-change.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

export interface RegisterRules {
  /** Number of its first entry. */
  first: number;
  /** Names of the golden histories. */
  histories: readonly string[];
  /** The code that may ask for a change. */
  source: string;
}

/** @returns what is wrong with the entries, one sentence each */
export function problemsOf(
  register: Record<string, BehaviourChange>,
  { first, histories, source }: RegisterRules,
): string[] {
  const entries = Object.entries(register);
  const numbers = entries.map(([, { number }]) => number);
  const consecutive = numbers.every((number, i) => number === first + i);
  return [
    ...(consecutive ? [] : [`The numbers are ${numbers.join(', ')}, not ${first}, ${first + 1} and so on.`]),
    ...entries.flatMap(([id, change], i) => problemsOfOne(id, change, entries[i - 1]?.[1], histories, source)),
  ];
}

function problemsOfOne(
  id: string,
  { what, since, history, removable, removed }: BehaviourChange,
  before: BehaviourChange | undefined,
  histories: readonly string[],
  source: string,
): string[] {
  const asked = source.includes(`'${id}'`);
  return [
    ...(/^[a-z]+(-[a-z0-9]+)+$/.test(id) ? [] : [`${id} is not named in words like "join-counts-tokens".`]),
    ...(what.trim() && removable.trim() ? [] : [`${id} does not say what changes or when it may be removed.`]),
    ...(isDay(since) && (before === undefined || before.since <= since)
      ? []
      : [`${id} has no date, or an earlier one.`]),
    ...(histories.includes(history) ? [] : [`${id} names the golden history ${history}, which does not exist.`]),
    ...(removed === undefined && !asked ? [`No code asks for ${id}: set its day of removal.`] : []),
    ...(removed !== undefined && (!isDay(removed) || removed < since) ? [`${id} has no date of removal.`] : []),
    ...(removed !== undefined && asked ? [`${id} was removed, and code still asks for it.`] : []),
  ];
}

export const goldenHistories = (): string[] =>
  readdirSync(join(root, 'tests', 'histories')).map((name) => basename(name, '.json'));

/** Files of a folder with their text; paths from the root. */
export function sourcesOf(folder: string): { file: string; text: string }[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name))
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
}

/** The source of a folder without the register itself, in which every id stands. */
export const sourceBut = (register: string, folder: string): string =>
  sourcesOf(folder)
    .filter(({ file }) => file !== register)
    .map(({ text }) => text)
    .join('\n');
