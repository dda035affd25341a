/** Reads a folder of the DMN TCK (`<level>/<case>/*.dmn` with its `*-test-*.xml`) and runs its test cases. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileDmn } from '../../engine/dmn/compile.ts';
import { evaluateNode } from '../../engine/dmn/evaluate.ts';
import { nodeNamed } from '../../engine/dmn/lookup.ts';
import type { DecisionPlan } from '../../engine/dmn/plan.ts';
import { normalName } from '../../engine/feel/names.ts';
import { compare, equal } from '../../engine/feel/operators.ts';
import { parseDate, parseDateTime, parseDuration, parseTime } from '../../engine/feel/parse-temporal.ts';
import { textOf } from '../../engine/feel/text.ts';
import { type FeelValue, kindOf } from '../../engine/feel/values.ts';
import type { EvaluationContext } from '../../engine/model/types.ts';
import { parseXml, type XmlElement } from './dmn-xml.ts';

export interface CaseResult {
  /** `compliance-level-3/0070-feel-instance-of/0070-feel-instance-of-test-01#001`. */
  name: string;
  passed: boolean;
  reason?: string;
}

const context: EvaluationContext = {
  now: '2026-01-05T04:00:00.000Z',
  calendar: { id: 'tck', version: 0, zone: 'UTC', years: {}, off: {}, worked: {} },
};

const children = (element: XmlElement, name: string): XmlElement[] =>
  element.children.filter((child) => child.name === name);

function simple(value: XmlElement): FeelValue {
  const { type = '', nil } = value.attributes;
  if (nil === 'true') return null;
  const text = value.text;
  switch (type.slice(type.indexOf(':') + 1)) {
    case 'boolean':
      return text.trim() === 'true';
    case 'decimal':
    case 'double':
    case 'integer':
    case 'float':
    case 'int':
    case 'long':
      return Number(text.trim());
    case 'date':
      return parseDate(text.trim());
    case 'time':
      return parseTime(text.trim());
    case 'dateTime':
      return parseDateTime(text.trim());
    case 'duration':
      return parseDuration(text.trim());
    default:
      return text;
  }
}

/** A value of the test file: `value`, `component`s or a `list`. */
function valueIn(element: XmlElement): FeelValue {
  const [list] = children(element, 'list');
  if (list) return list.attributes['nil'] === 'true' ? null : children(list, 'item').map(valueIn);
  const components = children(element, 'component');
  if (components.length > 0)
    return new Map(components.map((component) => [normalName(component.attributes['name'] ?? ''), valueIn(component)]));
  const [value] = children(element, 'value');
  return value ? simple(value) : null;
}

/** Numbers up to what a double can tell; times also by their zone, which the test files write as an offset. */
export function same(actual: FeelValue, expected: FeelValue): boolean {
  if (typeof actual === 'number' && typeof expected === 'number')
    return Math.abs(actual - expected) <= 1e-8 * Math.max(1, Math.abs(expected));
  if (Array.isArray(actual) && Array.isArray(expected))
    return actual.length === expected.length && actual.every((entry, at) => same(entry, expected[at] ?? null));
  if (actual instanceof Map && expected instanceof Map)
    return actual.size === expected.size && [...expected].every(([key, entry]) => same(actual.get(key) ?? null, entry));
  if (kindOf(actual) !== kindOf(expected)) return false;
  return equal(actual, expected) === true || compare(actual, expected) === 0;
}

function runCase(plan: DecisionPlan, test: XmlElement): string | undefined {
  const inputs = new Map<string, FeelValue>(
    children(test, 'inputNode').map((input) => [normalName(input.attributes['name'] ?? ''), valueIn(input)]),
  );
  const { invocableName } = test.attributes;
  for (const wanted of children(test, 'resultNode')) {
    const name = normalName(invocableName ?? wanted.attributes['name'] ?? '');
    const node = nodeNamed(plan, name);
    if (!node) return `there is no "${name}"`;
    const { value: whole, warnings, problems } = evaluateNode(plan, node, inputs, context);
    // A service with several output decisions is asked for each of them by name.
    const output = normalName(wanted.attributes['name'] ?? '');
    const several = node.kind === 'service' && node.outputs.length > 1 && output !== name && whole instanceof Map;
    const value = several ? (whole.get(output) ?? null) : whole;
    const [expectation] = children(wanted, 'expected');
    const expected = expectation ? valueIn(expectation) : null;
    if (wanted.attributes['errorResult'] === 'true' && value === null) continue;
    if (same(value, expected)) continue;
    const said = [...problems, ...warnings].map(({ message }) => message).join(' ');
    return `${name}: expected ${kindOf(expected)} ${textOf(expected)}, got ${kindOf(value)} ${textOf(value)}${said && ` (${said})`}`;
  }
  return undefined;
}

async function runEntry(folder: string, entry: string): Promise<CaseResult[]> {
  const files = readdirSync(join(folder, entry));
  const texts = new Map(
    files
      .filter((file) => file.endsWith('.dmn'))
      .map((file) => [file, readFileSync(join(folder, entry, file), 'utf8')]),
  );
  const results: CaseResult[] = [];
  for (const file of files.filter((name) => name.endsWith('.xml'))) {
    const tests = parseXml(readFileSync(join(folder, entry, file), 'utf8'));
    const model = children(tests, 'modelName')[0]?.text.trim() ?? '';
    const xml = texts.get(model);
    const plan = xml && (await compileDmn(xml, { imports: [...texts.values()] })).decisions;
    for (const test of children(tests, 'testCase')) {
      const name = `${entry}/${file.replace(/\.xml$/, '')}#${test.attributes['id'] ?? ''}`;
      const reason = plan ? attempt(() => runCase(plan, test)) : `there is no model "${model}"`;
      results.push(reason === undefined ? { name, passed: true } : { name, passed: false, reason });
    }
  }
  return results;
}

/** An exception is a failed case, and a bug: nothing in a model may throw. */
function attempt(work: () => string | undefined): string | undefined {
  try {
    return work();
  } catch (error) {
    return `threw ${error instanceof Error ? error.stack : error}`;
  }
}

export async function runFolder(folder: string): Promise<CaseResult[]> {
  if (!existsSync(folder)) throw new Error(`There is no folder ${folder}; name the one that holds the TCK's cases.`);
  const levels = readdirSync(folder).filter((name) => name.startsWith('compliance-level'));
  const results: CaseResult[] = [];
  for (const level of levels.length > 0 ? levels : ['.'])
    for (const entry of readdirSync(join(folder, level)).sort()) {
      const path = level === '.' ? entry : `${level}/${entry}`;
      if (
        existsSync(join(folder, path)) &&
        readdirSync(folder, { withFileTypes: true }).length > 0 &&
        isFolder(folder, path)
      )
        results.push(...(await runEntry(folder, path)));
    }
  return results;
}

function isFolder(folder: string, path: string): boolean {
  try {
    return readdirSync(join(folder, path)).length > 0;
  } catch {
    return false;
  }
}
