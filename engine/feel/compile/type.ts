/** Types as expressions name them, and `instance of` (DMN 1.5, 10.3.2.9 and grammar rules 49 to 53). */
import { children, type FeelNode, isRangeType, normalNameOf } from '../syntax.ts';
import { builtInType, conforms, type Type, unrestricted } from '../types.ts';
import { type Compiled, type Source, sourceOf } from './source.ts';

export function instanceOf(value: Compiled, node: FeelNode, source: Source): Compiled {
  const named = typeOf(node, source);
  const type = named && unrestricted(named);
  if (!type) {
    const [name, at] = [sourceOf(node, source), node.from];
    return (scope) => scope.running.fail(`There is no type "${name}"`, at);
  }
  return (scope) => {
    const given = value(scope);
    return given === null ? type.is === 'null' : conforms(given, type);
  };
}

/** The type that a `Type` node names, or undefined where there is none of that name. */
export function typeOf(node: FeelNode, source: Source): Type | undefined {
  const parts = children(node);
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
      for (const entry of parts.filter((part) => part.name === 'ContextEntryTypes').flatMap(children)) {
        if (entry.name !== 'ContextEntryType') continue;
        const [key, type] = children(entry);
        const found = inner(type);
        if (!key || !found) return undefined;
        entries[normalNameOf(source.text, key)] = found;
      }
      return { is: 'context', entries };
    }
    case 'FunctionType': {
      const types = parts.filter((part) => part.name === 'ArgumentTypes').flatMap(children);
      const parameters = types.filter((part) => part.name === 'ArgumentType').map((part) => inner(children(part)[0]));
      const known = parameters.flatMap((type) => (type ? [type] : []));
      const result = inner(parts.find((part) => part.name === 'Type'));
      if (known.length !== parameters.length || !result) return undefined;
      return { is: 'function', parameters: known, result };
    }
    default: {
      const name = normalNameOf(source.text, node);
      return builtInType(name) ?? source.names.type(name);
    }
  }
}
