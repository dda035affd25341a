/** Small diagrams as text, and what becomes of them. */
import { type CompileOptions, compile } from '../../../engine/compile/index.ts';
import type { ElementKind, ElementOf, Plan, Problem } from '../../../engine/model/plan.ts';

/** @param around root elements beside the process: messages, errors, signals */
export function diagramXml(process: string, around = '', attributes = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
    xmlns:careloop="https://careloop.dev/schema/1.0" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
    xmlns:vendor="http://vendor.example/ext" id="Definitions" targetNamespace="http://example.test">
  ${around}
  <bpmn:process id="P" name="流程" isExecutable="true" ${attributes}>${process}</bpmn:process>
</bpmn:definitions>`;
}

export const flow = (id: string, source: string, target: string, inside = ''): string =>
  `<bpmn:sequenceFlow id="${id}" sourceRef="${source}" targetRef="${target}">${inside}</bpmn:sequenceFlow>`;

export const extensions = (inside: string): string => `<bpmn:extensionElements>${inside}</bpmn:extensionElements>`;

/** Start → what is given, which must have the id `A` → end. */
export const around = (element: string): string =>
  `<bpmn:startEvent id="S"/>${element}<bpmn:endEvent id="E"/>${flow('f1', 'S', 'A')}${flow('f2', 'A', 'E')}`;

export const userTask = (inside = '', attributes = ''): string =>
  `<bpmn:userTask id="A" name="任务" ${attributes}>${inside}</bpmn:userTask>`;

export async function planOf(xml: string, options?: CompileOptions): Promise<Plan> {
  const { plans, problems } = await compile(xml, options);
  const errors = problems.filter((problem) => problem.severity === 'error');
  if (!plans[0])
    throw new Error(`Refused: ${errors.map((problem) => `${problem.code} ${problem.message}`).join('; ')}`);
  return plans[0];
}

export async function problemsOf(xml: string | Uint8Array, options?: CompileOptions): Promise<Problem[]> {
  return (await compile(xml, options)).problems;
}

/** `code element` of the errors, in order. */
export async function errorsOf(xml: string | Uint8Array, options?: CompileOptions): Promise<string[]> {
  const problems = await problemsOf(xml, options);
  return problems
    .filter((problem) => problem.severity === 'error')
    .map((problem) => `${problem.code}${problem.element ? ` ${problem.element}` : ''}`);
}

export function elementOf<K extends ElementKind>(plan: Plan, id: string, kind: K): ElementOf<K> {
  const element = plan.elements[id];
  if (element?.kind !== kind) throw new Error(`${id} is ${element?.kind ?? 'nothing'}, not a ${kind}.`);
  return element as ElementOf<K>;
}
