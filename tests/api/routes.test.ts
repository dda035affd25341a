/** Routes, policy and OpenAPI are one: what is served is described, what is described is allowed to somebody. */
import { describe, expect, it } from 'vitest';
import { describeApi } from '../../api/http/openapi.ts';
import { refusalsOf } from '../../api/http/refusals.ts';
import { expressPathOf, methodOf, pathOf } from '../../api/http/route.ts';
import { routes } from './all-routes.ts';

const description = describeApi(routes);

interface Schema {
  $ref?: string;
  example?: unknown;
  pattern?: string;
}
const resolved = (schema: Schema): Schema => {
  const name = schema.$ref?.replace('#/components/schemas/', '');
  return name === undefined ? schema : ((description.components?.schemas?.[name] ?? {}) as Schema);
};

interface Operation {
  operationId: string;
  security: unknown[];
  parameters?: { name: string; in: string; required?: boolean; schema?: Schema }[];
  responses: Record<string, { content?: Record<string, unknown> }>;
  requestBody?: { content: Record<string, unknown>; required?: boolean };
}
const operation = (key: string): Operation => {
  const [method = '', path = ''] = key.split(' ');
  const paths = description.paths as Record<string, Record<string, Operation>>;
  const found = paths[path]?.[method.toLowerCase()];
  if (!found) throw new Error(`${key} is not described.`);
  return found;
};

