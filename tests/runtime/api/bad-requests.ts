/** Bad requests for every route that the OpenAPI document names: made out of its schemas and examples, so that a new route has them by itself. */
import type { Body } from './support.ts';

export interface Request {
  /** What is wrong with it. */
  what: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string | Uint8Array;
  /** `refused`: 4xx for certain. `any`: it may be well-formed; whatever comes is no failure of ours. */
  expected: 'refused' | 'any';
}

export interface Operation {
  method: string;
  path: string;
  description: string;
  security: unknown[];
  /** That it may be answered with. */
  statuses: string[];
  parameters: { name: string; in: string; required?: boolean; schema: Schema }[];
  body?: { schema: Schema; required: boolean; types: string[] };
}

type Schema = Record<string, Body>;

export function operationsOf(document: Body): Operation[] {
  return Object.entries<Record<string, Body>>(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => {
      const content = one.requestBody?.content;
      const inJson = content?.['application/json'];
      return {
        method: method.toUpperCase(),
        path,
        description: one.description ?? '',
        security: one.security ?? [],
        statuses: Object.keys(one.responses),
        parameters: one.parameters ?? [],
        ...(inJson && {
          body: {
            schema: resolved(document, inJson.schema),
            required: one.requestBody.required === true,
            types: Object.keys(content),
          },
        }),
      };
    }),
  );
}

function resolved(document: Body, schema: Schema): Schema {
  const name = /^#\/components\/schemas\/(.+)$/.exec(schema['$ref'] ?? '')?.[1];
  return name === undefined ? schema : { ...document.components.schemas[name], $ref: undefined };
}

const json = { 'Content-Type': 'application/json' };

/** Texts that are no id of anything, with what breaks addresses, patterns and databases. */
const strangeTexts = [
  '不存在的编号',
  '🧑‍⚕️',
  'e\u0301\u202e\u0000x',
  '__proto__',
  '../../etc/passwd',
  "'; DROP TABLE x; --",
  '{"$gt":""}',
  '$where',
  '.*(a+)+$',
  '%',
  ' ',
  '-1',
  '1.5',
  'NaN',
  '1e400',
  'x'.repeat(4000),
];

/** Values of every JSON type, one of which at least is wrong for any field. */
const strangeValues: unknown[] = [
  null,
  true,
  -1,
  1.5,
  1e300,
  2 ** 53 + 2,
  '',
  ' ',
  '张三🧑‍⚕️',
  '\u0000',
  '\ud800',
  '2026-11-22T09:30:00',
  '2026-02-30',
  [],
  [[]],
  {},
  { $gt: '' },
  { 'a.b': 1, $set: 2 },
  { 'a\u0000b': 1, '\ud800': 2 },
  JSON.parse('{"__proto__":{"x":1},"constructor":{"prototype":1}}'),
  JSON.parse(`${'{"a":'.repeat(200)}1${'}'.repeat(200)}`),
];

export function badRequests(operation: Operation): Request[] {
  const { method, parameters, body } = operation;
  const example: Body = body && (body.schema['example'] ?? {});
  const base = {
    method,
    path: address(operation, {}),
    headers: { 'Idempotency-Key': crypto.randomUUID(), ...(body && json) },
    ...(body && { body: JSON.stringify(example) }),
  };
  const fresh = (about: Omit<Partial<Request>, 'what'> & { what: string }): Request => ({
    ...base,
    expected: 'any',
    ...about,
    headers: { ...base.headers, 'Idempotency-Key': crypto.randomUUID(), ...about.headers },
  });
  const inPath = parameters.filter((one) => one.in === 'path');
  const inQuery = parameters.filter((one) => one.in === 'query');
  const requests = [
    fresh({ what: 'the example alone' }),
    fresh({
      what: 'a query nobody knows',
      path: `${base.path}?nobodyKnows=1`,
      ...refusedIf(operation.security.length > 0),
    }),
    ...inPath.flatMap((one) => [
      ...strangeTexts.map((text) =>
        fresh({ what: `${one.name} = ${text.slice(0, 20)}`, path: address(operation, { [one.name]: text }) }),
      ),
      fresh({
        what: `${one.name} is not percent-encoded`,
        path: operation.path.replace(`{${one.name}}`, '%E0%A4').replaceAll(/\{\w+\}/g, 'x'),
        expected: 'refused',
      }),
    ]),
    ...inQuery.flatMap((one) => {
      const needed = inQuery.filter((other) => other.required && other !== one).map(queryOf);
      const send = (text: string, more: Partial<Request> = {}) =>
        fresh({
          what: `?${one.name}=${text.slice(0, 20)}`,
          path: `${base.path}?${[...needed, `${one.name}=${text}`].join('&')}`,
          ...more,
        });
      return [
        ...strangeTexts.map((text) => send(encodeURIComponent(text))),
        send(''),
        send(`1&${one.name}=2`),
        ...(one.required ? [fresh({ what: `?${one.name} is missing`, expected: 'refused' })] : []),
      ];
    }),
    ...(parameters.some((one) => one.name === 'Idempotency-Key')
      ? ['', 'two words', 'x'.repeat(300)].map((key) =>
          fresh({ what: `Idempotency-Key "${key.slice(0, 20)}"`, headers: { 'Idempotency-Key': key } }),
        )
      : []),
  ];
  return body ? [...requests, ...badBodies(body, example, fresh)] : requests;
}

