/** Decision tables: which rules match, and what the hit policy makes of them (DMN 1.5, 8.2 and 8.2.10). */
import { spend } from '../feel/budget.ts';
import type { Compiled, CompiledTests } from '../feel/compile/source.ts';
import { add, compare, equal } from '../feel/operators.ts';
import type { Scope } from '../feel/scope.ts';
import type { Type } from '../feel/types.ts';
import type { FeelValue } from '../feel/values.ts';
import { decisionRunning, type Place } from './place.ts';
import type { DecisionTable } from './plan.ts';
import { expression, testList, typeAt, typed, unaryTests } from './program.ts';

interface Input {
  text: string;
  value: Compiled;
  allowed?: CompiledTests;
}

interface Output {
  name: string;
  type: Type;
  /** In the order of priority. */
  allowed: CompiledTests[];
  fallback?: Compiled;
}

interface Rule {
  index: number;
  id: string;
  /** Undefined where the cell says that anything goes. */
  tests: (CompiledTests | undefined)[];
  outputs: Compiled[];
}

interface Hit {
  rule: Rule;
  values: FeelValue[];
}

const irrelevant = (text: string): boolean => text === '' || text === '-';

export function decisionTable(table: DecisionTable, place: Place): Compiled {
  const inputs = table.inputs.map(({ text, type, allowed }): Input => {
    const inputType = typeAt(type, place);
    const value = text === '' ? () => null : expression(text, place, inputType);
    return {
      text,
      value: (scope) => typed(value(scope), inputType, `The input "${text}"`, scope.running),
      ...(allowed && { allowed: unaryTests(allowed, place) }),
    };
  });
  const outputs = table.outputs.map(({ name, type: typeName, allowed, default: text }, index): Output => {
    const type = typeAt(typeName, place);
    return {
      name: name ?? `output ${index + 1}`,
      type,
      allowed: allowed ? testList(allowed, place) : listOfType(type),
      ...(text && { fallback: expression(text, place) }),
    };
  });
  const rules = table.rules.map(
    ({ id, inputs: cells, outputs: results }, index): Rule => ({
      index: index + 1,
      id,
      tests: cells.map((cell) => (irrelevant(cell) ? undefined : unaryTests(cell, place))),
      outputs: results.map((cell) => (cell === '' ? () => null : expression(cell, place))),
    }),
  );
  // One rule decides these; the others need not be looked at.
  const weight = 1 + inputs.length / 8;
  const onlyFirst = table.hitPolicy === 'FIRST';

  return (scope) => {
    const values: FeelValue[] = [];
    for (const input of inputs) {
      const value = input.value(scope);
      if (input.allowed && value !== null && input.allowed(scope, value) !== true) {
        decisionRunning(scope).problem('value-not-allowed', `The value of "${input.text}" is not among those allowed.`);
        return null;
      }
      values.push(value);
    }
    const matching: Rule[] = [];
    spend(rules.length * weight);
    for (const rule of rules) {
      if (!matches(rule, values, scope)) continue;
      matching.push(rule);
      if (onlyFirst) break;
    }
    const hits = matching.map((rule): Hit => ({ rule, values: valuesOf(rule, outputs, scope) }));
    const result = decided(table, hits, outputs, scope);
    const { matched, element } = decisionRunning(scope);
    matched.push({
      decision: element,
      table: table.id,
      rules: result.hits.map(({ rule }) => ({ index: rule.index, id: rule.id })),
    });
    return result.value;
  };
}

function matches({ tests }: Rule, values: FeelValue[], scope: Scope): boolean {
  for (let index = 0; index < tests.length; index++) {
    const test = tests[index];
    if (test && test(scope, values[index] ?? null) !== true) return false;
  }
  return true;
}

/** Without output values of its own a column takes those its type allows, which have no order. */
const listOfType = (_type: Type): CompiledTests[] => [];

function valuesOf(rule: Rule, outputs: Output[], scope: Scope): FeelValue[] {
  return outputs.map(({ name, type, allowed }, index) => {
    const value = typed(rule.outputs[index]?.(scope) ?? null, type, `The output "${name}"`, scope.running);
    if (value !== null && allowed.length > 0 && !allowed.some((test) => test(scope, value) === true))
      scope.running.fail(`The output "${name}" of rule ${rule.index} is not among the values allowed.`);
    return value;
  });
}

