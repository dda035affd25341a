/**
 * Compiles feelin's syntax tree to functions that evaluate as the standard says (DMN 1.5, 10.3.2). A null that comes from an error
 * is told as a warning.
 */

import { builtins } from './builtins/index.ts';
import { iterationOf } from './iteration.ts';
import { add, compare, divide, equal, multiply, negate, power, subtract } from './operators.ts';
import { parseAt } from './parse-temporal.ts';
import { propertyOf } from './properties.ts';
import { lookup, normalName, type Scope, within } from './scope.ts';
import { childrenOf, FeelSyntaxError, isRangeType, parseOne, parseTests, type Shape, stringOf } from './syntax.ts';
import { textOf } from './text.ts';
import type { FeelNode } from './tree.ts';
import { anyType, builtInType, coerce, conforms, type Type, unrestricted, withSignature } from './types.ts';
import { compileTest, eachTest, tests } from './unary-tests.ts';
import { type FeelContext, type FeelValue, FunctionValue, functionOf, kindOf, RangeValue } from './values.ts';

export type Compiled = (scope: Scope) => FeelValue;
export type CompiledTests = (scope: Scope, value: FeelValue) => boolean | null;

export interface Names {
  /** Variables that expressions may name, with the entries their values have. */
  shape: Shape;
  /** Types that a model names. */
  type(name: string): Type | undefined;
}

export interface Source {
  text: string;
  names: Names;
}

export const noNames: Names = { shape: {}, type: () => undefined };

/** @throws FeelSyntaxError */
export function compileExpression(text: string, names: Names = noNames): Compiled {
  return compileNode(parseOne(text, names.shape), { text, names });
}

/** @throws FeelSyntaxError */
export function compileUnaryTests(text: string, names: Names = noNames): CompiledTests {
  return tests(parseTests(text, names.shape), { text, names });
}

/** Each test by itself: their order is the priority of output values (DMN 1.5, 8.2.10). @throws FeelSyntaxError */
export function compileTestList(text: string, names: Names = noNames): CompiledTests[] {
  return eachTest(parseTests(text, names.shape), { text, names });
}

const nothing = (): null => null;

export const sourceOf = (node: FeelNode, source: Source): string => source.text.slice(node.from, node.to);

export function nameOf(node: FeelNode, source: Source): string {
  return normalName(sourceOf(node, source));
}

/** The value of a literal, or undefined for anything else. */
export function literalOf(node: FeelNode, source: Source): number | boolean | string | undefined {
  const text = sourceOf(node, source);
  if (node.name === 'NumericLiteral') return Number(text.replace(/\s+/g, ''));
  if (node.name === 'BooleanLiteral') return text === 'true';
  return node.name === 'StringLiteral' ? stringOf(text) : undefined;
}

export function compileNode(node: FeelNode, source: Source): Compiled {
  const parts = childrenOf(node);
  const text = () => sourceOf(node, source);
  const at = (index: number): Compiled => {
    const part = parts[index];
    if (!part) throw new FeelSyntaxError('It ends too early.', node.to);
    return compileNode(part, source);
  };
  switch (node.name) {
    case 'null':
      return nothing;
    case 'NumericLiteral':
    case 'BooleanLiteral':
    case 'StringLiteral': {
      const value = literalOf(node, source) ?? null;
      return () => value;
    }
    case 'DateTimeLiteral':
      return parts[0]?.name === 'AtLiteral' ? atLiteral(parts[0], source) : invocation(parts, source);
    case 'Expression':
    case 'FunctionBody':
    case 'PositiveUnaryTest':
      return at(0);
    case 'ParenthesizedExpression':
      return at(1);
    case 'VariableName':
    case 'SpecialFunctionName':
    case 'DateTimeConstructor':
      return variable(nameOf(node, source));
    case '?':
      return variable('?');
    case 'ArithmeticExpression':
      return arithmetic(parts, source);
    case 'Comparison':
      return comparison(parts, source);
    case 'Conjunction':
      return logical(at(0), at(2), false);
    case 'Disjunction':
      return logical(at(0), at(2), true);
    case 'SimplePositiveUnaryTest':
      return rangeOrTest(node, parts, source);
    case 'Interval':
      return interval(parts, source);
    case 'IfExpression': {
      const [condition, then, other] = [at(1), at(3), at(5)];
      return (scope) => (condition(scope) === true ? then(scope) : other(scope));
    }
    case 'List': {
      const entries = parts.slice(1, -1).map((part) => compileNode(part, source));
      return (scope) => entries.map((entry) => entry(scope));
    }
    case 'Context':
      return context(parts.slice(1, -1), source);
    case 'PathExpression':
      return path(at(0), nameOf(parts[2] ?? node, source));
    case 'FilterExpression':
      return filter(at(0), at(2));
    case 'FunctionInvocation':
      return invocation(parts, source);
    case 'FunctionDefinition':
      return definition(parts, source);
    case 'InstanceOfExpression': {
      const value = at(0);
      const type = typeOf(parts[3] ?? node, source);
      const plain = type && unrestricted(type);
      return (scope) => isInstance(value(scope), plain, scope);
    }
    case 'ForExpression':
    case 'QuantifiedExpression':
      return iterationOf(node, source);
    default:
      throw new FeelSyntaxError(`"${text()}" cannot stand here.`, node.from);
  }
}

