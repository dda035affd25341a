/** Types of FEEL: whether a value is of a type, and the implicit conversions (DMN 1.5, 10.3.2.9). */
import { copyOf, entryOf, isContext } from './contexts.ts';
import { DateTimeValue, DateValue, TimeValue } from './temporal.ts';
import { type FeelValue, FunctionValue, kindOf, RangeValue } from './values.ts';

export type Type =
  | { is: 'any' }
  | { is: 'null' }
  | { is: 'simple'; name: string }
  | { is: 'duration' }
  | { is: 'list'; of: Type }
  | { is: 'range'; of: Type }
  | { is: 'context'; entries: Record<string, Type> }
  | { is: 'function'; parameters?: Type[]; result?: Type }
  /** A named type of a model, with the values it allows. */
  | { is: 'restricted'; type: Type; allows: (value: FeelValue) => boolean };

export const anyType: Type = { is: 'any' };

const simple = new Set([
  'boolean',
  'number',
  'string',
  'date',
  'time',
  'date and time',
  'years and months duration',
  'days and time duration',
]);

/** Spellings that other versions and tools use. */
const spellings: Record<string, string> = {
  datetime: 'date and time',
  dateTime: 'date and time',
  'date time': 'date and time',
  yearMonthDuration: 'years and months duration',
  dayTimeDuration: 'days and time duration',
  integer: 'number',
  long: 'number',
  double: 'number',
};

/** @returns undefined where FEEL has no type of that name */
export function builtInType(name: string): Type | undefined {
  const plain = spellings[name] ?? name;
  if (simple.has(plain)) return { is: 'simple', name: plain };
  switch (plain) {
    case 'Any':
      return anyType;
    case 'Null':
      return { is: 'null' };
    case 'duration':
      return { is: 'duration' };
    case 'list':
      return { is: 'list', of: anyType };
    case 'range':
      return { is: 'range', of: anyType };
    case 'context':
      return { is: 'context', entries: {} };
    case 'function':
      return { is: 'function' };
    default:
      return undefined;
  }
}

/** Whether the value is of the type. Null is of every type (DMN 1.5, 10.3.2.9.2). */
export function conforms(value: FeelValue, type: Type): boolean {
  if (value === null) return true;
  switch (type.is) {
    case 'any':
      return true;
    case 'null':
      return false;
    case 'simple':
      return kindOf(value) === type.name;
    case 'duration':
      return kindOf(value).endsWith('duration');
    case 'list':
      return Array.isArray(value) && value.every((entry) => conforms(entry, type.of));
    case 'range':
      return value instanceof RangeValue && conforms(value.start, type.of) && conforms(value.end, type.of);
    case 'context':
      return (
        isContext(value) &&
        Object.entries(type.entries).every(([name, entry]) => {
          const own = entryOf(value, name);
          return own !== undefined && conforms(own, entry);
        })
      );
    case 'function':
      return value instanceof FunctionValue && functionConforms(value, type);
    case 'restricted':
      return conforms(value, type.type) && type.allows(value);
  }
}

/** `instance of` checks the type alone, not its allowed values. */
export function unrestricted(type: Type): Type {
  switch (type.is) {
    case 'restricted':
      return unrestricted(type.type);
    case 'list':
    case 'range':
      return { is: type.is, of: unrestricted(type.of) };
    case 'context':
      return {
        is: 'context',
        entries: Object.fromEntries(Object.entries(type.entries).map(([name, entry]) => [name, unrestricted(entry)])),
      };
    default:
      return type;
  }
}

const signatures = new WeakMap<FunctionValue, { parameters: Type[]; result: Type }>();

/** Remembers the declared types of a function, for `instance of`. */
export function withSignature(fn: FunctionValue, parameters: Type[], result: Type): FunctionValue {
  signatures.set(fn, { parameters, result });
  return fn;
}

/** A function conforms when it takes at least what the type hands it and gives at most what the type promises. */
function functionConforms(fn: FunctionValue, type: Extract<Type, { is: 'function' }>): boolean {
  if (!type.parameters) return true;
  const known = signatures.get(fn);
  const parameters = known?.parameters ?? fn.parameters.map(() => anyType);
  if (parameters.length !== type.parameters.length) return false;
  const takes = type.parameters.every((wanted, index) => subtype(wanted, parameters[index]!));
  // What a function without a declared result gives is known when it is called.
  const result = known?.result ?? anyType;
  return takes && (!type.result || result.is === 'any' || subtype(result, type.result));
}

/** Whether every value of `a` is one of `b` (DMN 1.5, table 49). */
function subtype(a: Type, b: Type): boolean {
  if (b.is === 'any' || a.is === 'null') return true;
  if (a.is === 'restricted') return a === b || subtype(a.type, b);
  if (b.is === 'restricted') return false;
  if (a.is === 'simple')
    return (b.is === 'simple' && a.name === b.name) || (b.is === 'duration' && a.name.endsWith('duration'));
  if ((a.is === 'list' && b.is === 'list') || (a.is === 'range' && b.is === 'range')) return subtype(a.of, b.of);
  if (a.is === 'context' && b.is === 'context')
    return Object.entries(b.entries).every(([name, entry]) => {
      const mine = a.entries[name];
      return mine !== undefined && subtype(mine, entry);
    });
  if (a.is === 'function' && b.is === 'function') {
    if (!b.parameters) return true;
    return (
      a.parameters?.length === b.parameters.length &&
      b.parameters.every((wanted, index) => subtype(wanted, a.parameters![index]!)) &&
      subtype(a.result ?? anyType, b.result ?? anyType)
    );
  }
  return a.is === b.is;
}

/**
 * The value as one of the type: unchanged, taken out of or put into a list of one, or a date as its midnight in UTC
 * (DMN 1.5, 10.3.2.9.4).
 * @returns undefined when it is not of the type and cannot become so
 */
export function coerce(value: FeelValue, type: Type): FeelValue | undefined {
  if (conforms(value, type)) return value;
  if (value === null) return undefined;
  const list = listType(type);
  if (list && !Array.isArray(value)) {
    const entry = coerce(value, list.of);
    if (entry !== undefined && conforms([entry], type)) return [entry];
  }
  if (!list && Array.isArray(value) && value.length === 1) {
    const [entry = null] = value;
    return conforms(entry, type) ? entry : undefined;
  }
  if (value instanceof DateValue) {
    const midnight = new DateTimeValue(value, new TimeValue(0n, { offset: 0 }));
    if (conforms(midnight, type)) return midnight;
  }
  const entries = contextType(type);
  if (entries && isContext(value)) {
    const made = copyOf(value);
    for (const [name, entry] of Object.entries(entries)) {
      const own = entryOf(value, name);
      const taken = own === undefined ? undefined : coerce(own, entry);
      if (taken === undefined) return undefined;
      made.set(name, taken);
    }
    return conforms(made, type) ? made : undefined;
  }
  if (list && Array.isArray(value)) {
    const entries = value.map((entry) => coerce(entry, list.of));
    const all = entries.flatMap((entry) => (entry === undefined ? [] : [entry]));
    return all.length === value.length && conforms(all, type) ? all : undefined;
  }
  return undefined;
}

function listType(type: Type): Extract<Type, { is: 'list' }> | undefined {
  if (type.is === 'restricted') return listType(type.type);
  return type.is === 'list' ? type : undefined;
}

function contextType(type: Type): Record<string, Type> | undefined {
  if (type.is === 'restricted') return contextType(type.type);
  return type.is === 'context' ? type.entries : undefined;
}
