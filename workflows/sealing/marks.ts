/**
 * What the payload codec (temporal/sealing/codec.ts) says of a value, and what it is told of one, as members beside the value. The codec
 * runs outside the workflow sandbox and sees payloads only; workflows and clients see values only. Marks are taken off and put on by the
 * interceptors (interceptors.ts, temporal/sealing/client.ts, worker/activity-interceptor.ts); no other code meets them but for jobs of
 * others (runtime/outside-jobs.ts). Who has no acting key cannot make one: what does not open comes as `unopened`, whatever it says.
 */

/** A value sealed for one use, such as `signal:refundDecision`: it opens nowhere else. */
export interface SealedValue {
  'careloop:use': string;
  /** Unique per sealing; set by the codec when it opens. */
  seal?: string;
  /** Of what was sealed at the codec endpoint. */
  person?: SealingPerson;
  value?: unknown;
}

/** Who had a value sealed at the codec endpoint, with their roles at that moment. */
export interface SealingPerson {
  id: string;
  roles: { role: string; facility: string }[];
  /** Real time, ISO 8601. */
  at: string;
}

/** The use of what a person sealed at the codec endpoint, which does not know where it goes. */
export const personUse = 'person';

/** To or from a worker of others: sealed with the job key. */
export interface JobValue {
  'careloop:job': unknown;
}

/** In the place of an answer that is larger than Temporal takes, in megabytes. */
export interface AnswerTooLarge {
  'careloop:too-large': { megabytes: string; limit: string };
}

/** Why a payload did not open. */
export type UnopenedReason =
  /** It was not sealed. */
  | 'unsealed'
  /** Sealed with a key that is not known here. */
  | 'unknown-key'
  /** Changed after it was sealed, or sealed with another key of the same id. */
  | 'damaged'
  /** Sealed for another instance, or for another use. */
  | 'elsewhere';

export interface Unopened {
  'careloop:unopened': UnopenedReason;
}

const isMarked = <M extends object>(value: unknown, mark: keyof M): value is M =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, mark);

export const isSealed = (value: unknown): value is SealedValue => isMarked<SealedValue>(value, 'careloop:use');
export const isUnopened = (value: unknown): value is Unopened => isMarked<Unopened>(value, 'careloop:unopened');
export const isJobValue = (value: unknown): value is JobValue => isMarked<JobValue>(value, 'careloop:job');

/** The order of members matters: the codec reads the text. */
export const sealedFor = (use: string, value: unknown): SealedValue => ({
  'careloop:use': encodeURIComponent(use),
  value,
});
export const forJob = (value: unknown): JobValue => ({ 'careloop:job': value });
const unopened = (reason: UnopenedReason): Unopened => ({ 'careloop:unopened': reason });

/** The answer to a query, which is sealed only where Temporal takes it; nothing stays nothing. */
export const forQuery = (value: unknown): unknown => (value === undefined ? value : { 'careloop:answer': value });
export const isTooLarge = (value: unknown): value is AnswerTooLarge =>
  isMarked<AnswerTooLarge>(value, 'careloop:too-large');

/** Where a value came from, beside it. */
export interface Origin {
  seal: string;
  person?: SealingPerson;
}

/** @returns the value, when it was sealed for this use or, where persons may, by a person */
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

/** Type of the failure of an activity whose result Temporal does not take; details: its size and the limit, in megabytes. */
export const resultTooLarge = 'ResultTooLarge';