function isInstance(value: FeelValue, type: Type | undefined, scope: Scope): FeelValue {
  if (!type) {
    scope.running.warn('There is no such type.');
    return null;
  }
  if (value === null) return type.is === 'null';
  return conforms(value, type);
}

function variable(name: string): Compiled {
  const own = builtins.get(name);
  return (scope) => {
    const value = lookup(scope, name);
    if (value !== undefined) return value;
    if (own) return own;
    scope.running.warn(`There is no "${name}".`);
    return null;
  };
}

function atLiteral(node: FeelNode, source: Source): Compiled {
  const [literal] = childrenOf(node);
  const text = literal ? stringOf(sourceOf(literal, source)) : '';
  const value = parseAt(text);
  return (scope) => {
    if (value === null) scope.running.warn(`"${text}" is no date, time or duration.`);
    return value;
  };
}

const operations: Record<string, (a: FeelValue, b: FeelValue) => FeelValue> = {
  '+': add,
  '-': subtract,
  '*': multiply,
  '/': divide,
  '**': power,
  '^': power,
};

function arithmetic(parts: FeelNode[], source: Source): Compiled {
  const [first, second, third] = parts;
  if (first && second && !third) {
    const value = compileNode(second, source);
    return (scope) => negate(value(scope));
  }
  if (!first || !second || !third) throw new FeelSyntaxError('It ends too early.', first?.from ?? 0);
  const operator = sourceOf(second, source).trim();
  const operation = operations[operator] ?? nothing;
  const [left, right] = [compileNode(first, source), compileNode(third, source)];
  return (scope) => {
    const a = left(scope);
    const b = right(scope);
    const result = operation(a, b);
    if (result === null) scope.running.warn(`${kindOf(a)} ${operator} ${kindOf(b)} has no value.`);
    return result;
  };
}

export function compared(operator: string, a: FeelValue, b: FeelValue): boolean | null {
  if (operator === '=') return equal(a, b);
  if (operator === '!=') {
    const same = equal(a, b);
    return same === null ? null : !same;
  }
  const order = compare(a, b);
  if (order === null) return null;
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
}

function comparison(parts: FeelNode[], source: Source): Compiled {
  const [first, operator, ...rest] = parts;
  if (!first || !operator) throw new FeelSyntaxError('It ends too early.', 0);
  const left = compileNode(first, source);
  if (operator.name === 'between') {
    const [low, high] = [compileNode(rest[0]!, source), compileNode(rest[2]!, source)];
    return (scope) => {
      const value = left(scope);
      const [from, to] = [low(scope), high(scope)];
      return both(compared('>=', value, from), compared('<=', value, to));
    };
  }
  if (operator.name === 'in') {
    const wanted = rest.find((part) => part.name.startsWith('PositiveUnaryTest'));
    if (!wanted) throw new FeelSyntaxError('Nothing follows "in".', operator.to);
    const all = wanted.name === 'PositiveUnaryTests' ? childrenOf(wanted) : [wanted];
    const checks = all.map((part) => compileTest(part, source));
    return (scope) => {
      const value = left(scope);
      let unknown = false;
      for (const check of checks) {
        const result = check(scope, value);
        if (result === true) return true;
        unknown ||= result === null;
      }
      return unknown ? null : false;
    };
  }
  const symbol = sourceOf(operator, source);
  const right = compileNode(rest[0]!, source);
  return (scope) => {
    const a = left(scope);
    const b = right(scope);
    const result = compared(symbol, a, b);
    if (result === null && a !== null && b !== null)
      scope.running.warn(`${kindOf(a)} ${symbol} ${kindOf(b)} cannot be compared.`);
    return result;
  };
}