describe('every route', () => {
  it.each(routes.map((one) => [one.key, one] as const))('%s is described', (key, one) => {
    const described = operation(key);
    const statuses = [...Object.keys(one.answers), ...Object.keys(refusalsOf(one))];
    expect(new Set(Object.keys(described.responses))).toEqual(new Set(statuses));
    expect(Object.keys(described.responses)).toEqual(expect.arrayContaining(['400', '429', '500', '503']));
    const needed = one.access === 'public' ? [] : ['401', '403'];
    expect(Object.keys(described.responses)).toEqual(expect.arrayContaining(needed));
    expect(described.security.length > 0).toBe(one.access !== 'public');
    const inPath = [...pathOf(one).matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    expect(described.parameters?.filter((given) => given.in === 'path').map((given) => given.name) ?? []).toEqual(
      inPath,
    );
    expect(Object.keys(one.params?.shape ?? {})).toEqual(inPath);
    expect(described.requestBody !== undefined).toBe((one.body ?? one.upload) !== undefined);
  });

  it.each(routes.filter((one) => one.body).map((one) => [one.key, one] as const))(
    '%s shows an example of its body that it takes',
    (key, one) => {
      const schema = operation(key).requestBody?.content['application/json'] as { schema: Schema };
      const example = resolved(schema.schema).example;
      expect(example).toBeDefined();
      expect(one.body?.schema.safeParse(example).error).toBeUndefined();
    },
  );

  it.each(routes.filter((one) => one.params).map((one) => [one.key, one] as const))(
    '%s shows an example of its address that it takes',
    (key, one) => {
      const given = operation(key).parameters?.filter((each) => each.in === 'path') ?? [];
      const examples = Object.fromEntries(given.map((each) => [each.name, String(each.schema?.example)]));
      expect(given.filter((each) => each.schema?.example === undefined)).toEqual([]);
      expect(one.params?.safeParse(examples).error).toBeUndefined();
    },
  );

  it('has an operation id of its own', () => {
    const ids = routes.map((one) => operation(one.key).operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  /** What they begin has no other name to be found by. */
  const needsKey = [
    'POST /api/complaints',
    'POST /api/conditions',
    'POST /api/migrations',
    'POST /api/batches',
    'POST /api/modifications',
    'POST /api/tasks/acts',
  ];

  it('that writes takes an Idempotency-Key, apart from logging in and out, and sealing', () => {
    const writes = routes.filter((one) => methodOf(one) === 'post' && !['Session', 'Codec'].includes(one.tag));
    for (const one of writes) {
      const header = operation(one.key).parameters?.find((given) => given.name === 'Idempotency-Key');
      expect([one.key, header?.in]).toEqual([one.key, 'header']);
      expect([one.key, header?.required]).toEqual([one.key, needsKey.includes(one.key)]);
    }
  });
});

describe('the audit trail', () => {
  const inTrail = (how: string | undefined) => routes.filter((one) => one.audit === how).map(({ key }) => key);

  it('has the reads of personal data and of what a case holds', () => {
    expect(inTrail('sensitive').sort()).toEqual([
      'GET /api/audit',
      'GET /api/complaints',
      'GET /api/complaints/{caseNumber}',
      'GET /api/files/{id}/content',
      'GET /api/follow-up-calls',
      'GET /api/follow-ups',
      'GET /api/follow-ups/{chain}',
      'GET /api/hospital-events',
      'GET /api/instances/{id}/facts',
      'GET /api/instances/{id}/journal',
      'GET /api/instances/{id}/variables',
      'GET /api/messages/{id}',
      'GET /api/patient-choices',
      'GET /api/patients',
      'GET /api/patients/{id}',
      'GET /api/proposals/{id}',
      'GET /api/staff',
      'GET /api/staff/{id}',
      'GET /api/staff/{id}/sessions',
      'GET /api/tasks/{id}',
    ]);
  });

  it('tells which acts take a second person where they touch money', () => {
    expect(routes.flatMap((one) => (one.secondPerson ? [one.key] : [])).sort()).toEqual([
      'DELETE /api/job-types/{type}',
      'POST /api/batches',
      'POST /api/definitions',
      'POST /api/definitions/{key}/versions/{version}/activate',
      'POST /api/definitions/{key}/versions/{version}/deactivate',
      'POST /api/instances/{id}/migrate',
      'POST /api/instances/{id}/modify',
      'POST /api/instances/{id}/skip',
      'POST /api/instances/{id}/variables',
      'POST /api/migrations',
      'POST /api/modifications',
      'POST /api/rule-sets/{key}/versions',
      'PUT /api/facilities/{code}',
      'PUT /api/job-types/{type}',
    ]);
  });

  it('has every act, but for drafts, which only their writer sees, and what carriers tell by themselves', () => {
    expect(inTrail('none').sort()).toEqual([
      'DELETE /api/drafts/{kind}/{of}',
      'POST /api/callbacks/{secret}/receipts',
      'POST /api/callbacks/{secret}/replies',
      'PUT /api/drafts/{kind}/{of}',
    ]);
  });
});

describe('the description', () => {
  it('is OpenAPI 3.1 with every reference resolved', () => {
    expect(description.openapi).toBe('3.1.0');
    const schemas = Object.keys(description.components?.schemas ?? {});
    const references = [...JSON.stringify(description).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
      (one) => one[1],
    );
    expect(references.length).toBeGreaterThan(20);
    expect(references.filter((name) => !schemas.includes(name ?? ''))).toEqual([]);
  });

  it('has no pattern that only this program understands: with flags, or one that its own example does not fit', () => {
    const schemas: Schema[] = [];
    JSON.stringify(description, (_, value: Schema) => {
      if (typeof value?.pattern === 'string') schemas.push(value);
      return value;
    });
    expect(schemas.length).toBeGreaterThan(10);
    expect(schemas.filter(({ pattern }) => /\/[a-z]+$|\\p\{/.test(pattern ?? ''))).toEqual([]);
    for (const { pattern = '', example } of schemas)
      if (typeof example === 'string') expect(example).toMatch(new RegExp(pattern));
  });

  it('writes paths as OpenAPI does and Express as it does', () => {
    const one = routes.find((route) => route.key === 'GET /api/definitions/{key}/versions/{version}');
    expect(one && expressPathOf(one)).toBe('/api/definitions/:key/versions/:version');
  });
});

type Answered = { content?: Record<string, { schema?: object }> };

describe('the description can be read by generators of clients', () => {
  it('has an id of its own for each operation', () => {
    const ids = routes.map((one) => operation(one.key).operationId);
    expect(ids.filter((id) => !/^[a-z][A-Za-z]+$/.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('types every answer, and every problem', () => {
    for (const one of routes) {
      const answers = operation(one.key).responses as Record<string, Answered>;
      const problems = Object.entries(answers).filter(([status]) => Number(status) >= 400 && !(status in one.answers));
      for (const [status, { content = {} }] of problems)
        expect([one.key, status, content]).toEqual([
          one.key,
          status,
          { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        ]);
      const untyped = Object.values(answers).flatMap(({ content = {} }) =>
        Object.values(content).filter(({ schema }) => !schema || Object.keys(schema).length === 0),
      );
      expect([one.key, untyped]).toEqual([one.key, []]);
    }
  });

  it('names the schemas that contain themselves, and declares the members of an explanation', () => {
    const schemas = Object.keys(description.components?.schemas ?? {});
    expect(schemas).toEqual(expect.arrayContaining(['FormField', 'FormJsSchema', 'WaitExplained', 'WhyThisDate']));
    const { Explanation } = (description.components?.schemas ?? {}) as Record<string, object>;
    expect(JSON.stringify(Explanation)).not.toContain('additionalProperties');
  });

  it('has one type of body for each content type: objects as JSON, text as anything else', () => {
    type Body = Schema & { type?: string; anyOf?: Body[] };
    const typesOf = (schema: Body): (string | undefined)[] => schema.anyOf?.flatMap(typesOf) ?? [schema.type];
    for (const one of routes.filter((each) => each.body)) {
      const content = operation(one.key).requestBody?.content as Record<string, { schema: Body }>;
      const types = Object.entries(content).map(([type, { schema }]) => [
        type,
        [...new Set(typesOf(resolved(schema)))],
      ]);
      const expected = types.map(([type]) => [type, [type === 'application/json' ? 'object' : 'string']]);
      expect([one.key, types]).toEqual([one.key, expected]);
    }
  });
});
