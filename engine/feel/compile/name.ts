/** Names of variables and functions, and literals after `@`. */
import { FeelFailure } from '../failure.ts';
import { parseAt } from '../parse-temporal.ts';
import { inFilterOfContexts, lookup } from '../scope.ts';
import { children, type FeelNode, nameOf, normalNameOf, stringOf } from '../syntax.ts';
import { type Compiled, type Source, sourceOf } from './source.ts';

/** @param handedOn it is an argument, so a function of FEEL may be meant (`sort(list, before)`) */
export function variable(node: FeelNode, source: Source, handedOn = false): Compiled {
  const name = normalNameOf(source.text, node);
  const fn = source.functions.get(name);
  const { diagram } = source;
  const at = node.from;
  if (!diagram)
    return (scope) => {
      const value = lookup(scope, name);
      if (value !== undefined) return value;
      return fn ?? scope.running.fail(`There is no "${name}"`, at);
    };
  const written = nameOf(source.text, node);
  // A variable that is named like a function and is missing must not silently become that function.
  const otherwise = diagram.asked.has(written) ? null : handedOn ? fn : undefined;
  return (scope) => {
    const own = lookup(scope, name);
    if (own !== undefined) return own;
    const value = scope.running.variable?.(written);
    if (value !== undefined) return value;
    if (otherwise !== undefined) return otherwise;
    // The items of a filter need not all have the same entries: one that lacks it does not match.
    if (inFilterOfContexts(scope)) return null;
    throw new FeelFailure(`There is no variable "${written}"`, at, 'missing-variable');
  };
}

export function atLiteral(node: FeelNode, source: Source): Compiled {
  const [literal] = children(node);
  const text = literal ? stringOf(sourceOf(literal, source)) : '';
  const value = parseAt(text);
  if (value !== null) return () => value;
  const at = node.from;
  return (scope) => scope.running.fail(`"${text}" is no date, time or duration`, at);
}
