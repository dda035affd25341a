/** Lengths of time in words, in the largest unit that leaves two digits of sense. */
import type { Translate } from '../words/index.ts';

const units = [
  ['span.days', 86_400_000],
  ['span.hours', 3_600_000],
  ['span.minutes', 60_000],
  ['span.seconds', 1000],
] as const;

export function spanInWords(ms: number, t: Translate): string {
  for (const [key, unit] of units) if (ms >= unit) return t(key, { n: rounded(ms / unit) });
  return t('span.none');
}

const iso = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** @param duration ISO 8601; one in years, months or weeks is returned as it is */
export function durationInWords(duration: string, t: Translate): string {
  const numbers = iso.exec(duration)?.slice(1) ?? [];
  const parts = units.flatMap(([key], at) => (numbers[at] === undefined ? [] : [t(key, { n: numbers[at] })]));
  return parts.length === 0 ? duration : parts.join(' ');
}

const rounded = (n: number): number => (n < 10 ? Math.round(n * 10) / 10 : Math.round(n));
