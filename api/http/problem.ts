/** Problem details (RFC 9457): a stable code, a sentence, a hint, and each invalid field with its path. */
import type { LocalizedText } from '../../engine/model/plan.ts';
import { type ProblemCode, problemType, titleOf } from './problem-codes.ts';
import { wordsOf } from './problem-words.ts';
import { z } from './zod.ts';

export interface FieldError {
  /** Path in the request, for instance `body.patient.name`. */
  path: string;
  code: string;
  message: string;
  /** For users, if the message exists in both languages. */
  words?: LocalizedText;
}

export interface ProblemFields {
  status: number;
  code: ProblemCode;
  detail: string;
  hint?: string;
  /** For users; defaults to the catalogue's text of the code. */
  words?: LocalizedText;
  errors?: FieldError[];
  /** Extension members: who acted, problems of a definition. */
  more?: Record<string, unknown>;
  headers?: Record<string, string>;
}

export class ProblemError extends Error {
  readonly fields: ProblemFields;
  constructor(fields: ProblemFields, cause?: unknown) {
    super(fields.detail, { cause });
    this.name = 'ProblemError';
    this.fields = fields;
  }
}

const words = z.object({ zh: z.string(), en: z.string() });

export const problemSchema = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().describe('What happened, for client developers.'),
    words: words.describe('What happened and what to do, for people, in either language.'),
    code: z.string().describe('Stable; for programs to branch on.'),
    hint: z.string().optional().describe('What to do.'),
    errors: z
      .array(z.object({ path: z.string(), code: z.string(), message: z.string(), words: words.optional() }))
      .optional()
      .describe('Each wrong field.'),
    instance: z.string().optional().describe('Id of this request, as in the log.'),
  })
  .openapi('Problem', { description: 'Problem details (RFC 9457).' });

/** The body sent; `application/problem+json`. */
export function problemBody(fields: ProblemFields, requestId?: string): z.infer<typeof problemSchema> {
  const { status, code, detail, hint, words, errors, more } = fields;
  return {
    type: problemType(code),
    title: titleOf(code),
    status,
    detail,
    words: words ?? wordsOf(code),
    code,
    ...(hint !== undefined && { hint }),
    ...(errors !== undefined && errors.length > 0 && { errors }),
    ...(requestId !== undefined && { instance: `urn:uuid:${requestId}` }),
    ...more,
  };
}

export function invalid(errors: FieldError[], status: 400 | 422 = 400): ProblemError {
  const fields = errors.map((error) => error.path).join(', ');
  return new ProblemError({
    status,
    code: 'invalid-request',
    detail: `${errors.length === 1 ? 'One field is' : `${errors.length} fields are`} not right: ${fields}.`,
    hint: 'Correct the fields listed in "errors"; /docs shows what is expected.',
    errors,
  });
}

export function notFound(what: string): ProblemError {
  return new ProblemError({
    status: 404,
    code: 'not-found',
    detail: `There is no ${what}, or you may not see it.`,
    hint: 'Check the id, and whether it belongs to one of your facilities.',
  });
}

export function forbidden(code: ProblemCode, detail: string, hint: string): ProblemError {
  return new ProblemError({ status: 403, code, detail, hint });
}

/** The request names a facility at which the person does not hold the required roles. */
export const wrongFacility = (facility: string): ProblemError =>
  forbidden('wrong-facility', `Your roles for this are not held at ${facility}.`, 'Name a facility of yours.');

export function unavailable(code: ProblemCode, detail: string, hint: string, cause?: unknown): ProblemError {
  return new ProblemError({ status: 503, code, detail, hint, headers: { 'Retry-After': '2' } }, cause);
}

export const noWorker = (cause?: unknown): ProblemError =>
  unavailable(
    'no-worker',
    'No worker answered in time, so whether the request took effect is unknown.',
    'Repeat the request with the same Idempotency-Key; it takes effect once.',
    cause,
  );

export const instanceBusy = (instance: string, cause?: unknown): ProblemError =>
  new ProblemError(
    {
      status: 503,
      code: 'instance-busy',
      detail: `${instance} is busy with other acts and messages; whether the request took effect is unknown.`,
      hint: 'Repeat the request with the same Idempotency-Key in a moment; it takes effect once.',
      headers: { 'Retry-After': '1' },
    },
    cause,
  );
