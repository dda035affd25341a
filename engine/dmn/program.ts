/** A plan ready to run: every expression of it compiled once. What cannot be read is kept as a flaw and evaluates to a problem. */
import { spend, weightOf } from '../feel/budget.ts';
import { compileExpression, compileTestList, compileUnaryTests } from '../feel/compile/index.ts';
import type { Compiled, CompiledTests } from '../feel/compile/source.ts';
import { excerpt } from '../feel/excerpt.ts';
import { FeelSyntaxError } from '../feel/failure.ts';
import { misspeltOperator, operatorMessage } from '../feel/misspelt-operators.ts';
import type { Shape } from '../feel/names.ts';
import type { Scope } from '../feel/scope.ts';
import { anyType, coerce, type Type } from '../feel/types.ts';
import { type FeelValue, kindOf, type Running } from '../feel/values.ts';
import { opening } from './open.ts';
import { type Builder, decisionRunning, type Flaw, type Place } from './place.ts';
import type { DecisionNode, DecisionPlan } from './plan.ts';
import { namesOf, shapeOf, typesOf } from './types.ts';

export function newBuilder(plan: DecisionPlan, flaws: Flaw[]): Builder {
  const flaw = (node: { id: string }, code: string, message: string) => flaws.push({ code, message, element: node.id });
  const types = typesOf(plan, (tests, failure) =>
    flaw({ id: plan.id }, 'bad-expression', `Allowed values "${tests}" cannot be read: ${messageOf(failure)}`),
  );
  return { plan, types, flaw };
}

const messageOf = (failure: unknown): string => (failure instanceof Error ? failure.message : String(failure));

function guarded<T>(place: Place, text: string, make: () => T, otherwise: (say: (scope: Scope) => void) => T): T {
  try {
    const operator = misspeltOperator(text);
    if (operator) throw new FeelSyntaxError(operatorMessage(operator), operator.from);
    return make();
  } catch (failure) {
    if (!(failure instanceof FeelSyntaxError)) throw failure;
    const message = `The expression "${excerpt(text)}" cannot be read. ${failure.message}`;
    place.builder.flaw(place.node, 'bad-expression', message);
    return otherwise((scope) => decisionRunning(scope).problem('bad-expression', message));
  }
}

const names = (place: Place) => namesOf(place.shape, place.builder.types, place.node.namespace);

/** @param type that its value is to have */
export function expression(text: string, place: Place, type?: Type): Compiled {
  return readable(text, place, () => {
    const compiled = compileExpression(text, names(place));
    const open = opening(text, place, { kind: 'expression', ...(type && { type }) });
    const weight = weightOf(text.length);
    return (scope) => {
      spend(weight);
      return compiled(open ? open(scope) : scope);
    };
  });
}

/** What an invocation calls: never a variable, as JSON holds no functions. */
export const callee = (text: string, place: Place): Compiled =>
  readable(text, place, () => compileExpression(text, names(place)));

function readable(text: string, place: Place, make: () => Compiled): Compiled {
  return guarded(place, text, make, (say) => (scope) => {
    say(scope);
    return null;
  });
}

const never = (say: (scope: Scope) => void): CompiledTests => {
  return (scope) => {
    say(scope);
    return false;
  };
};

export const unaryTests = (text: string, place: Place): CompiledTests =>
  guarded(
    place,
    text,
    () => {
      const compiled = compileUnaryTests(text, names(place));
      const open = opening(text, place, { kind: 'tests' });
      return open ? (scope, value) => compiled(open(scope), value) : compiled;
    },
    never,
  );

export const testList = (text: string, place: Place): CompiledTests[] =>
  guarded(
    place,
    text,
    () => compileTestList(text, names(place)),
    (say) => [never(say)],
  );

/** The type that a place names; one that is not there is a flaw and holds nothing. */
export function typeAt(name: string | undefined, place: Place): Type {
  const found = place.builder.types.named(name, place.node.namespace);
  if (!found) place.builder.flaw(place.node, 'unknown-type', `There is no type "${name}".`);
  return found ?? anyType;
}

/** A value that is not of the type it should be is null (DMN 1.5, 10.3.2.9.4). */
export function typed(value: FeelValue, type: Type, what: string, running: Running): FeelValue {
  if (type.is === 'any') return value;
  const made = coerce(value, type);
  if (made !== undefined) return made;
  running.fail(`${what} is a ${kindOf(value)}, which is not of its type.`);
  return null;
}

/** Names with what the parser needs to know of them, of everything a node requires. */
export function shapeOfRequirements(node: DecisionNode, builder: Builder): Record<string, Shape> {
  const shape: Record<string, Shape> = {};
  const requires = node.kind === 'decision' || node.kind === 'knowledge' ? node.requires : [];
  for (const { key, name, scope } of requires) {
    const required = builder.plan.nodes[key];
    const type = required && builder.types.named(required.type, required.namespace);
    const own = shapeOf(type?.is === 'function' ? type.result : type);
    if (scope === undefined) shape[name] = own;
    else shape[scope] = { ...shape[scope], [name]: own };
  }
  return shape;
}
