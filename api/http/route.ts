/**
 * A route as data: method, path, zod schemas of input and output, and its handler. Express, the policy and OpenAPI all
 * read the same record, so they cannot diverge.
 */
import type { Request, RequestHandler, Response } from 'express';
import type { ZodObject, ZodRawShape, ZodType } from 'zod';
import type { AuditSubject } from '../../store/audit/entries.ts';
import { withinDeadline } from './deadline.ts';
import { fieldErrors } from './errors.ts';
import { type FileUpload, readUpload } from './file-upload.ts';
import type { Person, Reach } from './policy.ts';
import { type FieldError, invalid, ProblemError } from './problem.ts';
import { roleMissing } from './role-missing.ts';
import { mayUse, type RouteRule, reachOf } from './route-policy.ts';
import { type MoneyTouch, secondPersonNeeded } from './second-person.ts';
import type { RequestContext } from './session.ts';
import { unstorable } from './storable-json.ts';
import { z } from './zod.ts';

type Params = ZodObject<ZodRawShape>;

export interface RouteBody<B extends ZodType> {
  schema: B;
  /** Body limit, where it differs from the default. */
  limit?: string;
  /** Raw media types accepted besides JSON, for instance a definition as `application/xml`. */
  alsoTakes?: string[];
}

export interface Reply<Body = unknown> {
  status?: number;
  body?: Body;
  headers?: Record<string, string>;
  /**
   * Shows personal numbers in full (api/http/masking.ts) to who handles the case. If the response contains any, the
   * access is audited first. `recorded`: the route audits it itself. `definition`: files without personal data, whose
   * ids and layout contain arbitrary digits.
   */
  unmasked?: 'recorded' | 'definition' | Lift;
  /** A raw response instead of JSON. */
  text?: { type: string; content: string };
  /** Streams the response: writes to it and ends it. */
  stream?: { type: string; open(response: Response): void };
}

/** Whose numbers are shown in full, and the facility. */
export interface Lift {
  what: AuditSubject;
  facility: string;
}

export interface RouteInput<P, Q, B> {
  params: P;
  query: Q;
  body: B;
}

/** Context of the request besides its input. */
export interface Asked {
  context: RequestContext;
  /** The authenticated person; always set except on public routes. */
  person: Person;
  /** Facilities at which this person may use the route; every row is checked against it. */
  reach: Reach;
  /** Idempotency-Key, trimmed; absent if not sent. */
  idempotencyKey?: string;
  /** Whether a second person has released this request. */
  released?: true;
  /** Sets or clears the session cookie. */
  response: Response;
  header(name: string): string | undefined;
  /**
   * For routes with a file body.
   * @throws ProblemError 400 for an unreadable file name
   */
  upload(): FileUpload;
}

export interface Route {
  /** Method and path, for instance `GET /api/tasks/{id}`. */
  key: string;
  access: RouteRule;
  summary: string;
  description?: string;
  tag: string;
  params?: Params;
  query?: Params;
  /** Accepts `column.<id>=…`, passed to the query schema as `columns: {<id>: …}`. */
  columnFilters?: boolean;
  body?: RouteBody<ZodType>;
  /**
   * The body is a raw file read by the handler; its name comes in the header `File-Name`.
   * @param withinMs deadline of the upload
   */
  upload?: { withinMs: number };
  /** Whether an `Idempotency-Key` is allowed or required. */
  idempotency?: 'required' | 'optional';
  /**
   * Auditing: `sensitive` for reads of personal or case data. Acts are audited by default, unless they change nothing
   * visible to others (`none`).
   */
  audit?: 'sensitive' | 'none';
  /** Whether the request affects payments and must be proposed and released by another person. Dry runs never do. */
  secondPerson?(input: RouteInput<unknown, unknown, unknown>, asked: Asked): Promise<MoneyTouch | undefined>;
  /** Location of the `dryRun` flag, if any. */
  dryRun?: 'body' | 'query';
  /** Successful responses by status. */
  answers: Record<number, { description: string; schema?: ZodType; contentType?: string }>;
  /** Additional problems by status, beyond those derived in refusals.ts. */
  refusals?: Record<number, string>;
  handle(input: RouteInput<unknown, unknown, unknown>, asked: Asked): Promise<Reply>;
}

const empty = {} as const;

/** Infers the schema types of a route for its handler. */
export function route<
  P extends Params = ZodObject<typeof empty>,
  Q extends Params = ZodObject<typeof empty>,
  B extends ZodType = ZodType<undefined>,
