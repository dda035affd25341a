/** Boxed expressions, ready to run (DMN 1.5, 10.2.2). */
import { filtered } from '../feel/compile/filter.ts';
import { forEach, quantified } from '../feel/compile/iteration.ts';
import type { Compiled } from '../feel/compile/source.ts';
import { calling, within } from '../feel/scope.ts';
import { anyType, coerce, type Type, withSignature } from '../feel/types.ts';
import { type FeelContext, type FeelValue, FunctionValue, functionOf, type Parameter } from '../feel/values.ts';
import { decisionRunning, type Place } from './place.ts';
import type { Boxed, BoxedFunction } from './plan.ts';
import { callee, expression, typeAt, typed } from './program.ts';
import { decisionTable } from './table.ts';
import { shapeOf } from './types.ts';

export function logic(boxed: Boxed, place: Place): Compiled {
  const run = untyped(boxed, place);
  if (!boxed.type || boxed.kind === 'function' || boxed.kind === 'table') return run;
  const type = typeAt(boxed.type, place);
  return type.is === 'any' ? run : (scope) => typed(run(scope), type, 'The result', scope.running);
}

const withNames = (place: Place, names: Record<string, Type>): Place => ({
  ...place,
  shape: { ...place.shape, ...Object.fromEntries(Object.entries(names).map(([name, type]) => [name, shapeOf(type)])) },
});

function untyped(boxed: Boxed, place: Place): Compiled {
  switch (boxed.kind) {
    case 'literal':
      return boxed.text === '' ? () => null : expression(boxed.text, place);
    case 'table':
      return decisionTable(boxed, place);
    case 'context':
      return context(boxed, place);
    case 'list': {
      const entries = boxed.entries.map((entry) => logic(entry, place));
      return (scope) => entries.map((entry) => entry(scope));
    }
    case 'relation': {
      const columns = boxed.columns.map(({ name, type }) => ({ name, type: typeAt(type, place) }));
      const rows = boxed.rows.map((row) => row.map((cell) => logic(cell, place)));
      return (scope) =>
        rows.map(
          (row) =>
            new Map(
              columns.map(({ name, type }, index) => [
                name,
                typed(row[index]?.(scope) ?? null, type, `"${name}"`, scope.running),
              ]),
            ),
        );
    }
    case 'invocation':
      return invocation(boxed, place);
    case 'function':
      return functionDefinition(boxed, place, anyType);
    case 'conditional': {
      const [condition, then, other] = [
        logic(boxed.condition, place),
        logic(boxed.whenTrue, place),
        logic(boxed.otherwise, place),
      ];
      return (scope) => {
        const holds = condition(scope);
        if (holds !== null && typeof holds !== 'boolean') {
          scope.running.fail('The condition is neither true nor false.');
          return null;
        }
        return holds ? then(scope) : other(scope);
      };
    }
    case 'for':
    case 'some':
    case 'every': {
      const iterator = { name: boxed.variable, from: logic(boxed.in, place) };
      const body = logic(boxed.body, withNames(place, { [boxed.variable]: anyType, partial: anyType }));
      if (boxed.kind === 'for') return (scope) => forEach([iterator], body, true, scope);
      const decisive = boxed.kind === 'some';
      return (scope) => quantified([iterator], body, decisive, scope);
    }
    case 'filter': {
      const list = logic(boxed.in, place);
      const match = logic(boxed.match, withNames(place, { item: anyType }));
      return (scope) => {
        const value = list(scope);
        return value === null ? null : filtered(Array.isArray(value) ? value : [value], match, scope);
      };
    }
  }
}

/** Entries see those above them; an entry without a name is the result (DMN 1.5, 10.2.2.4). */
function context(boxed: Extract<Boxed, { kind: 'context' }>, place: Place): Compiled {
  let inner = place;
  const entries = boxed.entries.map(({ name, type: typeName, value }) => {
    const type = typeAt(typeName, place);
    const compiled = { name, type, value: logic(value, inner) };
    if (name) inner = withNames(inner, { [name]: type });
    return compiled;
  });
  return (scope) => {
    const made: FeelContext = new Map();
    const own = within(scope, made);
    for (const { name, type, value } of entries) {
      const result = typed(value(own), type, name ? `"${name}"` : 'The result', scope.running);
      if (!name) return result;
      made.set(name, result);
    }
    return made;
  };
}

function invocation(boxed: Extract<Boxed, { kind: 'invocation' }>, place: Place): Compiled {
  const called = boxed.called === '' ? () => null : callee(boxed.called, place);
  const args = boxed.arguments.map(({ name, value }) => ({ name, value: logic(value, place) }));
  return (scope) => {
    const fn = called(scope);
    if (!(fn instanceof FunctionValue)) {
      scope.running.fail(`"${boxed.called}" is no function.`);
      return null;
    }
    return fn.named(new Map(args.map(({ name, value }) => [name, value(scope)])), scope.running);
  };
}

/** @param result type that the values of the function must be of, besides that of the definition itself */
export function functionDefinition(boxed: BoxedFunction, place: Place, result: Type): Compiled {
  if (boxed.language !== 'FEEL' || !boxed.body) {
    const message = `A function in ${boxed.language} cannot be run.`;
    if (boxed.language !== 'FEEL') place.builder.flaw(place.node, 'external-function', message);
    return (scope) => {
      scope.running.fail(message);
      return null;
    };
  }
  const parameters = boxed.parameters.map(({ name, type }) => ({ name, type: typeAt(type, place) }));
  const own = typeAt(boxed.type, place);
  const resultType = own.is === 'function' ? (own.result ?? anyType) : own;
  const body = logic(
    boxed.body,
    withNames(place, Object.fromEntries(parameters.map(({ name, type }) => [name, type]))),
  );
  const accepting: Parameter[] = parameters.map(({ name, type }) => ({
    name,
    accept: (value: FeelValue) => coerce(value, type),
  }));
  return (scope) => {
    const defined = decisionRunning(scope).element;
    const fn = functionOf(accepting, (values, running) => {
      const variables: FeelContext = new Map(values.map((value, index) => [accepting[index]!.name, value]));
      const value = typed(body(calling(scope, variables, running)), resultType, 'The result', running);
      return typed(value, result, `The result of ${defined}`, running);
    });
    return withSignature(
      fn,
      parameters.map(({ type }) => type),
      result.is === 'any' ? resultType : result,
    );
  };
}
