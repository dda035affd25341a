/** Maps thrown errors to problem details. */
import { isGrpcServiceError, ServiceError } from '@temporalio/client';
import { ZodError } from 'zod';
import type { LocalizedText } from '../../engine/model/plan.ts';
import { AuditUnavailableError } from '../../store/audit/record.ts';
import { isUnavailable } from '../../store/db/availability.ts';
import { InstanceBusyError, NoWorkerError } from '../../temporal/outcomes.ts';
import { AnswerTooLargeError } from '../../temporal/sealing/client.ts';
import { fieldWords, oneOf } from './field-messages.ts';
import { findJsonError, type JsonError } from './json-error.ts';
import {
  type FieldError,
  instanceBusy,
  invalid,
  noWorker,
  ProblemError,
  type ProblemFields,
  unavailable,
} from './problem.ts';
import type { z } from './zod.ts';

export function toProblem(error: unknown): ProblemFields {
  if (error instanceof ProblemError) return error.fields;
  if (error instanceof NoWorkerError) return noWorker(error).fields;
  if (error instanceof InstanceBusyError) return instanceBusy(error.instance, error).fields;
  if (error instanceof AnswerTooLargeError)
    return {
      status: 422,
      code: 'answer-too-large',
      detail: error.message,
      hint: 'Ask for less: of variables one by its name, or one scope. Operators make large ones smaller by setting them to null or to ids.',
    };
  if (error instanceof ZodError) return invalid(fieldErrors(error)).fields;
  if (error instanceof AuditUnavailableError)
    return unavailable(
      'audit-away',
      'The audit trail cannot be written at present; nothing is done or shown without it.',
      'Repeat the request in a moment; with an Idempotency-Key it takes effect once.',
    ).fields;
  if (isUnavailable(error))
    return unavailable(
      'database-away',
      'The database does not answer.',
      'Repeat the request in a moment; with an Idempotency-Key it takes effect once.',
    ).fields;
  if (isTemporalAway(error))
    return unavailable(
      'temporal-away',
      'The Temporal server does not answer, so no process can be changed at present.',
      'Repeat the request with the same Idempotency-Key in a moment; it takes effect once.',
    ).fields;
  const http = bodyProblem(error);
  if (http) return http;
  return {
    status: 500,
    code: 'internal',
    detail: 'The request failed because of an internal error.',
    hint: 'Try again; if it persists, report the "instance" of this response to the operators.',
  };
}

export function fieldErrors(error: ZodError, prefix?: string): FieldError[] {
  return error.issues.flatMap((issue) => fieldErrorsOf(issue, prefix ? [prefix] : []));
}

type Issue = z.core.$ZodIssue;

function fieldErrorsOf(issue: Issue, before: string[]): FieldError[] {
  const path = [...before, ...issue.path.map(String)];
  const code = issue.code === 'custom' ? String(issue.params?.['code'] ?? issue.code) : issue.code;
  const at = (more: string[], words: LocalizedText): FieldError => ({
    path: [...path, ...more].join('.') || 'body',
    code,
    message: words.en,
    words,
  });
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) =>
      at([key], { zh: `此处没有“${key}”这一项。`, en: `There is no such field here: "${key}".` }),
    );
  if (issue.code === 'invalid_union') {
    const kind = noneOfThese(issue.errors);
    if (kind) {
      const { words } = kind;
      return [{ path: [...path, kind.path].join('.'), code: 'invalid_value', message: words.en, words }];
    }
    const meant = closest(issue.errors);
    if (meant) return meant.flatMap((one) => fieldErrorsOf(one, path));
  }
  return [at([], fieldWords(issue))];
}

/** The error of a discriminated union whose discriminator (`type`) matches no alternative. */
function noneOfThese(alternatives: Issue[][]): { path: string; words: LocalizedText } | undefined {
  const wrong = alternatives.map((issues) => issues.find((one) => one.code === 'invalid_value'));
  const [first] = wrong;
  if (!first || wrong.some((one) => one?.path.join('.') !== first.path.join('.'))) return undefined;
  const values = new Set(wrong.flatMap((one) => (one?.code === 'invalid_value' ? one.values : [])));
  return {
    path: first.path.join('.'),
    words: oneOf([...values].map((one) => JSON.stringify(one))),
  };
}

/** The issues of the closest alternative: fewest issues, and a wrong type or name only as a last resort. */
function closest(alternatives: Issue[][]): Issue[] | undefined {
  const kindless = (issues: Issue[]): number =>
    issues.some(({ code, path }) => code === 'invalid_value' || (code === 'invalid_type' && path.length === 0)) ? 1 : 0;
  return [...alternatives].sort((a, b) => kindless(a) - kindless(b) || a.length - b.length)[0];
}

/** gRPC status codes of an unreachable server: DEADLINE_EXCEEDED, UNAVAILABLE, and a reset connection. */
const awayCodes = [4, 14];

function isTemporalAway(error: unknown): boolean {
  for (let one = error, depth = 0; one instanceof Error && depth < 4; one = one.cause, depth++) {
    if (isGrpcServiceError(one) && awayCodes.includes(one.code)) return true;
    if (one instanceof ServiceError && /connect/i.test(one.message)) return true;
  }
  return false;
}

/** The JSON body parser attaches the text it could not parse. */
function jsonErrorIn(error: Error): JsonError | undefined {
  const isParseFailure = 'type' in error && error.type === 'entity.parse.failed';
  return isParseFailure && 'body' in error && typeof error.body === 'string' ? findJsonError(error.body) : undefined;
}

/** Body parser errors carry `status` and `type`. */
function bodyProblem(error: unknown): ProblemFields | undefined {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return undefined;
  const { status } = error;
  if (status < 400 || status > 499) return undefined;
  const known: Record<number, Pick<ProblemFields, 'code' | 'detail' | 'hint'>> = {
    413: {
      code: 'too-large',
      detail: 'The body is larger than what is taken here.',
      hint: 'Send less; a definition may have 4 MB, anything else 256 kB.',
    },
    415: {
      code: 'unsupported-media-type',
      detail: 'The content type or its encoding is not one this route reads.',
      hint: 'Send application/json in UTF-8.',
    },
  };
  const at = jsonErrorIn(error);
  if (at) {
    const { line, column, expected } = at;
    return {
      status,
      code: 'malformed-request',
      detail: `At line ${line}, column ${column} of the body, ${expected} is expected.`,
      hint: 'Correct the body there and send it again.',
      more: { line, column },
    };
  }
  return {
    status,
    ...(known[status] ?? {
      code: 'malformed-request',
      detail: 'The address or the body is not well-formed.',
      hint: 'Check that the body is valid JSON and the address is percent-encoded.',
    }),
  };
}
