/** Types that a model names, as FEEL types (DMN 1.5, 7.3.3 and 10.3.2.9). */
import { compileUnaryTests } from '../feel/compile/index.ts';
import type { CompiledTests, Names } from '../feel/compile/source.ts';
import type { Shape } from '../feel/names.ts';
import { normalName } from '../feel/names.ts';
import { scopeOf } from '../feel/scope.ts';
import { anyType, builtInType, type Type } from '../feel/types.ts';
import type { FeelValue, Running } from '../feel/values.ts';
import type { DataType, DecisionPlan } from './plan.ts';

export interface Types {
  /** @returns undefined where the model has no type of that name */
  named(name: string | undefined, namespace: string): Type | undefined;
}

/** Called for tests that cannot be parsed; they allow nothing. */
export type OnBadTests = (text: string, failure: unknown) => void;

/** Allowed values are constants: neither the clock nor the calendar is asked. */
const silent: Running = {
  context: {
    now: '1970-01-01T00:00:00.000Z',
    calendar: { id: 'none', version: 0, zone: 'UTC', years: {}, off: {}, worked: {} },
  },
  fail: () => null,
  note: () => null,
  depth: 0,
};

export function typesOf(plan: DecisionPlan, onBadTests: OnBadTests): Types {
  const known = new Map<string, Type | undefined>();

  function named(name: string | undefined, namespace: string): Type | undefined {
    if (!name) return anyType;
    const plain = normalName(name);
    const builtIn = builtInType(plain);
    if (builtIn && !plan.types[namespace]?.[plain]) return builtIn;
    const key = `${namespace}#${plain}`;
    if (known.has(key)) return known.get(key);
    // A type that holds itself is not looked into again.
    known.set(key, anyType);
    const own = plan.types[namespace]?.[plain];
    const found = own ? made(own, namespace) : (imported(plain, namespace) ?? generic(plain, namespace));
    known.set(key, found);
    return found;
  }

  function imported(name: string, namespace: string): Type | undefined {
    for (const [scope, other] of Object.entries(plan.imports[namespace] ?? {})) {
      if (scope === '' && plan.types[other]?.[name]) return named(name, other);
      if (scope !== '' && name.startsWith(`${scope}.`)) return named(name.slice(scope.length + 1), other);
    }
    return undefined;
  }

  /** `list<string>` as a type reference. */
  function generic(name: string, namespace: string): Type | undefined {
    const match = /^(list|range)<(.+)>$/.exec(name);
    const of = match && named(match[2], namespace);
    return of ? { is: match[1] === 'list' ? 'list' : 'range', of } : undefined;
  }

  function made(data: DataType, namespace: string): Type | undefined {
    const base = data.function ? functionType(data.function, namespace) : simpleOrContext(data, namespace);
    if (!base) return undefined;
    const entry = restricted(base, data.allowedValues, namespace);
    const whole: Type = data.isCollection ? { is: 'list', of: entry } : entry;
    return restricted(whole, data.typeConstraint, namespace);
  }

  function simpleOrContext(data: DataType, namespace: string): Type | undefined {
    if (!data.components) return named(data.type, namespace);
    return {
      is: 'context',
      entries: Object.fromEntries(
        data.components.map((component) => [component.name, made(component.type, namespace) ?? anyType]),
      ),
    };
  }

  function functionType(fn: NonNullable<DataType['function']>, namespace: string): Type {
    return {
      is: 'function',
      parameters: fn.parameters.map(({ type }) => named(type, namespace) ?? anyType),
      result: named(fn.result, namespace) ?? anyType,
    };
  }

  function restricted(type: Type, tests: string | undefined, namespace: string): Type {
    if (!tests) return type;
    let holds: CompiledTests;
    try {
      holds = compileUnaryTests(tests, { shape: { '?': shapeOf(type) }, type: (name) => named(name, namespace) });
    } catch (failure) {
      onBadTests(tests, failure);
      return type;
    }
    const allows = (value: FeelValue): boolean => holds(scopeOf(new Map(), silent), value) === true;
    return { is: 'restricted', type, allows };
  }

  return { named };
}

/** What the parser needs to know of a type: the names of entries. */
export function shapeOf(type: Type | undefined): Shape {
  if (!type) return null;
  if (type.is === 'restricted') return shapeOf(type.type);
  if (type.is === 'list') return shapeOf(type.of);
  if (type.is === 'function') return null;
  if (type.is !== 'context') return null;
  return Object.fromEntries(Object.entries(type.entries).map(([name, entry]) => [name, shapeOf(entry)]));
}

export const namesOf = (shape: Shape, types: Types, namespace: string): Names => ({
  shape,
  type: (name) => types.named(name, namespace),
});
