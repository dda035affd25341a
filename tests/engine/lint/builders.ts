/** Small diagrams in few words, and what the rules find in them. */
import { type LintOptions, lint } from '../../../engine/lint/index.ts';
import type { Problem } from '../../../engine/model/plan.ts';
import { diagramXml, extensions, flow } from '../compile/builders.ts';

/** `A B C`: an element of that kind with that id, named like it. */
export const node = (kind: string, id: string, inside = '', attributes = ''): string =>
  `<bpmn:${kind} id="${id}" name="${id}" ${attributes}>${inside}</bpmn:${kind}>`;

export const start = node('startEvent', 'S');
export const end = node('endEvent', 'E');
export const task = (id: string): string => node('userTask', id);

/** `S>X X>A`: a flow from S to X and one from X to A, with the ids `S_X` and `X_A`. */
export const flows = (paths: string): string =>
  paths
    .split(/\s+/)
    .filter((path) => path !== '')
    .map((path) => {
      const [source = '', target = ''] = path.split('>');
      return flow(`${source}_${target}`, source, target);
    })
    .join('');

export const when = (id: string, source: string, target: string, condition: string): string =>
  flow(
    id,
    source,
    target,
    `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${condition
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')}</bpmn:conditionExpression>`,
  );

export const boundary = (id: string, host: string, definition: string, attributes = ''): string =>
  node('boundaryEvent', id, definition, `attachedToRef="${host}" ${attributes}`);

export const lasting = (duration: string): string =>
  `<bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">${duration}</bpmn:timeDuration></bpmn:timerEventDefinition>`;

export const job = (id: string, type = 'work'): string =>
  node('serviceTask', id, extensions(`<zeebe:taskDefinition type="${type}"/>`));

export interface Around {
  /** Root elements beside the process. */
  roots?: string;
  options?: LintOptions;
}

export async function problemsIn(process: string, { roots, options }: Around = {}): Promise<Problem[]> {
  return (await lint(diagramXml(process, roots), options)).problems;
}

/** Ids of the elements at which the rule finds something. */
export async function found(code: string, process: string, around?: Around): Promise<(string | undefined)[]> {
  return (await problemsIn(process, around)).filter((problem) => problem.code === code).map(({ element }) => element);
}

/** The one problem with the code; fails when there is none or more. */
export async function only(code: string, process: string, around?: Around): Promise<Problem> {
  const problems = (await problemsIn(process, around)).filter((problem) => problem.code === code);
  const [first] = problems;
  if (!first || problems.length > 1) throw new Error(`${problems.length} × ${code}: ${JSON.stringify(problems)}`);
  return first;
}