const both = (a: boolean | null, b: boolean | null): boolean | null => {
  if (a === false || b === false) return false;
  return a === null || b === null ? null : true;
};

/** Three values: true, false, and null for whatever is neither (DMN 1.5, table 50). */
function logical(left: Compiled, right: Compiled, decisive: boolean): Compiled {
  return (scope) => {
    const a = left(scope);
    if (a === decisive) return decisive;
    const b = right(scope);
    if (b === decisive) return decisive;
    return a === !decisive && b === !decisive ? !decisive : null;
  };
}

/** `> 5` where a value is wanted is a range, `= 5` too (DMN 1.5, 10.3.2.7). */
function rangeOrTest(node: FeelNode, parts: FeelNode[], source: Source): Compiled {
  const [operator, operand] = parts;
  if (operator?.name === 'Interval') return compileNode(operator, source);
  if (!operator || !operand) throw new FeelSyntaxError('It ends too early.', node.to);
  const symbol = sourceOf(operator, source);
  const value = compileNode(operand, source);
  return (scope) => {
    const bound = value(scope);
    if (symbol === '=') return new RangeValue(bound, bound, true, true);
    if (bound === null || symbol === '!=') return null;
    const included = symbol.endsWith('=');
    return symbol.startsWith('>')
      ? new RangeValue(bound, null, included, false, true)
      : new RangeValue(null, bound, false, included, true);
  };
}

function interval(parts: FeelNode[], source: Source): Compiled {
  const [open, low, , high, close] = parts;
  if (!open || !low || !high || !close) throw new FeelSyntaxError('A range has two ends.', open?.from ?? 0);
  const [from, to] = [compileNode(low, source), compileNode(high, source)];
  const startIncluded = open.name === '[';
  const endIncluded = close.name === ']';
  return (scope) => rangeOf(from(scope), to(scope), startIncluded, endIncluded, scope);
}

function rangeOf(start: FeelValue, end: FeelValue, startIncluded: boolean, endIncluded: boolean, scope: Scope) {
  if (start !== null && end !== null) {
    const order = compare(start, end);
    if (order === null || order > 0) {
      scope.running.warn(`There is no range from ${describe(start)} to ${describe(end)}.`);
      return null;
    }
  }
  return new RangeValue(start, end, startIncluded, endIncluded);
}

function context(entries: FeelNode[], source: Source): Compiled {
  const compiled = entries.map((entry) => {
    const [key, value] = childrenOf(entry);
    if (!key || !value) throw new FeelSyntaxError('An entry has a name and a value.', entry.from);
    const text = sourceOf(key, source);
    return { key: text.startsWith('"') ? stringOf(text) : normalName(text), value: compileNode(value, source) };
  });
  const keys = new Set(compiled.map(({ key }) => key));
  return (scope) => {
    const made: FeelContext = new Map();
    if (keys.size !== compiled.length) {
      scope.running.warn('A context names an entry twice.');
      return null;
    }
    const inner = within(scope, made);
    for (const { key, value } of compiled) made.set(key, value(inner));
    return made;
  };
}

function path(target: Compiled, name: string): Compiled {
  const read = (value: FeelValue, scope: Scope): FeelValue => {
    const found = propertyOf(value, name);
    if (found === undefined && value !== null) scope.running.warn(`A ${kindOf(value)} has no "${name}" here.`);
    return found ?? null;
  };
  return (scope) => {
    const value = target(scope);
    return Array.isArray(value) ? value.map((entry) => read(entry, scope)) : read(value, scope);
  };
}

/** A number is a place, counted from 1 or back from -1; anything else is a test of each entry (DMN 1.5, 10.3.2.5). */
function filter(target: Compiled, condition: Compiled): Compiled {
  return (scope) => {
    const value = target(scope);
    if (value === null) return null;
    return filtered(Array.isArray(value) ? value : [value], condition, scope);
  };
}

export function filtered(list: FeelValue[], condition: Compiled, scope: Scope): FeelValue {
  const inner = (item: FeelValue): Scope => {
    const own = within(scope, new Map([['item', item]]));
    return item instanceof Map ? within(own, item) : own;
  };
  const kept: FeelValue[] = [];
  for (const [index, item] of (list.length > 0 ? list : [null]).entries()) {
    const result = condition(inner(item));
    if (typeof result === 'number') {
      if (index === 0) return entryAt(list, result, scope);
      scope.running.warn('A filter is a number for some entries only.');
    } else if (result === true && list.length > 0) kept.push(item);
    else if (result !== false && result !== null) {
      scope.running.warn(`A filter is a ${kindOf(result)}.`);
      if (index === 0) return null;
    }
  }
  return kept;
}

