/** Contexts of either kind: Maps made by expressions, and plain objects of the process variables, which are read where they lie. */
import { normalName } from './names.ts';
import { type FeelContext, type FeelValue, isJsonContext, type JsonContext } from './values.ts';

export type AnyContext = FeelContext | JsonContext;

export const isContext = (value: FeelValue): value is AnyContext => value instanceof Map || isJsonContext(value);

const isMap = (context: AnyContext): context is FeelContext => context instanceof Map;

/** @param name normal @returns undefined where the context has no such entry */
export function entryOf(context: AnyContext, name: string): FeelValue | undefined {
  if (isMap(context)) return context.get(name);
  if (Object.hasOwn(context, name)) return context[name];
  if (!/[./\-'+* ]/.test(name)) return undefined;
  // Keys of Maps are normal, those of variables are as they were written.
  const written = Object.keys(context).find((key) => normalName(key) === name);
  return written === undefined ? undefined : context[written];
}

export const entriesOf = (context: AnyContext): Iterable<[string, FeelValue]> =>
  isMap(context) ? context : Object.entries(context);

export const sizeOf = (context: AnyContext): number => (isMap(context) ? context.size : Object.keys(context).length);

/** A copy to be added to. */
export const copyOf = (context: AnyContext): FeelContext => new Map(entriesOf(context));
