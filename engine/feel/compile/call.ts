/** Calls of functions (DMN 1.5, 10.3.2.13). */
import { FeelFailure } from '../failure.ts';
import { lookup, type Scope } from '../scope.ts';
import { children, type FeelNode, nameOf, normalNameOf } from '../syntax.ts';
import { shown } from '../text.ts';
import { type FeelValue, FunctionValue } from '../values.ts';
import { variable } from './name.ts';
import { type Compiled, part, type Source } from './source.ts';

type Callee = (scope: Scope) => FunctionValue | null;

/** Made of constants they are constants: `duration("P7D")`. */
const constructors = new Set(['date', 'time', 'date and time', 'duration']);

export function invocation(parts: FeelNode[], source: Source): Compiled {
  const target = part(parts, 0);
  const parameters = parts[2];
  const name = normalNameOf(source.text, target);
  if (source.diagram && parameters?.name === 'PositionalParameters') {
    const args = children(parameters);
    if (name === 'is defined' && args.length === 1) return isDefined(tolerant(part(args, 0), source));
    if (name === 'get or else' && args.length === 2)
      return getOrElse(tolerant(part(args, 0), source), argument(part(args, 1), source));
  }
  const called = callee(target, source);
  if (parameters?.name === 'NamedParameters') return withNames(called, target, parameters, source);
  const positional = parameters?.name === 'PositionalParameters' ? children(parameters) : [];
  const args = positional.map((node) => argument(node, source));
  const constant =
    source.diagram && constructors.has(name) && positional.every((node) => node.name.endsWith('Literal'));
  return constant ? once(call(called, target.from, args)) : call(called, target.from, args);
}

function call(called: Callee, at: number, args: Compiled[]): Compiled {
  return (scope) => {
    const fn = called(scope);
    if (fn === null) return null;
    const values: FeelValue[] = [];
    for (const arg of args) values.push(arg(scope));
    scope.running.at = at;
    return fn.positional(values, scope.running);
  };
}

function withNames(called: Callee, target: FeelNode, parameters: FeelNode, source: Source): Compiled {
  const named = children(parameters).map((parameter) => {
    const [key = parameter, value = parameter] = children(parameter);
    return [normalNameOf(source.text, key), argument(value, source)] as const;
  });
  const at = target.from;
  return (scope) => {
    const fn = called(scope);
    if (fn === null) return null;
    const values = new Map(named.map(([key, value]) => [key, value(scope)]));
    scope.running.at = at;
    return fn.named(values, scope.running);
  };
}

const names = new Set(['VariableName', 'SpecialFunctionName', 'DateTimeConstructor']);

/**
 * What is invoked is any expression (DMN 1.5, grammar rule 38). Variables of a process hold no functions: a name is the expression's own or
 * FEEL's.
 */
function callee(written: FeelNode, source: Source): Callee {
  const target = withoutParentheses(written);
  if (names.has(target.name)) return functionNamed(target, source);
  const value = source.compile(target);
  const at = written.from;
  return (scope) => {
    const fn = value(scope);
    if (fn instanceof FunctionValue) return fn;
    return scope.running.fail(`${shown(fn)} is no function`, at);
  };
}

function withoutParentheses(node: FeelNode): FeelNode {
  const inner = node.name === 'ParenthesizedExpression' ? children(node)[1] : undefined;
  return inner ? withoutParentheses(inner) : node;
}

function functionNamed(target: FeelNode, source: Source): Callee {
  const name = normalNameOf(source.text, target);
  const written = nameOf(source.text, target);
  const at = target.from;
  const missing = (scope: Scope): null => scope.running.fail(`There is no function "${written}"`, at);
  if (source.diagram) {
    const own = source.functions.get(name);
    return (scope) => {
      const fn = lookup(scope, name) ?? own;
      return fn instanceof FunctionValue ? fn : missing(scope);
    };
  }
  const value = source.compile(target);
  return (scope) => {
    const fn = value(scope);
    return fn instanceof FunctionValue ? fn : missing(scope);
  };
}

const argument = (node: FeelNode, source: Source): Compiled =>
  node.name === 'VariableName' ? variable(node, source, true) : source.compile(node);

/** A failure of the argument is null, as the function checks for it. */
function tolerant(node: FeelNode, source: Source): Compiled {
  const value = argument(node, source);
  return (scope) => {
    try {
      return value(scope);
    } catch (failure) {
      if (failure instanceof FeelFailure) return null;
      throw failure;
    }
  };
}

const isDefined =
  (value: Compiled): Compiled =>
  (scope) =>
    value(scope) !== null;

const getOrElse =
  (value: Compiled, otherwise: Compiled): Compiled =>
  (scope) => {
    const given = value(scope);
    const other = otherwise(scope);
    return given ?? other;
  };

function once(make: Compiled): Compiled {
  let made: FeelValue = null;
  return (scope) => {
    if (made === null) made = make(scope);
    return made;
  };
}
