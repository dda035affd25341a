/** Records without what is known of them anyway, and whole again. Lossless: whatever differs from what is known is written. */

/** JSON whose fields may be undefined, which means absent. */
export type Value = string | number | boolean | null | undefined | Value[] | Fields;
export type Fields = { [name: string]: Value };

/** Names of fields that are known and that the record does not have. */
const absent = '-';

const same = (a: Value, b: Value): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

export function omitDefaults(record: Fields, known: Fields): Fields {
  const rest: Fields = {};
  for (const [name, value] of Object.entries(record))
    if (value !== undefined && !same(value, known[name])) rest[name] = value;
  const missing = Object.keys(known).filter((name) => known[name] !== undefined && record[name] === undefined);
  if (missing.length > 0) rest[absent] = missing;
  return rest;
}

export function restoreDefaults(rest: Fields, known: Fields): Fields {
  const record: Fields = {};
  const { [absent]: missing, ...written } = rest;
  for (const [name, value] of Object.entries({ ...known, ...written }))
    if (value !== undefined && !(Array.isArray(missing) && missing.includes(name))) record[name] = value;
  return record;
}
