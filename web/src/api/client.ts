/** The API as typed calls; what is refused is thrown as a `Refused` that pages can show. */
import createClient from 'openapi-fetch';
import type { components, paths } from '../../generated/api.d.ts';

type Schemas = components['schemas'];
export type Problem = Schemas['Problem'];
export type Task = Schemas['Task'];
export type OneTask = Schemas['OneTask'];
export type Instance = Schemas['Instance'];
export type OneInstance = Schemas['OneInstance'];
export type Staff = Schemas['Staff'];
export type JournalLine = Schemas['JournalLine'];
export type Explanation = Schemas['Explanation'];
export type Change = Schemas['Change'];
export type Definition = Schemas['Definition'];
export type DefinitionProfile = Schemas['DefinitionProfile'];

/** An answer other than success. Without `problem` the server could not be reached, or what answered was not Careloop. */
export class Refused extends Error {
  readonly status: number;
  readonly problem: Problem | undefined;
  constructor(status: number, problem: Problem | undefined) {
    super(problem?.detail ?? `HTTP ${status}`);
    this.name = 'Refused';
    this.status = status;
    this.problem = problem;
  }
}

export const api = createClient<paths>({ baseUrl: location.origin, credentials: 'same-origin' });

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of a successful answer. */
export async function bodyOf<T>(call: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await call;
  } catch {
    throw new Refused(0, undefined);
  }
  const { data, error, response } = answer;
  if (!response.ok) throw new Refused(response.status, isProblem(error) ? error : undefined);
  return data as T;
}

export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'detail' in value;
}

/** One key per act a person means, so that a repeated request does it once. */
export const newIdempotencyKey = (): string =>
  crypto.randomUUID?.() ??
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