>(
  definition: Omit<Route, 'params' | 'query' | 'body' | 'handle' | 'secondPerson'> & {
    params?: P;
    query?: Q;
    body?: RouteBody<B>;
    handle(input: RouteInput<z.infer<P>, z.infer<Q>, z.infer<B>>, asked: Asked): Promise<Reply>;
    secondPerson?(input: RouteInput<z.infer<P>, z.infer<Q>, z.infer<B>>, asked: Asked): Promise<MoneyTouch | undefined>;
  },
): Route {
  return definition as unknown as Route;
}

const methods = { GET: 'get', POST: 'post', PUT: 'put', DELETE: 'delete' } as const;
type Method = (typeof methods)[keyof typeof methods];

export function methodOf(route: Route): Method {
  return methods[route.key.slice(0, route.key.indexOf(' ')) as keyof typeof methods];
}

/** `/api/tasks/{id}` in OpenAPI notation. */
export function pathOf(route: Route): string {
  return route.key.slice(route.key.indexOf(' ') + 1);
}

/** `/api/tasks/:id` in Express notation. */
export function expressPathOf(route: Route): string {
  return pathOf(route).replaceAll(/\{(\w+)\}/g, ':$1');
}

export interface MountOptions {
  /** Throw when a response does not match its schema (tests). */
  checkAnswers: boolean;
  /** Wraps each handler. */
  around(request: Request, handle: () => Promise<Reply>): Promise<Reply>;
  /** Transforms each response. */
  border(reply: Reply): Promise<Reply>;
}

/** Runs before the body is read. */
export function requireUse({ access }: Route): RequestHandler {
  return async (request, _response, next) => {
    await refuseStrangers(mayUse(access, request.careloop.person), access);
    next();
  };
}

/** After `requireUse` has authorised the person. */
export function handlerOf(one: Route, options: MountOptions): RequestHandler {
  return async (request, response) => {
    const context = request.careloop;
    const input = parseInput(one, request);
    const idempotencyKey = readIdempotencyKey(one, request);
    // Only public routes get here without a person, and they do not use it.
    const person = context.person ?? { id: '', name: '', roles: [] };
    const asked: Asked = {
      context,
      person,
      reach: reachOf(one.access, person),
      ...(idempotencyKey !== undefined && { idempotencyKey }),
      response,
      header: (name) => request.get(name),
      upload: () => readUpload(request),
    };
    const act = async (): Promise<Reply> => {
      const touch = await one.secondPerson?.(input, asked);
      if (touch) throw secondPersonNeeded(one.key, touch);
      return options.border(await one.handle(input, asked));
    };
    const reply = await withinDeadline(options.around(request, act), one.upload?.withinMs);
    if (options.checkAnswers) checkAnswer(one, reply);
    send(reply, response);
  };
}

async function refuseStrangers(use: ReturnType<typeof mayUse>, rule: RouteRule): Promise<void> {
  if (use === 'log-in')
    throw new ProblemError({
      status: 401,
      code: 'not-logged-in',
      detail: 'This requires a session; there is none or it has expired.',
      hint: 'POST /api/login, then send the token as "Authorization: Bearer …" or the cookie.',
      headers: { 'WWW-Authenticate': 'Bearer realm="careloop"' },
    });
  if (use === 'no') throw await roleMissing(typeof rule === 'string' ? 'any' : rule);
  if (use === 'no-group') throw await roleMissing(typeof rule === 'string' ? 'any' : rule, '*');
}

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

function parseInput(one: Route, request: Request): RouteInput<unknown, unknown, unknown> {
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

function readIdempotencyKey(one: Route, request: Request): string | undefined {
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

function checkAnswer(one: Route, reply: Reply): void {
  const status = reply.status ?? 200;
  const answer = one.answers[status];
  if (!answer) throw new Error(`${one.key} answers ${status}, which its declaration does not contain.`);
  if (answer.schema && reply.text === undefined && !reply.stream)
    answer.schema.parse(JSON.parse(JSON.stringify(reply.body ?? null)));
}

function send(reply: Reply, response: Response): void {
  response.status(reply.status ?? 200);
  if (reply.headers) response.set(reply.headers);
  if (reply.stream) openStream(reply.stream, response);
  else if (reply.text) response.type(reply.text.type).send(reply.text.content);
  else if (reply.body === undefined) response.end();
  else response.json(reply.body);
}

/** Streams stay open for hours and are excluded from request durations. */
function openStream({ type, open }: NonNullable<Reply['stream']>, response: Response): void {
  response.locals['streams'] = true;
  response.type(type).set('X-Accel-Buffering', 'no').flushHeaders();
  if (response.req.method === 'HEAD') response.end();
  else open(response);
}
