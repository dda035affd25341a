/**
 * A route as data: method, path, zod schemas of input and output, and its handler. Express (route-handler.ts), the policy
 * and OpenAPI all read the same record, so they cannot diverge.
 */
import type { Response } from 'express';
import type { ZodObject, ZodRawShape, ZodType } from 'zod';
import type { AuditSubject } from '../../store/audit/entries.ts';
import type { FileUpload } from './file-upload.ts';
import type { Person, Reach } from './policy.ts';
import type { RouteRule } from './route-policy.ts';
import type { MoneyTouch } from './second-person.ts';
import type { RequestContext } from './session.ts';
import type { z } from './zod.ts';

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
