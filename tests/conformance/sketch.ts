/** Definitions in short: paths of ids and what the ids stand for. Ids begin with what they are when nothing else is said. */
import { compile } from '../../engine/compile/index.ts';
import type { Variables } from '../../engine/model/plan.ts';
import { diagramXml } from '../engine/compile/builders.ts';
import { outcome } from './cases.ts';
import { newWorld, startByHand } from './world.ts';

/** From an id to its XML. */
export type Sketched = (id: string) => string;
export interface Parts {
  [id: string]: Sketched;
}

export const element =
  (type: string, attributes = '', inside = ''): Sketched =>
  (id) =>
    `<bpmn:${type} id="${id}" ${attributes}>${inside}</bpmn:${type}>`;

export const script = (text: string, inside = '', attributes = ''): Sketched =>
  element('scriptTask', attributes, `${inside}<bpmn:script>${text}</bpmn:script>`);

const formal = (type: string, text: string): string =>
  `<bpmn:${type} xsi:type="bpmn:tFormalExpression">${text.replaceAll('<', '&lt;')}</bpmn:${type}>`;

/** `t1` logs SCRIPT_task1; P parallel, X exclusive, O inclusive, S start, E end, N none throw, W takes ten seconds. */
function byName(id: string): string {
  if (/^t\d/.test(id)) return script(`SCRIPT_task${id.slice(1)}`)(id);
  const types: Record<string, Sketched> = {
    S: element('startEvent'),
    E: element('endEvent'),
    P: element('parallelGateway'),
    X: element('exclusiveGateway'),
    O: element('inclusiveGateway'),
    N: element('intermediateThrowEvent'),
    W: script('WAIT_TEN_SECONDS'),
  };
  const sketched = types[id[0] ?? ''];
  if (!sketched) throw new Error(`Nothing says what ${id} is.`);
  return sketched(id);
}

let scopes = 0;

/**
 * @param paths `S > a > E; a > b`; `[x]` before a target is a condition, `[default]` makes the flow the default
 * @param parts what the ids are; ids that stand in no path are drawn too (boundary events, handlers, event subprocesses)
 */
function scope(paths: string, parts: Parts = {}): string {
  const number = ++scopes;
  // The short ids may be written in every scope.
  const unique = (id: string): string => (id === 'S' || id === 'E' || id === 'P' ? `${id}_${number}` : id);
  const flows = new Map<string, { source: string; target: string; condition?: string }>();
  const ids = new Set<string>();
  for (const path of paths.split(';')) {
    let source: string | undefined;
    for (const step of path.split('->')) {
      const [, condition, target = ''] = /^\s*(?:\[(.*)\]\s*)?(\S*)\s*$/s.exec(step) ?? [];
      if (target === '') continue;
      ids.add(target);
      if (source !== undefined)
        flows.set(`f${number}-${flows.size}`, { source, target, ...(condition && { condition }) });
      source = target;
    }
  }
  for (const id of Object.keys(parts)) ids.add(id);
  const drawn = [...ids].map((id) => {
    const xml = (parts[id] ?? byName)(unique(id));
    const entry = [...flows].find(([, flow]) => flow.source === id && flow.condition === 'default');
    return entry ? xml.replace(`id="${id}"`, `id="${id}" default="${entry[0]}"`) : xml;
  });
  const joined = [...flows].map(
    ([id, { source, target, condition }]) =>
      `<bpmn:sequenceFlow id="${id}" sourceRef="${unique(source)}" targetRef="${unique(target)}">${
        condition && condition !== 'default' ? formal('conditionExpression', condition) : ''
      }</bpmn:sequenceFlow>`,
  );
  return [...drawn, ...joined].join('\n');
}

export const sub = (paths: string, parts: Parts = {}, attributes = '', inside = ''): Sketched =>
  element('subProcess', attributes, inside + scope(paths, parts));
export const transaction = (paths: string, parts: Parts = {}): Sketched =>
  element('transaction', '', scope(paths, parts));
export const eventSub = (start: Sketched, path: string, parts: Parts = {}): Sketched =>
  element('subProcess', 'triggeredByEvent="true"', scope(path, { ...parts, [path.split('->')[0]!.trim()]: start }));

export const boundary = (host: string, definition: string, more = ''): Sketched =>
  element('boundaryEvent', `attachedToRef="${host}" ${more}`, definition);
export const caught = (definition: string, more = ''): Sketched => element('intermediateCatchEvent', more, definition);
export const thrown = (definition: string): Sketched => element('intermediateThrowEvent', '', definition);
export const start = (definition: string, more = ''): Sketched => element('startEvent', more, definition);
export const end = (definition: string): Sketched => element('endEvent', '', definition);

