/** Small DMN models, so that a test shows only what it is about. */
import { compileDmn } from '../../../engine/dmn/compile.ts';
import { type DecisionResult, evaluateDecision } from '../../../engine/dmn/evaluate.ts';
import type { DecisionPlan } from '../../../engine/dmn/plan.ts';
import type { Problem, Variables } from '../../../engine/model/plan.ts';
import type { EvaluationContext } from '../../../engine/model/types.ts';

export const context: EvaluationContext = {
  now: '2026-09-30T02:00:00.000Z',
  calendar: {
    id: 'cn',
    version: 1,
    zone: 'Asia/Shanghai',
    years: { '2026': { notice: 'test' } },
    off: { '2026-10-01': '国庆节', '2026-10-02': '国庆节' },
    worked: {},
  },
};

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

export const model = (content: string, namespace = 'test', version = '20230324'): string =>
  `<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="https://www.omg.org/spec/DMN/${version}/MODEL/" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="model" name="model" namespace="${namespace}">${content}</definitions>`;

export const literal = (text: string): string => `<literalExpression><text>${escaped(text)}</text></literalExpression>`;

export const input = (id: string, type?: string): string =>
  `<inputData id="${id}" name="${id}"><variable name="${id}"${type ? ` typeRef="${type}"` : ''}/></inputData>`;

interface DecisionParts {
  type?: string;
  inputs?: string[];
  decisions?: string[];
  knowledge?: string[];
}

export function decision(
  id: string,
  logic: string,
  { type, inputs, decisions, knowledge }: DecisionParts = {},
): string {
  const needs = (kind: string, requirement: string, ids: string[] = []) =>
    ids
      .map((one) => `<${requirement}><${kind} href="${one.includes('#') ? one : `#${one}`}"/></${requirement}>`)
      .join('');
  return `<decision id="${id}" name="${id}"><variable name="${id}"${type ? ` typeRef="${type}"` : ''}/>${needs('requiredDecision', 'informationRequirement', decisions)}${needs('requiredInput', 'informationRequirement', inputs)}${needs('requiredKnowledge', 'knowledgeRequirement', knowledge)}${logic}</decision>`;
}

export interface TableParts {
  hitPolicy?: string;
  aggregation?: string;
  inputs?: { text: string; type?: string; allowed?: string }[];
  outputs?: { name?: string; type?: string; allowed?: string; fallback?: string }[];
  /** Cells of inputs and outputs in one row. */
  rules: string[][];
}

export function table({
  hitPolicy = 'UNIQUE',
  aggregation,
  inputs = [{ text: 'x' }],
  outputs = [{}],
  rules,
}: TableParts): string {
  const optional = (name: string, text?: string) =>
    text === undefined ? '' : `<${name}><text>${escaped(text)}</text></${name}>`;
  const attribute = (name: string, value?: string) => (value === undefined ? '' : ` ${name}="${value}"`);
  const columns = inputs.map(
    ({ text, type, allowed }) =>
      `<input><inputExpression${attribute('typeRef', type)}><text>${escaped(text)}</text></inputExpression>${optional('inputValues', allowed)}</input>`,
  );
  const results = outputs.map(
    ({ name, type, allowed, fallback }) =>
      `<output${attribute('name', name)}${attribute('typeRef', type)}>${optional('outputValues', allowed)}${optional('defaultOutputEntry', fallback)}</output>`,
  );
  const rows = rules.map((cells, index) => {
    const written = cells.map((cell, at) => optional(at < inputs.length ? 'inputEntry' : 'outputEntry', cell));
    return `<rule id="rule${index + 1}">${written.join('')}</rule>`;
  });
  return `<decisionTable id="table" hitPolicy="${hitPolicy}"${attribute('aggregation', aggregation)}>${[...columns, ...results, ...rows].join('')}</decisionTable>`;
}

export async function plan(
  content: string,
  imports: string[] = [],
): Promise<{ decisions: DecisionPlan; problems: Problem[] }> {
  const { decisions, problems } = await compileDmn(model(content), { imports });
  // A plan is stored and read again before it runs.
  return { decisions: JSON.parse(JSON.stringify(decisions)), problems };
}

/** Compiles and evaluates the decision `d`. */
export async function decide(content: string, variables: Variables = {}): Promise<DecisionResult> {
  return evaluateDecision((await plan(content)).decisions, 'd', variables, context);
}

/** What one expression comes to. */
export async function resultOf(expression: string, variables: Variables = {}): Promise<unknown> {
  const names = Object.keys(variables);
  const inputs = names.map((name) => input(name)).join('');
  const result = await decide(inputs + decision('d', literal(expression), { inputs: names }), variables);
  return result.ok ? result.value : result.code;
}
