/** Input of a route: path, query and body by its schemas, and the Idempotency-Key. */
import type { Request } from 'express';
import type { ZodType } from 'zod';
import { fieldErrors } from './errors.ts';
import { type FieldError, invalid, ProblemError } from './problem.ts';
import type { Route, RouteBody, RouteInput } from './route.ts';
import { unstorable } from './storable-json.ts';
import { z } from './zod.ts';

/** Without a matching parser the body would appear to be absent. */
function requireReadable(request: Request, { alsoTakes = [] }: RouteBody<ZodType>): void {
  const brought = Number(request.get('Content-Length') ?? 0) > 0 || request.get('Transfer-Encoding') !== undefined;
  if (request.body !== undefined || !brought) return;
  const types = ['application/json', ...alsoTakes];
  throw new ProblemError({
    status: 415,
    code: 'unsupported-media-type',
    detail: `${request.get('Content-Type') ?? 'A body without a content type'} is not supported here.`,
    hint: `Send it as ${types.join(', ').replace(/, (?=[^,]*$)/, ' or ')} with a matching Content-Type header.`,
  });
}

export function parseInput(one: Route, request: Request): RouteInput<unknown, unknown, unknown> {
  if (one.body) requireReadable(request, one.body);
  return parseParts(one, { params: request.params, query: request.query, body: request.body ?? {} });
}

/** @throws ProblemError 400 with each invalid field */
export function parseParts(
  one: Route,
  parts: { params: unknown; query: Request['query']; body: unknown },
): RouteInput<unknown, unknown, unknown> {
  const errors: FieldError[] = [];
  const read = (schema: ZodType | undefined, value: unknown, prefix: string): unknown => {
    if (!schema) return prefix === 'body' ? undefined : {};
    const wrong = unstorable(value, prefix);
    if (wrong) {
      errors.push(wrong);
      return undefined;
    }
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    errors.push(...fieldErrors(parsed.error, prefix));
    return undefined;
  };
  const params = read(one.params, parts.params, 'path');
  const query = read(queryOf(one), one.columnFilters ? foldColumns(parts.query) : parts.query, 'query');
  const body = read(one.body?.schema, parts.body, 'body');
  if (errors.length > 0) throw invalid(errors);
  return { params, query, body };
}

const columnPrefix = 'column.';

function foldColumns(query: Request['query']): Record<string, unknown> {
  const isColumn = ([name]: [string, unknown]) => name.startsWith(columnPrefix);
  const entries = Object.entries(query);
  const columns = entries.filter(isColumn).map(([name, value]) => [name.slice(columnPrefix.length), value]);
  const others = entries.filter((entry) => !isColumn(entry));
  return { ...Object.fromEntries(others), ...(columns.length > 0 && { columns: Object.fromEntries(columns) }) };
}

const noQuery = z.strictObject({});

/**
 * Unknown query parameters are rejected: a `?dryRun=true` that belongs into the body would silently be ignored
 * otherwise. Health probes may add any.
 */
function queryOf(one: Route): ZodType | undefined {
  if (!one.query) return one.access === 'public' ? undefined : noQuery;
  const known = strictQueries.get(one.query);
  if (known) return known;
  const strict = one.query.strict();
  strictQueries.set(one.query, strict);
  return strict;
}

/** Cached, as zod compiles each new schema on first use. */
const strictQueries = new WeakMap<ZodType, ZodType>();

export function readIdempotencyKey(one: Route, request: Request): string | undefined {
  if (!one.idempotency) return undefined;
  const key = request.get('Idempotency-Key')?.trim();
  if (key !== undefined && /^[\x21-\x7e]{1,200}$/.test(key)) return key;
  if (key === undefined && one.idempotency === 'optional') return undefined;
  throw new ProblemError({
    status: 400,
    code: key === undefined ? 'idempotency-key-missing' : 'idempotency-key-invalid',
    detail:
      key === undefined
        ? 'This route requires an Idempotency-Key, so that a repeated request takes effect once.'
        : 'An Idempotency-Key has 1 to 200 visible ASCII characters without spaces.',
    hint: 'Send a fresh UUID as the header Idempotency-Key, and the same value when you repeat the request.',
  });
}
