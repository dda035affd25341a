/**
 * The border at which personal numbers are masked (docs/domain.md#records-and-privacy): every text that leaves the API in JSON, narratives,
 * reasons, titles and messages of incidents among them. `Reply.unmasked` lifts it, for whoever handles the case.
 */
import { maskText } from '../../engine/model/personal-numbers.ts';
import type { Json, Variables } from '../../engine/model/plan.ts';

/** Members that a program goes by: what is in them stays, outside of what people have written. */
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
]);
/** Members that hold what people and processes have written, numbers among it. */
const written: ReadonlySet<string> = new Set(['variables', 'value', 'data', 'params', 'details', 'beginning']);

/** The same value with such numbers masked in all texts, names of members among them, and in whole numbers. */
export function masked(value: Json): { value: Json; masked: boolean } {
  return mask(value, true);
}

/** The same for an answer: ids stay, and so do numbers that nobody has written as a text. */
export function maskedAnswer(value: Json): { value: Json; masked: boolean } {
  return mask(value, false);
}

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
      if (!inside && identifiers.has(name) && typeof inner === 'string') return [name, inner];
      return [text(name), walk(inner, inside || written.has(name))];
    });
    return Object.fromEntries(members) as Variables;
  };
  return { value: walk(value, isWritten), masked: found };
}
