/** Boxed expressions of a definition as plain JSON (DMN 1.5, 7.3 and 10.2.2). */
import { normalName } from '../feel/names.ts';
import { child, children, type DmnElement, named, plainType, text } from './element.ts';
import type { Aggregation, Boxed, BoxedFunction, DecisionTable, HitPolicy } from './plan.ts';

function base(element: DmnElement): { id?: string; type?: string } {
  const id = text(element, 'id');
  const type = text(element, 'typeRef');
  return { ...(id && { id }), ...(type && { type: plainType(type) }) };
}

const missing: Boxed = { kind: 'literal', text: 'null' };

/** The content of `<in>`, `<return>`, `<if>` and the like. */
function inside(element: DmnElement, name: string): Boxed {
  const wrapper = child(element, name);
  return (wrapper && boxed(child(wrapper, 'value'))) ?? missing;
}

const textIn = (element: DmnElement, name: string): string | undefined => {
  const part = child(element, name);
  return part && text(part, 'text');
};

export function boxed(element: DmnElement | undefined): Boxed | undefined {
  if (!element) return undefined;
  const common = base(element);
  switch (element.$type) {
    case 'dmn:LiteralExpression':
      return { kind: 'literal', ...common, text: text(element, 'text') ?? '' };
    case 'dmn:DecisionTable':
      return table(element);
    case 'dmn:Context':
      return {
        kind: 'context',
        ...common,
        entries: children(element, 'contextEntry').map((entry) => {
          const variable = child(entry, 'variable');
          return { ...(variable && named(variable)), value: boxed(child(entry, 'value')) ?? missing };
        }),
      };
    case 'dmn:List':
      return {
        kind: 'list',
        ...common,
        entries: children(element, 'elements').map((entry) => boxed(entry) ?? missing),
      };
    case 'dmn:Relation':
      return {
        kind: 'relation',
        ...common,
        columns: children(element, 'column').map(named),
        rows: children(element, 'row').map((row) => children(row, 'elements').map((cell) => boxed(cell) ?? missing)),
      };
    case 'dmn:Invocation': {
      const called = child(element, 'calledFunction');
      return {
        kind: 'invocation',
        ...common,
        called: (called && text(called, 'text')) ?? '',
        arguments: children(element, 'binding').flatMap((binding) => {
          const parameter = child(binding, 'parameter');
          const value = boxed(child(binding, 'bindingFormula'));
          return parameter ? [{ name: named(parameter).name, value: value ?? missing }] : [];
        }),
      };
    }
    case 'dmn:FunctionDefinition':
      return functionLogic(element);
    case 'dmn:Conditional':
      return {
        kind: 'conditional',
        ...common,
        condition: inside(element, 'if'),
        whenTrue: inside(element, 'then'),
        otherwise: inside(element, 'else'),
      };
    case 'dmn:For':
    case 'dmn:Some':
    case 'dmn:Every': {
      const kind = element.$type === 'dmn:For' ? 'for' : element.$type === 'dmn:Some' ? 'some' : 'every';
      const variable = normalName(text(element, 'iteratorVariable') ?? 'item');
      const body = inside(element, kind === 'for' ? 'return' : 'satisfies');
      return { kind, ...common, variable, in: inside(element, 'in'), body };
    }
    case 'dmn:Filter':
      return { kind: 'filter', ...common, in: inside(element, 'in'), match: inside(element, 'match') };
    default:
      return undefined;
  }
}

export function functionLogic(element: DmnElement | undefined): BoxedFunction | undefined {
  if (!element) return undefined;
  const body = boxed(child(element, 'body'));
  const kind = text(element, 'kind');
  return {
    kind: 'function',
    ...base(element),
    language: kind === 'Java' || kind === 'PMML' ? kind : 'FEEL',
    parameters: children(element, 'formalParameter').map(named),
    ...(body && { body }),
  };
}

const hitPolicies: readonly HitPolicy[] = [
  'UNIQUE',
  'FIRST',
  'PRIORITY',
  'ANY',
  'COLLECT',
  'RULE ORDER',
  'OUTPUT ORDER',
];

function table(element: DmnElement): DecisionTable {
  const hitPolicy = hitPolicies.find((policy) => policy === text(element, 'hitPolicy')) ?? 'UNIQUE';
  const aggregations: readonly Aggregation[] = ['SUM', 'COUNT', 'MIN', 'MAX'];
  const aggregation = aggregations.find((known) => known === text(element, 'aggregation'));
  const { type, id = '' } = base(element);
  return {
    kind: 'table',
    id,
    ...(type && { type }),
    hitPolicy,
    ...(aggregation && { aggregation }),
    inputs: children(element, 'input').map((input) => {
      const expression = child(input, 'inputExpression');
      const inputType = expression && text(expression, 'typeRef');
      const allowed = textIn(input, 'inputValues');
      return {
        text: textIn(input, 'inputExpression') ?? '',
        ...(inputType && { type: plainType(inputType) }),
        ...(allowed && { allowed }),
      };
    }),
    outputs: children(element, 'output').map((output) => {
      const allowed = textIn(output, 'outputValues');
      const fallback = textIn(output, 'defaultOutputEntry');
      const { name, type: outputType } = named(output);
      return {
        ...(name && { name }),
        ...(outputType && { type: outputType }),
        ...(allowed && { allowed }),
        ...(fallback && { default: fallback }),
      };
    }),
    rules: children(element, 'rule').map((rule, index) => ({
      id: text(rule, 'id') ?? `${id}-${index + 1}`,
      inputs: children(rule, 'inputEntry').map((entry) => text(entry, 'text') ?? '-'),
      outputs: children(rule, 'outputEntry').map((entry) => text(entry, 'text') ?? ''),
    })),
  };
}
