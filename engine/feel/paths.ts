/** Which parts of a variable an expression reads: the paths of names that begin with it. */
import { children, type FeelNode, nameOf, parse } from './syntax.ts';

/**
 * @param source FEEL without leading `=`
 * @returns what follows the variable in each place, with dots: `limits.refund` for `rules.limits.refund`; empty where it is read as a whole
 */
export function pathsOf(source: string, variable: string): string[] {
  if (!source.includes(variable)) return [];
  const found = new Set<string>();
  const visit = (node: FeelNode): void => {
    const path = pathFrom(node, variable, source);
    if (path) found.add(path.join('.'));
    else for (const child of children(node)) visit(child);
  };
  visit(parse(source));
  return [...found];
}

function pathFrom(node: FeelNode, variable: string, source: string): string[] | undefined {
  if (node.name === 'VariableName') return nameOf(source, node) === variable ? [] : undefined;
  if (node.name !== 'PathExpression') return undefined;
  const [target, , name] = children(node);
  const before = target && pathFrom(target, variable, source);
  return before && name && [...before, nameOf(source, name)];
}
