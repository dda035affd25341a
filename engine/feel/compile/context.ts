/** Contexts and what is read of them: `{a: 1}` and `value.name` (DMN 1.5, 10.3.2.5 and 10.3.2.6). */
import { spend } from '../budget.ts';
import { entryOf, isContext } from '../contexts.ts';
import { propertyOf } from '../properties.ts';
import { type Scope, within } from '../scope.ts';
import { children, type FeelNode, normalNameOf, stringOf } from '../syntax.ts';
import { shown } from '../text.ts';
import { type FeelContext, type FeelValue, kindOf } from '../values.ts';
import { type Compiled, part, type Source, sourceOf } from './source.ts';

export function context(entries: FeelNode[], source: Source): Compiled {
  const compiled = entries.map((entry) => {
    const [key, value] = [part(children(entry), 0), part(children(entry), 1)];
    const text = sourceOf(key, source);
    return {
      key: text.startsWith('"') ? stringOf(text) : normalNameOf(source.text, key),
      from: entry.from,
      value: source.compile(value),
    };
  });
  const twice = compiled.find(({ key }, index) => compiled.findIndex((other) => other.key === key) < index);
  if (twice) return (scope) => scope.running.fail(`A context has the entry "${twice.key}" twice`, twice.from);
  return (scope) => {
    const made: FeelContext = new Map();
    const inner = within(scope, made);
    for (const { key, value } of compiled) made.set(key, value(inner));
    return made;
  };
}

export function path(target: Compiled, node: FeelNode, source: Source): Compiled {
  const name = normalNameOf(source.text, node);
  const at = node.from;
  const inDefinition = source.diagram !== undefined;
  const read = (value: FeelValue, scope: Scope): FeelValue => {
    if (value === null) return null;
    if (isContext(value)) {
      const found = entryOf(value, name);
      if (found !== undefined) return found;
      // An entry that a variable does not have is null, without a word (tests/engine/feel/evaluator.test.ts).
      if (inDefinition) return null;
    } else {
      const found = propertyOf(value, name);
      if (found !== undefined) return found;
    }
    return scope.running.fail(`The ${kindOf(value)} ${shown(value)} has no "${name}"`, at);
  };
  return (scope) => {
    const value = target(scope);
    if (!Array.isArray(value)) return read(value, scope);
    spend(value.length);
    return value.map((entry) => read(entry, scope));
  };
}
