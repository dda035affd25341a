/** Reading of form-js schemas, whose JSON may hold anything. */

export type Schema = Record<string, unknown>;

export const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
export const stringIn = (schema: Schema, name: string): string | undefined => textOf(schema[name]);
export const schemasIn = (schema: Schema, name: string): Schema[] => {
  const value = schema[name];
  return Array.isArray(value) ? value.filter(isSchema) : [];
};

export const joinPath = (...parts: (string | undefined)[]): string => parts.filter(Boolean).join('.');

export function decimal(value: unknown): number | undefined {
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof read === 'number' && Number.isFinite(read) ? read : undefined;
}
