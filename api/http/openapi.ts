/** Generates the OpenAPI 3.1 document from the routes; validation and documentation share the schemas. */
import { OpenAPIRegistry, OpenApiGeneratorV31, type RouteConfig } from '@asteasolutions/zod-to-openapi';
import type { ZodType } from 'zod';
import { fileNameHeader } from './file-upload.ts';
import { problemSchema } from './problem.ts';
import { refusalsOf } from './refusals.ts';
import { methodOf, pathOf, type Route } from './route.ts';
import { ruleInWords } from './route-policy.ts';
import { cookieName } from './session.ts';
import { z } from './zod.ts';

type Document = ReturnType<OpenApiGeneratorV31['generateDocument']>;

const problemContent = { 'application/problem+json': { schema: problemSchema } };

export function describeApi(routes: Route[]): Document {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' });
  registry.registerComponent('securitySchemes', 'cookie', { type: 'apiKey', in: 'cookie', name: cookieName });
  for (const one of routes) registry.registerPath(describeRoute(one));
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Careloop',
      version: '0.1.0',
      description:
        'Service processes of a hospital group. Errors are problem details (RFC 9457). ' +
        'Send an Idempotency-Key with every POST: a repeat with the same key takes effect once. Reads carry an ETag. Lists page by cursor. ' +
        'An instance id is a Temporal workflow id and is percent-encoded in an address (complaint%2FBJ2026110001).',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    tags: [...new Set(routes.map((one) => one.tag))].map((name) => ({ name })),
  });
}

function describeRoute(one: Route): RouteConfig {
  const refusals = Object.entries(refusalsOf(one)).map(([status, description]) => [
    status,
    { description, content: problemContent },
  ]);
  const answers = Object.entries(one.answers).map(([status, { description, schema, contentType }]) => {
    const content = (schema ?? contentType) && {
      [contentType ?? 'application/json']: { schema: schema ?? z.string() },
    };
    return [status, { description, ...(content && { content }) }];
  });
  return {
    method: methodOf(one),
    path: pathOf(one),
    operationId: operationId(one),
    tags: [one.tag],
    summary: one.summary,
    description: [one.description, ruleInWords(one.access)].filter(Boolean).join(' '),
    security: one.access === 'public' ? [] : [{ bearer: [] }, { cookie: [] }],
    request: {
      ...(one.params && { params: one.params }),
      ...(one.query && { query: one.query }),
      ...headersOf(one),
      ...(one.body && { body: describeBody(one.body) }),
      ...(one.upload && { body: fileBody }),
    },
    responses: { ...Object.fromEntries(refusals), ...Object.fromEntries(answers) },
  };
}

function describeBody(body: NonNullable<Route['body']>): NonNullable<NonNullable<RouteConfig['request']>['body']> {
  const others = (body.alsoTakes ?? []).map((type) => [type, { schema: z.string() }]);
  return {
    required: !body.schema.safeParse(undefined).success,
    content: { 'application/json': { schema: jsonPartOf(body) }, ...Object.fromEntries(others) },
  };
}

/** A text body is a media type of its own: a schema "string or object" produces unusable generated clients. */
function jsonPartOf({ schema, alsoTakes = [] }: NonNullable<Route['body']>): ZodType {
  if (alsoTakes.length === 0 || !(schema instanceof z.ZodUnion)) return schema;
  const structured = (schema.options as ZodType[]).find((option) => !(option instanceof z.ZodString));
  return structured ?? schema;
}

const fileBody = {
  required: true,
  description: 'The file as it is.',
  content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
};

function headersOf({ idempotency, upload }: Route) {
  const key = z.string().max(200).describe('A UUID of your own; the same one when you repeat the request.');
  const name = z.string().describe('Name of the file, in UTF-8, percent-encoded.');
  const headers = {
    ...(idempotency && { 'Idempotency-Key': idempotency === 'required' ? key : key.optional() }),
    ...(upload && { [fileNameHeader]: name }),
  };
  return Object.keys(headers).length > 0 ? { headers: z.object(headers) } : {};
}

/** `POST /api/tasks/{id}/claim` → `postTasksIdClaim`. */
function operationId(one: Route): string {
  const words = pathOf(one)
    .replace(/^\/api\//, '')
    .split(/[^A-Za-z]+/)
    .filter(Boolean);
  return methodOf(one) + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
