/** Phone and identity numbers shown in part, wherever they stand (docs/domain.md#records-and-privacy). */
import type { Json, Variables } from '../../engine/model/plan.ts';

/** 13800001234 → 138****1234; a short number shows its last two digits only. */
export function maskPhone(phone: string): string {
  const digits = phone.replaceAll(/\D/g, '').replace(/^86(?=1\d{10}$)/, '');
  return digits.length >= 9 ? `${digits.slice(0, 3)}****${digits.slice(-4)}` : `****${digits.slice(-2)}`;
}

/** Mobile numbers of the mainland, alone or with their country code. */
const mobile = /(?<![\dA-Za-z])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![\dA-Za-z])/g;
/** Resident identity numbers (GB 11643): region, date of birth, serial, check character. */
const identity =
  /(?<![\dA-Za-z])[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])/g;

/** A text with such numbers in part. */
export function maskText(text: string): string {
  return text.replaceAll(identity, (id) => `${id.slice(0, 6)}********${id.slice(-4)}`).replaceAll(mobile, maskPhone);
}

/** The same value with such numbers masked in all texts, names of members among them, and in whole numbers. */
export function masked(value: Json): { value: Json; masked: boolean } {
  let found = false;
  const text = (one: string): string => {
    const clean = maskText(one);
    found ||= clean !== one;
    return clean;
  };
  const walk = (one: Json): Json => {
    if (typeof one === 'string') return text(one);
    if (typeof one === 'number') {
      const clean = Number.isInteger(one) ? maskText(String(one)) : '';
      if (!clean.includes('*')) return one;
      found = true;
      return clean;
    }
    if (one === null || typeof one !== 'object') return one;
    if (Array.isArray(one)) return one.map(walk);
    return Object.fromEntries(Object.entries(one).map(([name, inner]) => [text(name), walk(inner)])) as Variables;
  };
  return { value: walk(value), masked: found };
}
