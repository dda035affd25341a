/** Validates a constant against the part of JSON Schema that job types use. */
import type { JsonSchema } from '../model/job-signature.ts';
import type { Json } from '../model/plan.ts';

/** @returns what it should be, for a sentence ("a text"); undefined when the value fits */
export function expectedInstead(schema: JsonSchema, value: Json): string | undefined {
  return fits(schema, value) ? undefined : inWords(schema);
}

function fits(schema: JsonSchema, value: Json): boolean {
  const { type, anyOf, enum: values, items, properties = {}, required = [] } = schema;
  if (anyOf && !anyOf.some((one) => fits(one, value))) return false;
  if (values && !values.includes(value)) return false;
  if (schema.const !== undefined && schema.const !== value) return false;
  if (type !== undefined && !isOfType(type, value)) return false;
  if (typeof value === 'string') return value.length >= (schema.minLength ?? 0);
  if (typeof value === 'number')
    return (
      value >= (schema.minimum ?? Number.NEGATIVE_INFINITY) &&
      value > (schema.exclusiveMinimum ?? Number.NEGATIVE_INFINITY) &&
      value <= (schema.maximum ?? Number.POSITIVE_INFINITY)
    );
  if (Array.isArray(value)) return items === undefined || value.every((item) => fits(items, item));
  if (typeof value !== 'object' || value === null) return true;
  return (
    required.every((name) => Object.hasOwn(value, name)) &&
    Object.entries(properties).every(([name, one]) => !Object.hasOwn(value, name) || fits(one, value[name] ?? null))
  );
}

function isOfType(type: NonNullable<JsonSchema['type']>, value: Json): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value);
    case 'array':
      return Array.isArray(value);
    case 'null':
      return value === null;
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    default:
      return typeof value === type;
  }
}

const typeWords: Record<NonNullable<JsonSchema['type']>, string> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
};

function inWords(schema: JsonSchema): string {
  const { type, anyOf, enum: values, items, minimum, exclusiveMinimum, maximum } = schema;
  if (anyOf) return anyOf.map(inWords).join(' or ');
  if (values) return values.map((value) => JSON.stringify(value)).join(' or ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (type === 'array' && items?.type) return `a list, each entry ${inWords(items)}`;
  const limits = [
    ...(minimum === undefined ? [] : [`from ${minimum}`]),
    ...(exclusiveMinimum === undefined ? [] : [`above ${exclusiveMinimum}`]),
    ...(maximum === undefined ? [] : [`up to ${maximum}`]),
  ];
  return [type ? typeWords[type] : 'anything', ...limits].join(' ');
}
