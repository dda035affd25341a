/** Values of rules: as they are read, and as they are typed (yuan instead of cents, hours and days instead of ISO 8601). */
import type { components } from '../../../../generated/api.d.ts';
import { durationInWords } from '../../../parts/span.ts';
import type { WordsInUse } from '../../../words/index.ts';

export type Rule = components['schemas']['Rule'];

const durationPattern = /^P(?:(\d+)D|T(\d+)H|T(\d+)M)$/;
export type DurationUnit = 'days' | 'hours' | 'minutes';

/** Of one unit; others are shown and typed as they are. */
export function durationOf(text: string): { n: string; unit: DurationUnit } | undefined {
  const [, days, hours, minutes] = durationPattern.exec(text) ?? [];
  if (days !== undefined) return { n: days, unit: 'days' };
  if (hours !== undefined) return { n: hours, unit: 'hours' };
  return minutes === undefined ? undefined : { n: minutes, unit: 'minutes' };
}

export const durationText = (n: string, unit: DurationUnit): string =>
  ({ days: `P${n}D`, hours: `PT${n}H`, minutes: `PT${n}M` })[unit];

export const yuanOf = (cents: number): string => (cents % 100 === 0 ? String(cents / 100) : (cents / 100).toFixed(2));

/** @returns undefined: no amount */
export function centsOf(yuan: string): number | undefined {
  const [, whole, part = ''] = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(yuan.trim()) ?? [];
  return whole === undefined ? undefined : Number(whole) * 100 + Number(part.padEnd(2, '0'));
}

/** In words, for tables of changes. */
export function valueInWords(
  kind: Rule['kind'],
  value: unknown,
  { t, listed }: Pick<WordsInUse, 't' | 'listed'>,
  roleName: (id: string) => string,
): string {
  if (kind === 'money' && typeof value === 'number')
    return t('rules.yuan', { n: (value / 100).toLocaleString('en-US', { minimumFractionDigits: 2 }) });
  if (kind === 'roles' && Array.isArray(value)) return listed(value.map((one) => roleName(String(one))));
  if (kind === 'numbers' && Array.isArray(value)) return listed(value);
  if (kind === 'duration' && typeof value === 'string') return durationInWords(value, t);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
