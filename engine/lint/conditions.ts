/**
 * What the conditions of a gateway leave open, where FEEL allows to decide: comparisons of one variable with constants. Such a condition
 * is constant between the constants, so it is enough to evaluate it at each of them, between them and beyond them.
 */

import { body, child, type ModdleElement } from '../compile/element.ts';
import { checkExpression } from '../feel/check.ts';
import { compileFeel } from '../feel/compiled.ts';
import { children, type FeelNode, nameOf, parse } from '../feel/syntax.ts';
import { ownValue } from '../model/own-property.ts';
import type { Json } from '../model/plan.ts';
import { chinaCalendar } from '../time/china.ts';

export interface Sample {
  value: Json;
  /** As a sentence says it: `= "reject"`, `between 5 and 6`. */
  words: string;
  /** Only fractions lie there: between two whole numbers that follow each other. */
  fraction?: boolean;
  /** Any value not named in the conditions; whether it can occur is not known. */
  other?: boolean;
}

export interface Decided {
  variable: string;
  samples: Sample[];
  /** Per flow, in the order given, whether its condition holds at each sample. */
  holds: boolean[][];
}

type Kind = 'number' | 'string' | 'boolean';
type Constant = { kind: Kind; value: Json };

interface Shape {
  variables: Set<string>;
  constants: Constant[];
  /** `<` and its like: strings are then ordered, and there is no telling what lies between two of them. */
  ordered: boolean;
}

const tests = new Set(
  'Interval PositiveUnaryTest PositiveUnaryTests SimplePositiveUnaryTest ParenthesizedExpression List'.split(' '),
);
const words = new Set(['and', 'or', 'in', 'between']);

const someDay = '2026-01-01T00:00:00.000Z';
let calendar: ReturnType<typeof chinaCalendar> | undefined;

class Undecided extends Error {}

/** @throws Undecided for whatever is more than a comparison of a variable with constants, `and`, `or`, `not` and brackets */
function shapeOf(source: string): Shape {
  const shape: Shape = { variables: new Set(), constants: [], ordered: false };
  const text = (node: FeelNode): string => source.slice(node.from, node.to);

  function constant(node: FeelNode): boolean {
    switch (node.name) {
      case 'NumericLiteral':
        shape.constants.push({ kind: 'number', value: Number(text(node).replace(/\s/g, '')) });
        return true;
      case 'StringLiteral':
        try {
          shape.constants.push({ kind: 'string', value: JSON.parse(text(node)) as string });
        } catch {
          return false;
        }
        return true;
      case 'BooleanLiteral':
        shape.constants.push({ kind: 'boolean', value: text(node) === 'true' });
        return true;
      default:
        return false;
    }
  }

  function variable(node: FeelNode): boolean {
    if (node.name !== 'VariableName' && node.name !== 'PathExpression') return false;
    const path = text(node);
    if (!/^[\p{L}_$][\p{L}\p{N}_$]*(\s*\.\s*[\p{L}_$][\p{L}\p{N}_$]*)*$/u.test(path)) return false;
    shape.variables.add(path.replace(/\s/g, ''));
    return true;
  }

  function operand(node: FeelNode): void {
    if (!constant(node) && !variable(node)) throw new Undecided();
  }

  /** The right side of `in`: constants, intervals of them, unary tests, lists of those. */
  function test(node: FeelNode): void {
    if (constant(node)) return;
    if (!tests.has(node.name)) throw new Undecided();
    if (node.name === 'Interval') shape.ordered = true;
    for (const part of inside(node)) test(part);
  }

  /** The parts that are not signs; whether one of them puts values in order is noted. */
  function inside(node: FeelNode): FeelNode[] {
    return children(node).filter((part) => {
      if (part.name === 'CompareOp' && /[<>]/.test(text(part))) shape.ordered = true;
      return part.name !== 'CompareOp' && /^\p{L}/u.test(part.name) && !words.has(part.name);
    });
  }

  function condition(node: FeelNode): void {
    switch (node.name) {
      case 'Conjunction':
      case 'Disjunction':
      case 'ParenthesizedExpression':
        for (const part of inside(node)) condition(part);
        return;
      case 'FunctionInvocation': {
        const [target, parameters] = inside(node);
        if (!target || !parameters || nameOf(source, target) !== 'not') throw new Undecided();
        for (const part of inside(parameters)) condition(part);
        return;
      }
      case 'Comparison':
        comparison(node);
        return;
      default:
        // A variable alone is a boolean.
        if (!variable(node)) throw new Undecided();
        shape.constants.push({ kind: 'boolean', value: true });
    }
  }

  function comparison(node: FeelNode): void {
    const parts = children(node);
    if (parts.some((part) => part.name === 'between')) shape.ordered = true;
    const [left, ...right] = inside(node);
    if (!left || right.length === 0) throw new Undecided();
    operand(left);
    for (const part of right)
      if (parts.some(({ name }) => name === 'in')) test(part);
      else operand(part);
  }

  const top = children(parse(source));
  if (top.length !== 1 || !top[0]) throw new Undecided();
  condition(top[0]);
  return shape;
}

