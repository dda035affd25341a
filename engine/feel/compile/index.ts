/** Compiles feelin's syntax tree to functions that evaluate as the standard says (DMN 1.5, 10.3.2). */
import { builtins, definitionFunctions } from '../builtins/index.ts';
import { FeelSyntaxError } from '../failure.ts';
import { children, type FeelNode, literalOf, parseOne, parseTests } from '../syntax.ts';
import { arithmetic } from './arithmetic.ts';
import { invocation } from './call.ts';
import { comparison, conditional, logical } from './comparison.ts';
import { context, path } from './context.ts';
import { filter, list } from './filter.ts';
import { definition } from './function.ts';
import { iteration } from './iteration.ts';
import { atLiteral, variable } from './name.ts';
import { interval, rangeOrTest } from './range.ts';
import { type Compiled, type CompiledTests, type Names, noNames, part, type Source, sourceOf } from './source.ts';
import { instanceOf } from './type.ts';
import { compileTest, eachTest, tests } from './unary-test.ts';

/** By the standard: what cannot be computed is null with a warning. @throws FeelSyntaxError */
export const compileExpression = (text: string, names: Names = noNames): Compiled =>
  compileNode(parseOne(text, names.shape), source(text, names));

/** @throws FeelSyntaxError */
export const compileUnaryTests = (text: string, names: Names = noNames): CompiledTests =>
  tests(parseTests(text, names.shape), source(text, names));

/** Each test by itself: their order is the priority of output values (DMN 1.5, 8.2.10). @throws FeelSyntaxError */
export const compileTestList = (text: string, names: Names = noNames): CompiledTests[] =>
  eachTest(parseTests(text, names.shape), source(text, names));

/**
 * For diagrams: what cannot be computed ends the evaluation with a FeelFailure.
 * @param root the tree of the text
 * @param asked names that are null where nothing has them
 * @throws FeelSyntaxError
 */
export function compileDefinition(text: string, root: FeelNode, asked: ReadonlySet<string>): Compiled {
  return compileNode(root, { ...source(text, noNames), functions: definitionFunctions, diagram: { asked } });
}

/** Nodes within each other: what is compiled goes as deep when it runs, and the stack must hold it wherever that is. */
const maxDepth = 1_000;

function source(text: string, names: Names): Source {
  let depth = 0;
  return {
    text,
    names,
    functions: builtins,
    compile(node) {
      if (++depth > maxDepth)
        throw new FeelSyntaxError(`Its parts lie more than ${maxDepth} deep in each other.`, node.from);
      const compiled = compileNode(node, this);
      depth--;
      return compiled;
    },
    test(node) {
      return compileTest(node, this);
    },
  };
}

function compileNode(node: FeelNode, source: Source): Compiled {
  const parts = children(node);
  const at = (index: number): Compiled => source.compile(part(parts, index));
  switch (node.name) {
    case 'null':
      return () => null;
    case 'NumericLiteral':
    case 'BooleanLiteral':
    case 'StringLiteral': {
      const value = literalOf(source.text, node) ?? null;
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
    case '?':
      return variable(node, source);
    case 'ArithmeticExpression':
      return arithmetic(parts, source);
    case 'Comparison':
      return comparison(parts, source);
    case 'Conjunction':
      return logical(at(0), at(2), false, source);
    case 'Disjunction':
      return logical(at(0), at(2), true, source);
    case 'SimplePositiveUnaryTest':
      return rangeOrTest(parts, source);
    case 'Interval':
      return interval(parts, source);
    case 'IfExpression':
      return conditional(parts, source);
    case 'List':
      return list(parts.slice(1, -1), source);
    case 'Context':
      return context(parts.slice(1, -1), source);
    case 'PathExpression':
      return path(at(0), part(parts, 2), source);
    case 'FilterExpression':
      return filter(parts, source);
    case 'FunctionInvocation':
      return invocation(parts, source);
    case 'FunctionDefinition':
      return definition(parts, source);
    case 'InstanceOfExpression':
      return instanceOf(at(0), part(parts, 3), source);
    case 'ForExpression':
    case 'QuantifiedExpression':
      return iteration(node, source);
    default:
      throw new FeelSyntaxError(`"${sourceOf(node, source)}" cannot stand here.`, node.from);
  }
}
