/** Options of a field as form-js reads them: plain values stand for themselves, what is no option is left out. */
import type { FieldOption, Json } from '../model/plan.ts';

/** @param value a list of values, or of objects with `value` and `label`; anything else has no options */
export function optionsOf(value: Json | undefined): FieldOption[] {
  return Array.isArray(value) ? value.flatMap(optionOf) : [];
}

function optionOf(one: Json): FieldOption[] {
  if (isPlain(one)) return [{ value: one, label: String(one) }];
  if (typeof one !== 'object' || one === null || Array.isArray(one)) return [];
  const { value, label } = one;
  if (typeof label === 'string' && label !== '' && isValue(value)) return [{ value, label }];
  return isPlain(value) ? [{ value, label: String(value) }] : [];
}

const isPlain = (value: Json | undefined): value is string | number | boolean =>
  typeof value === 'number' || typeof value === 'boolean' || (typeof value === 'string' && value !== '');

const isValue = (value: Json | undefined): value is Json =>
  isPlain(value) || (typeof value === 'object' && value !== null && Object.keys(value).length > 0);
