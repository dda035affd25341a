/** Names that nothing in the model declares: definitions of common modelers read process variables so. Off unless a run allows it. */
import { analyse, type Read } from '../feel/analyse.ts';
import { builtins } from '../feel/builtins/index.ts';
import { fromJson } from '../feel/json.ts';
import { normalName } from '../feel/names.ts';
import { lookup, type Scope, within } from '../feel/scope.ts';
import { parseOne, parseTests } from '../feel/syntax.ts';
import { anyType, type Type } from '../feel/types.ts';
import type { FeelContext, FeelValue } from '../feel/values.ts';
import type { Json, Variables } from '../model/plan.ts';
import { decisionRunning, type OpenInputs, type Place } from './place.ts';

/** @param declared values of the model's input data by name, already of their types */
export function openInputs(variables: Variables, declared: ReadonlyMap<string, FeelValue>): OpenInputs {
  let byName: Map<string, Json> | undefined;
  const read = new Map(declared);
  return (name, type) => {
    const known = read.get(name);
    if (known !== undefined) return known;
    byName ??= new Map(Object.entries(variables).map(([key, value]): [string, Json] => [normalName(key), value]));
    const json = byName.get(name);
    if (json === undefined) return undefined;
    const value = fromJson(json, type);
    // What has been read as a date for one column is the plain text for all others.
    if (type.is === 'any') read.set(name, value);
    return value;
  };
}

interface Reading {
  kind: 'expression' | 'tests';
  /** Type that the expression is to have: says how a text is meant where the expression is a name and nothing else. */
  type?: Type;
}

/**
 * Puts the undeclared names of an expression into the scope it is evaluated in. One that is not there is the problem
 * `missing-variable`, unless the expression asks about it, it may be an entry of filtered items, or a function handed on.
 *
 * @param text FEEL that parses
 * @returns undefined where the text reads no names at all, as most cells of tables do
 */
export function opening(
  text: string,
  place: Place,
  { kind, type = anyType }: Reading,
): ((scope: Scope) => Scope) | undefined {
  if (!/[\p{L}_$`]/u.test(text.replace(/"(?:[^"\\]|\\.)*"/g, ''))) return undefined;
  let reads: Read[] | undefined;
  const undeclared = (): Read[] => {
    const root = kind === 'tests' ? parseTests(text, place.shape) : parseOne(text, place.shape);
    const all = analyse(text, root).reads.map((read) => ({ ...read, name: normalName(read.name) }));
    return all.filter(({ name }) => name !== '?' && !Object.hasOwn(place.shape, name));
  };
  return (scope) => {
    const running = decisionRunning(scope);
    const { open } = running;
    if (!open) return scope;
    reads ??= undeclared();
    if (reads.length === 0) return scope;
    const own: FeelContext = new Map();
    for (const { name, asked, filterOnly, argument } of reads) {
      const plain = reads.length === 1 && name === normalName(text.replaceAll('`', ''));
      const value = lookup(scope, name) ?? open(name, plain ? type : anyType);
      if (value === undefined) {
        if (filterOnly || (argument && builtins.has(name))) continue;
        if (!asked) running.problem('missing-variable', `There is no variable "${name}".`, name);
      }
      own.set(name, value ?? null);
    }
    return within(scope, own);
  };
}
