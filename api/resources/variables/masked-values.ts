/**
 * Values that come back as they were shown, with personal numbers masked. What is unchanged keeps the stored value, and a change around a
 * masked number is refused: a number in part never takes the place of the number itself.
 */
import { jsonEqual } from '../../../engine/core/variables.ts';
import type { FormField, Json, PlanForm, Variables } from '../../../engine/model/plan.ts';
import { masked } from '../../http/masking.ts';
import { invalid } from '../../http/problem.ts';

/** As `masked` writes them: 138****1234, ****34, w***@example.com. */
const mark = /\w*\*{4,8}[\dXx]+|\w\*{3}@/g;

/** Whether there is anything to compare with what is stored. */
export function holdsMarks(given: Variables): boolean {
  return JSON.stringify(given).search(mark) >= 0;
}

/**
 * @param held what was shown: what is stored, the defaults of a form
 * @throws ProblemError 422 with each value that holds a masked number and is not what was shown
 */
export function withStored(given: Variables, ...held: Variables[]): Variables {
  const problems: string[] = [];
  const values = restored(given, held, '', problems) as Variables;
  if (problems.length === 0) return values;
  throw invalid(
    problems.map((path) => ({
      path: `body.variables${path}`,
      code: 'masked',
      message: 'It holds a personal number that was shown in part. Send it in full, or the value as it was shown.',
      words: {
        zh: '含有只显示了一部分的个人号码。请填写完整号码，或保持原样。',
        en: 'It holds a personal number that was shown in part. Enter it in full, or leave the value as it was.',
      },
    })),
    422,
  );
}

/** What a form shows where nothing is stored yet, as it would be sent: a list has one row, of the defaults of its rows. */
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

/** @param held what it may have been before: of a row any row, because rows may have moved */
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

/** Marks that people have written themselves stay theirs. */
function holdsWhatWasMasked(given: string, held: Json[]): boolean {
  const stored = JSON.stringify(held);
  return masked(held).masked && (given.match(mark) ?? []).some((one) => !stored.includes(one));
}

function memberOf(value: Json, name: string): Json[] {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return [];
  const inner = Object.hasOwn(value, name) ? value[name] : undefined;
  return inner === undefined ? [] : [inner];
}