/** Event definitions. Names of signals, messages, errors and escalations are those of `around`. */
export const on = {
  message: (name = 'm1') => `<bpmn:messageEventDefinition messageRef="${name}"/>`,
  signal: (name = 's1') => `<bpmn:signalEventDefinition signalRef="${name}"/>`,
  error: (name?: string) => `<bpmn:errorEventDefinition ${name ? `errorRef="${name}"` : ''}/>`,
  escalation: (name?: string) => `<bpmn:escalationEventDefinition ${name ? `escalationRef="${name}"` : ''}/>`,
  condition: (text: string) =>
    `<bpmn:conditionalEventDefinition>${formal('condition', text)}</bpmn:conditionalEventDefinition>`,
  after: (text = 'PT1S') => `<bpmn:timerEventDefinition>${formal('timeDuration', text)}</bpmn:timerEventDefinition>`,
  at: (text: string) => `<bpmn:timerEventDefinition>${formal('timeDate', text)}</bpmn:timerEventDefinition>`,
  every: (text: string) => `<bpmn:timerEventDefinition>${formal('timeCycle', text)}</bpmn:timerEventDefinition>`,
  compensation: (activity?: string) =>
    `<bpmn:compensateEventDefinition ${activity ? `activityRef="${activity}"` : ''}/>`,
  cancel: () => '<bpmn:cancelEventDefinition/>',
  terminate: () => '<bpmn:terminateEventDefinition/>',
  link: (name = 'l') => `<bpmn:linkEventDefinition name="${name}"/>`,
  shared: (id: string) => `<bpmn:eventDefinitionRef>${id}</bpmn:eventDefinitionRef>`,
} as const;

const around = `<bpmn:message id="m1" name="m1"/><bpmn:message id="m2" name="m2"/>
  <bpmn:signal id="s1" name="s1"/><bpmn:signal id="s2" name="s2"/><bpmn:signal id="s3" name="s3"/>
  <bpmn:error id="e1" name="e1" errorCode="E1"/><bpmn:error id="e2" name="e2" errorCode="E2"/>
  <bpmn:error id="thrown" name="thrown" errorCode="ERR_CODE"/>
  <bpmn:escalation id="c1" name="c1" escalationCode="C1"/><bpmn:escalation id="c2" name="c2" escalationCode="C2"/>
  <bpmn:signalEventDefinition id="sharedSignal" signalRef="s1"/><bpmn:messageEventDefinition id="sharedMessage" messageRef="m1"/>
  <bpmn:errorEventDefinition id="sharedError" errorRef="e1"/><bpmn:escalationEventDefinition id="sharedEscalation" escalationRef="c1"/>
  <bpmn:timerEventDefinition id="sharedTimer">${formal('timeDuration', 'PT1S')}</bpmn:timerEventDefinition>
  <bpmn:conditionalEventDefinition id="sharedCondition">${formal('condition', '=contains(test, "a")')}</bpmn:conditionalEventDefinition>
  <bpmn:compensateEventDefinition id="sharedCompensation"/><bpmn:terminateEventDefinition id="sharedTerminate"/>
  <bpmn:cancelEventDefinition id="sharedCancel"/>`;

export interface Sketch {
  paths: string;
  parts?: Parts;
  variables?: Variables;
  /** Processes of the same file: by key their paths and parts. */
  others?: Record<string, [paths: string, parts?: Parts]>;
  alsoStarts?: string;
  /** Properties and data objects of the process. */
  inside?: string;
  waitMs?: number;
}

/** @returns what was logged and went wrong, sorted, as the cases of the suite have it */
export async function play({ paths, parts, variables = {}, others = {}, alsoStarts, inside = '', waitMs }: Sketch) {
  const processes = Object.entries(others).map(
    ([id, [path, own]]) => `<bpmn:process id="${id}" isExecutable="true">${scope(path, own)}</bpmn:process>`,
  );
  const xml = diagramXml(inside + scope(paths, parts), around + processes.join('\n'));
  const { plans, problems } = await compile(xml, { scriptJobType: 'script' });
  const main = plans.find(({ key }) => key === 'P');
  if (!main)
    return [
      'ERROR_deployment',
      ...problems.filter(({ severity }) => severity === 'error').map(({ code, element: at }) => `${code} ${at}`),
    ];
  const world = newWorld(plans);
  world.start(main, variables, startByHand(main));
  const other = plans.find(({ key }) => key === alsoStarts);
  if (other) world.start(other, variables);
  return outcome(world.run(waitMs))
    .map((line) => line.replace('SCRIPT_task', ''))
    .sort();
}