function entryAt(list: FeelValue[], position: number, scope: Scope): FeelValue {
  const found = list[position < 0 ? list.length + position : position - 1];
  if (found === undefined) scope.running.warn(`The list has no entry ${position}.`);
  return found ?? null;
}

function invocation(parts: FeelNode[], source: Source): Compiled {
  const [target, , parameters] = parts;
  if (!target) throw new FeelSyntaxError('Nothing is called.', 0);
  const called = compileNode(target, source);
  const name = nameOf(target, source);
  const call = (fn: FeelValue, scope: Scope): FunctionValue | null => {
    if (fn instanceof FunctionValue) return fn;
    scope.running.warn(`"${name}" is no function.`);
    return null;
  };
  if (parameters?.name === 'NamedParameters') {
    const named = childrenOf(parameters).map((parameter) => {
      const [key, value] = childrenOf(parameter);
      return [nameOf(key ?? parameter, source), compileNode(value ?? parameter, source)] as const;
    });
    return (scope) => {
      const fn = call(called(scope), scope);
      if (!fn) return null;
      return fn.named(new Map(named.map(([key, value]) => [key, value(scope)])), scope.running);
    };
  }
  const positional = parameters?.name === 'PositionalParameters' ? childrenOf(parameters) : [];
  const args = positional.map((argument) => compileNode(argument, source));
  return (scope) => {
    const fn = call(called(scope), scope);
    if (!fn) return null;
    return fn.positional(
      args.map((argument) => argument(scope)),
      scope.running,
    );
  };
}

function definition(parts: FeelNode[], source: Source): Compiled {
  const body = parts.find((part) => part.name === 'FunctionBody');
  const formal = parts.filter((part) => part.name === 'FormalParameters').flatMap(childrenOf);
  const external = parts.some((part) => part.name === 'external');
  const parameters = formal.map((parameter) => {
    const [key, type] = childrenOf(parameter);
    return { name: nameOf(key ?? parameter, source), type: type ? typeOf(type, source) : anyType };
  });
  if (external || !body)
    return (scope) => {
      scope.running.warn('A function outside FEEL cannot be run.');
      return null;
    };
  const result = compileNode(body, source);
  return (scope) => {
    const accepting = parameters.map(({ name, type = anyType }) => ({
      name,
      accept: (value: FeelValue) => coerce(value, type),
    }));
    const fn = functionOf(accepting, (args, running) => {
      const own = new Map(args.map((value, index) => [accepting[index]!.name, value]));
      return result({ variables: own, outer: scope, running });
    });
    return withSignature(
      fn,
      parameters.map(({ type = anyType }) => type),
      anyType,
    );
  };
}

/** The type that a `Type` node names, or undefined where there is none of that name. */
export function typeOf(node: FeelNode, source: Source): Type | undefined {
  const parts = childrenOf(node);
  const inner = (part: FeelNode | undefined): Type | undefined => part && typeOf(part, source);
  switch (node.name) {
    case 'Type':
      return inner(parts[0]);
    case 'ListType': {
      const of = inner(parts.find((part) => part.name === 'Type'));
      return of && { is: isRangeType(source.text, node) ? 'range' : 'list', of };
    }
    case 'ContextType': {
      const entries: Record<string, Type> = {};
      for (const entry of parts.filter((part) => part.name === 'ContextEntryTypes').flatMap(childrenOf)) {
        if (entry.name !== 'ContextEntryType') continue;
        const [key, type] = childrenOf(entry);
        const found = inner(type);
        if (!key || !found) return undefined;
        entries[nameOf(key, source)] = found;
      }
      return { is: 'context', entries };
    }
    case 'FunctionType': {
      const types = parts.filter((part) => part.name === 'ArgumentTypes').flatMap(childrenOf);
      const parameters = types.filter((part) => part.name === 'ArgumentType').map((part) => inner(childrenOf(part)[0]));
      const known = parameters.flatMap((type) => (type ? [type] : []));
      const result = inner(parts.find((part) => part.name === 'Type'));
      if (known.length !== parameters.length || !result) return undefined;
      return { is: 'function', parameters: known, result };
    }
    default: {
      const name = nameOf(node, source);
      return builtInType(name) ?? source.names.type(name);
    }
  }
}

export const describe = (value: FeelValue): string => (value === null ? 'null' : `${kindOf(value)} ${textOf(value)}`);
