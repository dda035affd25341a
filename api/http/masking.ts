/**
 * Masks personal numbers (docs/domain.md#records-and-privacy) in every JSON response: narratives, reasons, titles and
 * incident messages included. `Reply.unmasked` lifts the masking for who handles the case.
 */
import { maskText } from '../../engine/model/personal-numbers.ts';
import type { Json, Variables } from '../../engine/model/plan.ts';

/** Members that programs rely on: their values are not masked, except within free text. */
const identifiers: ReadonlySet<string> = new Set([
  'id',
  'instance',
  'businessKey',
  'key',
  'caseNumber',
  'parent',
  'taker',
  'heldOutTo',
  'hash',
  'nextCursor',
  'token',
  'requestId',
  'paymentId',
  'messageId',
  'facility',
  'expiresAt',
  'at',
  // The hospital's own numbers, which may look like those of a passport.
  'episode',
  'episodes',
  'number',
  'patient',
  'recordNumber',
  'visit',
]);
/** Members with free text or process data, which may contain personal numbers. */
const written: ReadonlySet<string> = new Set(['variables', 'value', 'data', 'params', 'details', 'beginning']);

/** Masks such numbers in all strings, member names and integers of a value. */
export function masked(value: Json): { value: Json; masked: boolean } {
  return mask(value, true);
}

/** The same for a response: ids stay unchanged, and so do numbers outside of free text. */
export function maskedAnswer(value: Json): { value: Json; masked: boolean } {
  return mask(value, false);
}

const isText = (value: Json): boolean =>
  typeof value === 'string' || (Array.isArray(value) && value.every((one) => typeof one === 'string'));

function mask(value: Json, isWritten: boolean): { value: Json; masked: boolean } {
  let found = false;
  const text = (one: string): string => {
    const clean = maskText(one);
    found ||= clean !== one;
    return clean;
  };
  const walk = (one: Json, inside: boolean): Json => {
    if (typeof one === 'string') return text(one);
    if (typeof one === 'number') {
      const clean = inside && Number.isInteger(one) ? maskText(String(one)) : '';
      if (!clean.includes('*')) return one;
      found = true;
      return clean;
    }
    if (one === null || typeof one !== 'object') return one;
    if (Array.isArray(one)) return one.map((each) => walk(each, inside));
    const members = Object.entries(one).map(([name, inner]): [string, Json] => {
      if (!inside && identifiers.has(name) && isText(inner)) return [name, inner];
      return [text(name), walk(inner, inside || written.has(name))];
    });
    return Object.fromEntries(members) as Variables;
  };
  return { value: walk(value, isWritten), masked: found };
}
