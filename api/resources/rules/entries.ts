/** A rule set as a flat list: one entry per value, by dotted path, with its type. */
import { fixedMsOf, monthsOf, parseDuration } from '../../../engine/time/duration.ts';
import type { FieldError } from '../../http/problem.ts';

export type RuleKind = 'money' | 'number' | 'duration' | 'roles' | 'numbers' | 'text' | 'other';
type Rules = Record<string, unknown>;

/** In the order of the rule set; groups have no entry of their own. */
export function entriesOf(rules: Rules, before = ''): [path: string, value: unknown][] {
  return Object.entries(rules).flatMap(([name, value]): [string, unknown][] => {
    const path = before === '' ? name : `${before}.${name}`;
    return isRecord(value) ? entriesOf(value, path) : [[path, value]];
  });
}

/** The rules with other values at these paths, all of which exist. */
export function withEntries(rules: Rules, changed: ReadonlyMap<string, unknown>, before = ''): Rules {
  return Object.fromEntries(
    Object.entries(rules).map(([name, value]) => {
      const path = before === '' ? name : `${before}.${name}`;
      if (isRecord(value)) return [name, withEntries(value, changed, path)];
      return [name, changed.has(path) ? changed.get(path) : value];
    }),
  );
}

/** The type follows from the existing value; a new one must have the same. */
export function kindOf(path: string, value: unknown, roles: ReadonlySet<string>): RuleKind {
  if (typeof value === 'number') return path.endsWith('Cents') ? 'money' : 'number';
  if (typeof value === 'string') return isDuration(value) ? 'duration' : 'text';
  if (isListOf(value, (one) => typeof one === 'string' && roles.has(one))) return 'roles';
  if (isListOf(value, isCount)) return 'numbers';
  return 'other';
}

/** @returns the problem of a new value of this type */
export function wrongEntry(path: string, value: unknown, kind: RuleKind, roles: ReadonlySet<string>) {
  return checks[kind](value, roles) ? undefined : problemOf(path, kind);
}

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0;

const isListOf = (value: unknown, isOne: (one: unknown) => boolean): value is unknown[] =>
  Array.isArray(value) && value.length > 0 && value.every(isOne);

const isUnique = (value: unknown): boolean => Array.isArray(value) && new Set(value).size === value.length;

const checks: Record<RuleKind, (value: unknown, roles: ReadonlySet<string>) => boolean> = {
  money: (value) => isCount(value) && Number.isSafeInteger(value),
  number: isCount,
  duration: (value) => typeof value === 'string' && isDuration(value),
  roles: (value, roles) => isListOf(value, (one) => typeof one === 'string' && roles.has(one)) && isUnique(value),
  numbers: (value) => isListOf(value, isCount),
  text: (value) => typeof value === 'string' && value.trim() !== '',
  other: (value) => value !== null && value !== undefined,
};

const wanted: Record<RuleKind, { zh: string; en: string }> = {
  money: { zh: '应为金额（分），不小于 0。', en: 'An amount in cents, not below 0.' },
  number: { zh: '应为数字，不小于 0。', en: 'A number, not below 0.' },
  duration: {
    zh: '应为大于 0 的时长，例如 PT24H 或 P7D。',
    en: 'A duration above zero, such as PT24H or P7D.',
  },
  roles: { zh: '应为至少一个角色，不可重复。', en: 'At least one role, each once.' },
  numbers: { zh: '应为至少一个数字。', en: 'At least one number.' },
  text: { zh: '不能为空。', en: 'Not empty.' },
  other: { zh: '不能为空。', en: 'Not empty.' },
};

const problemOf = (path: string, kind: RuleKind): FieldError => ({
  path: `body.rules.${path}`,
  code: `no_${kind}`,
  message: wanted[kind].en,
  words: wanted[kind],
});

const isRecord = (value: unknown): value is Rules =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isDuration(text: string): boolean {
  try {
    const duration = parseDuration(text);
    return fixedMsOf(duration) > 0 || monthsOf(duration) > 0;
  } catch {
    return false;
  }
}