function numbers(values: number[]): Sample[] {
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  const first = sorted[0] ?? 0;
  const last = sorted.at(-1) ?? 0;
  const between = sorted.slice(1).map((high, index): Sample => {
    const low = sorted[index] ?? high;
    const near = Number.isInteger(low) && high - low === 1;
    return { value: (low + high) / 2, words: `between ${low} and ${high}`, ...(near && { fraction: true }) };
  });
  return [
    { value: first - 1, words: `below ${first}` },
    ...sorted.flatMap((value, index) => [{ value, words: `= ${value}` }, ...between.slice(index, index + 1)]),
    { value: last + 1, words: `above ${last}` },
  ];
}

function samplesOf(constants: Constant[], known: readonly Json[] | undefined): Sample[] {
  const kinds = new Set(constants.map(({ kind }) => kind));
  if (kinds.size !== 1) throw new Undecided();
  const values = [...new Set(constants.map(({ value }) => value))];
  if (kinds.has('boolean')) return [true, false].map((value) => ({ value, words: `= ${value}` }));
  if (kinds.has('number')) return numbers(values.filter((value) => typeof value === 'number'));
  const named = [...new Set([...values, ...(known ?? [])])].filter((value) => typeof value === 'string');
  const samples: Sample[] = named.map((value) => ({ value, words: `= ${JSON.stringify(value)}` }));
  if (known) return samples;
  return [
    ...samples,
    {
      value: `other than ${named.join()}`,
      words: `is none of ${named.map((one) => JSON.stringify(one)).join(', ')}`,
      other: true,
    },
  ];
}

const sourceOf = (flow: ModdleElement): string | undefined =>
  body(child(flow, 'conditionExpression'))?.replace(/^=/, '').trim();

/** A path is handed in as a context inside a context. */
function contextOf(variable: string, value: Json): Record<string, Json> {
  const [first = '', ...rest] = variable.split('.');
  return { [first]: rest.reduceRight<Json>((inner, name) => ({ [name]: inner }), value) };
}

/**
 * @param flows those with a condition
 * @param known the values a variable can have, where a form says it
 * @returns undefined where it cannot be decided
 */
export function decide(
  flows: readonly ModdleElement[],
  known: (variable: string) => readonly Json[] | undefined,
): Decided | undefined {
  const sources = flows.flatMap((flow) => sourceOf(flow) ?? []);
  if (sources.length !== flows.length || sources.some((source) => checkExpression(source).problem)) return undefined;
  try {
    const shapes = sources.map(shapeOf);
    const variables = new Set(shapes.flatMap((shape) => [...shape.variables]));
    const [variable] = variables;
    if (variables.size !== 1 || variable === undefined) return undefined;
    const constants = shapes.flatMap((shape) => shape.constants);
    if (constants.some(({ kind }) => kind === 'string') && shapes.some((shape) => shape.ordered)) return undefined;
    const samples = samplesOf(constants, known(variable));
    calendar ??= chinaCalendar();
    const context = { now: someDay, calendar };
    const holds = sources.map((source) => {
      const run = compileFeel(source);
      return samples.map(({ value }) => {
        const scope = contextOf(variable, value);
        const result = run((name) => ownValue(scope, name), context);
        if (!result.ok || typeof result.value !== 'boolean') throw new Undecided();
        return result.value;
      });
    });
    return { variable, samples, holds };
  } catch (error) {
    if (error instanceof Undecided) return undefined;
    throw error;
  }
}
