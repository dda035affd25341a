/**
 * Marks exchanged with the payload codec (temporal/sealing/codec.ts), as members beside a value. The codec runs outside
 * the workflow sandbox and sees payloads only; workflows and clients see values only. Marks are set and removed by the
 * interceptors (interceptors.ts, temporal/sealing/client.ts, worker/activity-interceptor.ts); other code never sees
 * them, except for external jobs (runtime/outside-jobs.ts). They cannot be forged without an acting key: a value that
 * cannot be opened arrives as `unopened`, whatever its content.
 */

/** A value sealed for one use, such as `signal:refundDecision`; it cannot be opened for another. */
export interface SealedValue {
  'careloop:use': string;
  /** Unique per sealing; set by the codec on opening. */
  seal?: string;
  /** For values sealed at the codec endpoint. */
  person?: SealingPerson;
  value?: unknown;
}

/** The person who sealed a value at the codec endpoint, with their roles at that moment. */
export interface SealingPerson {
  id: string;
  roles: { role: string; facility: string }[];
  /** Real time, ISO 8601. */
  at: string;
}

/** Use of values sealed at the codec endpoint, which does not know their destination. */
export const personUse = 'person';

/** To or from an external worker: sealed with the job key. */
export interface JobValue {
  'careloop:job': unknown;
}

/** Replaces a result larger than Temporal accepts; size in megabytes. */
export interface AnswerTooLarge {
  'careloop:too-large': { megabytes: string; limit: string };
}

/** Why a payload could not be opened. */
export type UnopenedReason =
  /** It was not sealed. */
  | 'unsealed'
  /** Sealed with an unknown key. */
  | 'unknown-key'
  /** Changed after sealing, or sealed with another key of the same id. */
  | 'damaged'
  /** Sealed for another instance, or for another use. */
  | 'elsewhere';

export interface Unopened {
  'careloop:unopened': UnopenedReason;
  /** Id of the key that it says it was sealed with. */
  key?: string;
}

const isMarked = <M extends object>(value: unknown, mark: keyof M): value is M =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, mark);

export const isSealed = (value: unknown): value is SealedValue => isMarked<SealedValue>(value, 'careloop:use');
export const isUnopened = (value: unknown): value is Unopened => isMarked<Unopened>(value, 'careloop:unopened');
export const isJobValue = (value: unknown): value is JobValue => isMarked<JobValue>(value, 'careloop:job');

/** The order of members matters, as the codec matches the JSON text. */
export const sealedFor = (use: string, value: unknown): SealedValue => ({
  'careloop:use': encodeURIComponent(use),
  value,
});
export const forJob = (value: unknown): JobValue => ({ 'careloop:job': value });
const unopened = (reason: UnopenedReason): Unopened => ({ 'careloop:unopened': reason });

/** Result of a query, sealed if it is not too large; undefined stays undefined. */
export const forQuery = (value: unknown): unknown => (value === undefined ? value : { 'careloop:answer': value });
export const isTooLarge = (value: unknown): value is AnswerTooLarge =>
  isMarked<AnswerTooLarge>(value, 'careloop:too-large');

/** Origin of a value, beside it. */
export interface Origin {
  seal: string;
  person?: SealingPerson;
}

/** @returns the value, if sealed for this use or, where allowed, by a person */
export function openedFor(
  use: string,
  value: unknown,
  persons: 'or-by-a-person' | 'only' = 'only',
): { value: unknown; origin: Origin } | Unopened {
  if (isUnopened(value)) return value;
  if (!isSealed(value)) return unopened('elsewhere');
  const { 'careloop:use': actual, seal = '', person, value: opened } = value;
  const fits = person ? persons === 'or-by-a-person' : actual === encodeURIComponent(use);
  return fits ? { value: opened, origin: { seal, ...(person && { person }) } } : unopened('elsewhere');
}

/** Failure type of an activity whose result is too large for Temporal; details: its size and the limit, in megabytes. */
export const resultTooLarge = 'ResultTooLarge';
