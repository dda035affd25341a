/** The part of a rule set that a process gets: what its diagram names in `careloop:rules`, as dotted paths. */
import type { Json, Variables } from './plan/values.ts';

/** The rules at these paths, at the same places; a path the rule set has nothing at is left out. */
export function rulesAt(rules: Variables, paths: readonly string[]): Variables {
  return paths.reduce<Variables>((part, path) => {
    const names = path.split('.');
    const value = names.reduce<Json | undefined>((inner, name) => (isRecord(inner) ? inner[name] : undefined), rules);
    return value === undefined ? part : (withValue(part, names, value) as Variables);
  }, {});
}

/** Whether one of the paths names it, or something around it. */
export const namesRule = (paths: readonly string[], path: string): boolean =>
  paths.some((one) => path === one || path.startsWith(`${one}.`));

/** Both, the second where they differ. */
export function mergedRules(rules: Variables, more: Variables): Variables {
  const merged = { ...rules };
  for (const [name, value] of Object.entries(more)) {
    const known = merged[name];
    merged[name] = isRecord(known) && isRecord(value) ? mergedRules(known, value) : value;
  }
  return merged;
}

function withValue(part: Json | undefined, [name, ...inner]: string[], value: Json): Json {
  if (name === undefined) return value;
  const before = isRecord(part) ? part : {};
  return { ...before, [name]: withValue(before[name], inner, value) };
}

const isRecord = (value: Json | undefined): value is Variables =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
