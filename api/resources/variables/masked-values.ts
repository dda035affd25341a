/**
 * Values that come back with personal numbers masked, as they were shown. An unchanged value keeps the stored one; a
 * change around a masked number is refused, so that a mask never replaces the number.
 */

import { jsonEqual } from '../../../engine/core/variables.ts';
import { ownValue } from '../../../engine/model/own-property.ts';
import type { FormField, Json, PlanForm, Variables } from '../../../engine/model/plan.ts';
import { masked } from '../../http/masking.ts';
import { invalid } from '../../http/problem.ts';

/** Formats written by `masked`: 138****1234, ****34, w***@example.com. */
const mark = /(?<!\w)\w*\*{4,8}[\dXx]+|\w\*{3}@/g;

/** Whether a comparison with stored values is needed. */
export function holdsMarks(given: Variables): boolean {
  return JSON.stringify(given).search(mark) >= 0;
}

/**
 * @param held what was shown: stored values, or defaults of a form
 * @throws ProblemError 422 with each value that contains a masked number and differs from what was shown
 */
export function withStored(given: Variables, ...held: Variables[]): Variables {
  const problems: string[] = [];
  const values = restored(given, held, '', problems) as Variables;
  if (problems.length === 0) return values;
  throw invalid(
    problems.map((path) => ({
      path: `body.variables${path}`,
      code: 'masked',
      message: 'It contains a masked personal number. Send it in full, or the value exactly as shown.',
      words: {
        zh: '含有只显示了一部分的个人号码。请填写完整号码，或保持原样。',
        en: 'It contains a masked personal number. Enter it in full, or leave the value unchanged.',
      },
    })),
    422,
  );
}

/** Initial form values when nothing is stored, as they would be submitted: a list has one row with its defaults. */
export function defaultsOf({ fields }: Pick<PlanForm, 'fields'>): Variables {
  const values: Variables = {};
  for (const field of fields) put(values, field.key.split('.'), defaultOf(field));
  return values;
}

function defaultOf({ fields, default: value }: FormField): Json | undefined {
  if (!fields) return value;
  const row = defaultsOf({ fields });
  return Object.keys(row).length > 0 ? [row] : undefined;
}

function put(into: Variables, [name = '', ...path]: string[], value: Json | undefined): void {
  if (value === undefined) return;
  if (path.length === 0) into[name] = value;
  else {
    const inner: Variables = {};
    put(inner, path, value);
    into[name] = { ...(into[name] as Variables | undefined), ...inner };
  }
}

/** @param held possible previous values: for a row any row, as rows may have moved */
function restored(given: Json, held: Json[], path: string, problems: string[]): Json {
  if (held.some((one) => jsonEqual(one, given))) return given;
  const originals = held.filter((one) => jsonEqual(masked(one).value, given));
  const [original, ...others] = originals;
  if (original !== undefined && others.every((one) => jsonEqual(one, original))) return original;
  if (Array.isArray(given)) {
    const rows = held.flatMap((one) => (Array.isArray(one) ? one : []));
    return given.map((each, at) => restored(each, rows, `${path}.${at}`, problems));
  }
  if (given !== null && typeof given === 'object') {
    const members = Object.entries(given).map(([name, inner]): [string, Json] => {
      const before = held.flatMap((one) => memberOf(one, name));
      return [name, restored(inner, before, `${path}.${name}`, problems)];
    });
    return Object.fromEntries(members) as Variables;
  }
  if (typeof given === 'string' && holdsWhatWasMasked(given, held)) problems.push(path);
  return given;
}

/** Masks typed by people themselves are left alone. */
function holdsWhatWasMasked(given: string, held: Json[]): boolean {
  const stored = JSON.stringify(held);
  return masked(held).masked && (given.match(mark) ?? []).some((one) => !stored.includes(one));
}

function memberOf(value: Json, name: string): Json[] {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return [];
  const inner = ownValue(value, name);
  return inner === undefined ? [] : [inner];
}