/** One column gives its value, several a context. */
function shaped(values: FeelValue[], outputs: Output[]): FeelValue {
  return outputs.length === 1
    ? (values[0] ?? null)
    : new Map(outputs.map(({ name }, at) => [name, values[at] ?? null]));
}

interface Decided {
  value: FeelValue;
  hits: Hit[];
}

function decided(table: DecisionTable, hits: Hit[], outputs: Output[], scope: Scope): Decided {
  const [first] = hits;
  if (!first) return { value: fallback(table, outputs, scope), hits };
  const refuse = (message: string): Decided => {
    decisionRunning(scope).problem('hit-policy', message);
    return { value: null, hits };
  };
  const only = (hit: Hit): Decided => ({ value: shaped(hit.values, outputs), hits: [hit] });
  switch (table.hitPolicy) {
    case 'UNIQUE':
      return hits.length === 1
        ? only(first)
        : refuse(`Rules ${hits.map(({ rule }) => rule.index).join(' and ')} match, but only one may.`);
    case 'ANY':
      return hits.every(({ values }) => equal(values, first.values) === true)
        ? { value: shaped(first.values, outputs), hits }
        : refuse('The rules that match do not agree.');
    case 'FIRST':
      return only(first);
    case 'PRIORITY':
      return only(byPriority(hits, outputs, scope)[0] ?? first);
    case 'RULE ORDER':
      return { value: hits.map(({ values }) => shaped(values, outputs)), hits };
    case 'OUTPUT ORDER':
      return { value: byPriority(hits, outputs, scope).map(({ values }) => shaped(values, outputs)), hits };
    case 'COLLECT':
      return { value: collected(table, hits, outputs, scope), hits };
  }
}

function fallback(table: DecisionTable, outputs: Output[], scope: Scope): FeelValue {
  const values = outputs.map(({ fallback: text, type, name }) =>
    text ? typed(text(scope), type, `The default of "${name}"`, scope.running) : null,
  );
  if (outputs.some((output) => output.fallback)) {
    const value = shaped(values, outputs);
    return listing(table) && !Array.isArray(value) ? [value] : value;
  }
  if (table.hitPolicy === 'COLLECT' && table.aggregation === 'COUNT') return 0;
  return listing(table) ? [] : null;
}

const listing = ({ hitPolicy, aggregation }: DecisionTable): boolean =>
  hitPolicy === 'RULE ORDER' || hitPolicy === 'OUTPUT ORDER' || (hitPolicy === 'COLLECT' && !aggregation);

/** The values allowed are written in decreasing priority; columns count from the left. */
function byPriority(hits: Hit[], outputs: Output[], scope: Scope): Hit[] {
  const rank = ({ allowed }: Output, value: FeelValue): number => {
    const at = allowed.findIndex((test) => test(scope, value) === true);
    return at < 0 ? allowed.length : at;
  };
  const ranked = hits.map((hit) => ({ hit, ranks: outputs.map((output, at) => rank(output, hit.values[at] ?? null)) }));
  const order = (a: number[], b: number[]): number => a.reduce((done, own, at) => done || own - (b[at] ?? 0), 0);
  return ranked.toSorted((a, b) => order(a.ranks, b.ranks)).map(({ hit }) => hit);
}

function collected(table: DecisionTable, hits: Hit[], outputs: Output[], scope: Scope): FeelValue {
  if (!table.aggregation) return hits.map(({ values }) => shaped(values, outputs));
  if (table.aggregation === 'COUNT') return hits.length;
  const columns = outputs.map((_, at) => hits.map(({ values }) => values[at] ?? null));
  return shaped(
    columns.map((column) => aggregated(column, table.aggregation, scope)),
    outputs,
  );
}

function aggregated(column: FeelValue[], aggregation: DecisionTable['aggregation'], scope: Scope): FeelValue {
  return column.reduce((result, value) => {
    const order = aggregation === 'SUM' ? null : compare(result, value);
    const made =
      aggregation === 'SUM'
        ? add(result, value)
        : order === null
          ? null
          : order > 0 === (aggregation === 'MAX')
            ? result
            : value;
    if (made === null) scope.running.fail('The outputs cannot be put together.');
    return made;
  });
}