function badBodies(
  { schema, required, types }: NonNullable<Operation['body']>,
  example: Body,
  fresh: (about: Omit<Partial<Request>, 'what'> & { what: string }) => Request,
): Request[] {
  const send = (what: string, value: unknown, expected: Request['expected'] = 'refused') =>
    fresh({ what, body: JSON.stringify(value), expected });
  const raw = (what: string, body: string | Uint8Array, type?: string, expected: Request['expected'] = 'refused') =>
    fresh({ what, body, expected, ...(type !== undefined && { headers: { 'Content-Type': type } }) });
  const properties = Object.keys(schema['properties'] ?? example);
  const texts = types.length > 1;
  return [
    raw('no JSON', '{"a":'),
    raw('bytes that are no UTF-8', Uint8Array.from([0x22, 0xff, 0xfe, 0x22])),
    raw('text/plain', 'text', 'text/plain'),
    raw('a form', 'a=1&b=2', 'application/x-www-form-urlencoded'),
    raw('an unknown type', 'x', 'application/x-nothing'),
    raw('an unknown charset', '{}', 'application/json; charset=nothing-8'),
    raw('larger than anything', `{"x":"${'长'.repeat(1_500_000)}"}`),
    raw('nested without end', `${'['.repeat(20_000)}${']'.repeat(20_000)}`),
    raw('not packed as it says', '{}', 'application/json', 'any'),
    raw('nothing', '', undefined, required ? 'refused' : 'any'),
    send('null', null),
    send('a list', []),
    send('a number', 7),
    ...(texts ? [] : [send('a text', 'text')]),
    send('a field nobody knows', { ...example, nobodyKnows: 1 }),
    raw('the name __proto__', `{"__proto__":{"admin":true}${required ? '' : ',"nobodyKnows":1'}}`),
    ...((schema['required'] as string[] | undefined) ?? []).map((name) => {
      const { [name]: _, ...without } = example;
      return send(`${name} is missing`, without);
    }),
    ...properties.flatMap((name) =>
      strangeValues.map((value) =>
        send(
          `${name} = ${JSON.stringify(value).slice(0, 40)}`,
          { ...example, [name]: value },
          fits(schema, name, value),
        ),
      ),
    ),
  ];
}

const typeNames: Record<string, (value: unknown) => boolean> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  array: Array.isArray,
  null: (value) => value === null,
};

/** Refused for certain where the value is of another type than the schema says. */
function fits(schema: Schema, name: string, value: unknown): Request['expected'] {
  const types = [schema['properties']?.[name]?.type ?? []].flat() as string[];
  return types.length > 0 && !types.some((type) => typeNames[type]?.(value)) ? 'refused' : 'any';
}

const refusedIf = (certain: boolean): Pick<Request, 'expected'> => ({ expected: certain ? 'refused' : 'any' });

const queryOf = ({ name, schema }: Operation['parameters'][number]): string =>
  `${name}=${encodeURIComponent(String(schema['example'] ?? 'x'))}`;

function address({ path, parameters }: Operation, given: Record<string, string>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const parameter = parameters.find((one) => one.in === 'path' && one.name === name);
    return encodeURIComponent(given[name] ?? String(parameter?.schema['example'] ?? 'x'));
  });
}
