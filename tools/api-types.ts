/** Writes the types of the API for the web console, from the routes themselves, in the shape that openapi-fetch reads; git ignores them. */
import { mkdir, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { Deps } from '../api/http/deps.ts';
import { describeApi } from '../api/http/openapi.ts';
import { allRoutes } from '../api/resources/routes.ts';

const target = new URL('../web/generated/api.d.ts', import.meta.url);

interface Schema {
  $ref?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  type?: string | string[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
}

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema?: Schema;
}

type Media = Record<string, { schema?: Schema }>;

interface Operation {
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Media };
  responses: Record<string, { content?: Media }>;
}

interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

const primitives: Record<string, string> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  null: 'null',
};
const keyOf = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));
const inBrackets = (text: string): string => (/[|&]/.test(text) ? `(${text})` : text);

function typeOf(schema: Schema | undefined): string {
  if (!schema) return 'unknown';
  if (schema.$ref) return `components['schemas'][${JSON.stringify(schema.$ref.split('/').pop())}]`;
  if ('const' in schema) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(' | ');
  const either = schema.anyOf ?? schema.oneOf;
  if (either) return either.map(typeOf).join(' | ');
  if (schema.allOf) return schema.allOf.map((one) => inBrackets(typeOf(one))).join(' & ');
  if (Array.isArray(schema.type)) return schema.type.map((type) => typeOf({ ...schema, type })).join(' | ');
  if (schema.type === 'array') return `${inBrackets(typeOf(schema.items))}[]`;
  if (schema.type === 'object' || schema.properties) return objectOf(schema);
  return primitives[schema.type ?? ''] ?? 'unknown';
}

function objectOf({ properties = {}, required = [], additionalProperties }: Schema): string {
  const fields = Object.entries(properties).map(
    ([name, schema]) => `${keyOf(name)}${required.includes(name) ? '' : '?'}: ${typeOf(schema)};`,
  );
  if (additionalProperties) {
    const value = additionalProperties === true ? 'unknown' : typeOf(additionalProperties);
    if (fields.length === 0) return `Record<string, ${value}>`;
    fields.push('[name: string]: unknown;');
  }
  return fields.length > 0 ? `{ ${fields.join(' ')} }` : 'Record<string, never>';
}

const contentOf = (media: Media = {}): string =>
  `{ ${Object.entries(media)
    .map(([type, { schema }]) => `${JSON.stringify(type)}: ${typeOf(schema)};`)
    .join(' ')} }`;

function parametersOf(operation: Operation, place: string): string {
  const parameters = (operation.parameters ?? []).filter((one) => one.in === place);
  if (parameters.length === 0) return `${place}?: never;`;
  const fields = parameters.map(
    ({ name, required, schema }) => `${keyOf(name)}${required ? '' : '?'}: ${typeOf(schema)};`,
  );
  return `${place}${parameters.some((one) => one.required) ? '' : '?'}: { ${fields.join(' ')} };`;
}

function operationOf(operation: Operation): string {
  const { requestBody, responses } = operation;
  const parameters = ['query', 'header', 'path', 'cookie'].map((place) => parametersOf(operation, place)).join(' ');
  const body = requestBody
    ? `requestBody${requestBody.required ? '' : '?'}: { content: ${contentOf(requestBody.content)} };`
    : 'requestBody?: never;';
  const answers = Object.entries(responses).map(
    ([status, { content }]) =>
      `${/^\d+$/.test(status) ? status : keyOf(status)}: { headers: Record<string, unknown>; content: ${content ? contentOf(content) : '{}'} };`,
  );
  return `{ parameters: { ${parameters} }; ${body} responses: { ${answers.join(' ')} }; }`;
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** @param document as /openapi.json answers it */
export function apiTypes(document: Document): string {
  const paths = Object.entries(document.paths).map(([path, operations]) => {
    const lines = methods.map((method) => {
      const operation = operations[method];
      return operation ? `    ${method}: ${operationOf(operation)};` : `    ${method}?: never;`;
    });
    const none = '    parameters: { query?: never; header?: never; path?: never; cookie?: never };';
    return `  ${JSON.stringify(path)}: {\n${[none, ...lines].join('\n')}\n  };`;
  });
  const schemas = Object.entries(document.components.schemas).map(
    ([name, schema]) => `    ${keyOf(name)}: ${typeOf(schema)};`,
  );
  return `// Made by tools/api-types.ts from the routes of the API.
export interface paths {
${paths.join('\n')}
}
export interface components {
  schemas: {
${schemas.join('\n')}
  };
}
`;
}

/** Describing routes needs no connection. */
async function writeApiTypes(): Promise<void> {
  const deps = { config: { temporal: { taskQueue: '' } } } as unknown as Deps;
  const document = JSON.parse(JSON.stringify(describeApi(allRoutes(deps)))) as Document;
  await mkdir(new URL('.', target), { recursive: true });
  await writeFile(target, apiTypes(document));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await writeApiTypes();
