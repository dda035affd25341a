/** Compiles processes and subprocesses: the elements of a scope, its start elements, and its flows. */
import type { ElementId, ElementKind, PlanElement, PlanFlow } from '../model/plan.ts';
import { activity, compact, node } from './base.ts';
import type { Compilation } from './context.ts';
import { scopeData } from './data.ts';
import { body, child, childrenOf, eventDefinitionsOf, flag, idOf, isA, type ModdleElement, text } from './element.ts';
import { boundaryEvent, intermediateCatchEvent, startEvent, throwEvent } from './events.ts';
import { feelExpression, valueExpression } from './expressions.ts';
import { extensionsOf } from './extensions.ts';
import { refuseFormsTwice } from './forms.ts';
import { complexGateway, eventBasedGateway, gateway } from './gateways.ts';
import { listenersOf } from './listeners.ts';
import { profileExtensions, profileOf } from './profile.ts';
import type { Report } from './report.ts';
import {
  businessRuleTask,
  callActivity,
  plainTask,
  receiveTask,
  scriptTask,
  sendTask,
  serviceTask,
  userTask,
} from './tasks.ts';

type Compile = (element: ModdleElement, parent: ElementId, c: Compilation) => PlanElement | undefined;

/** By which type of the diagram a kind is drawn, and what compiles that. */
const compilers = {
  process: 'compiled by compileProcess',
  task: ['bpmn:Task', plainTask('task')],
  manualTask: ['bpmn:ManualTask', plainTask('manualTask')],
  userTask: ['bpmn:UserTask', userTask],
  serviceTask: ['bpmn:ServiceTask', serviceTask],
  sendTask: ['bpmn:SendTask', sendTask],
  receiveTask: ['bpmn:ReceiveTask', receiveTask],
  scriptTask: ['bpmn:ScriptTask', scriptTask],
  businessRuleTask: ['bpmn:BusinessRuleTask', businessRuleTask],
  callActivity: ['bpmn:CallActivity', callActivity],
  subProcess: ['bpmn:SubProcess', subProcess],
  eventSubProcess: ['bpmn:SubProcess', subProcess],
  transaction: ['bpmn:Transaction', subProcess],
  adHocSubProcess: ['bpmn:AdHocSubProcess', subProcess],
  exclusiveGateway: ['bpmn:ExclusiveGateway', gateway('exclusiveGateway')],
  parallelGateway: ['bpmn:ParallelGateway', gateway('parallelGateway')],
  inclusiveGateway: ['bpmn:InclusiveGateway', gateway('inclusiveGateway')],
  complexGateway: ['bpmn:ComplexGateway', complexGateway],
  eventBasedGateway: ['bpmn:EventBasedGateway', eventBasedGateway],
  startEvent: ['bpmn:StartEvent', startEvent],
  intermediateCatchEvent: ['bpmn:IntermediateCatchEvent', intermediateCatchEvent],
  boundaryEvent: ['bpmn:BoundaryEvent', boundaryEvent],
  intermediateThrowEvent: ['bpmn:IntermediateThrowEvent', throwEvent('intermediateThrowEvent')],
  endEvent: ['bpmn:EndEvent', throwEvent('endEvent')],
} satisfies Record<ElementKind, [type: string, Compile] | string>;

const compilerOf = new Map(Object.values(compilers).flatMap((one) => (typeof one === 'string' ? [] : [one])));

/** Elements without execution semantics. */
const passive = ['bpmn:SequenceFlow', 'bpmn:DataObject', 'bpmn:DataObjectReference', 'bpmn:DataStoreReference'];

/**
 * Names every object of the language has: a plan is a plain object keyed by ids.
 * @returns whether it was refused
 */
export function refuseUnusableId(element: ModdleElement, report: Report): boolean {
  const id = idOf(element);
  if (!(id in Object.prototype)) return false;
  report.error(element, 'bad-id', `"${id}" cannot be used as an id.`, { hint: 'Choose another id.' });
  return true;
}

/** Compiles everything in a scope into the plan. */
function compileScope(scope: ModdleElement, parent: ElementId, c: Compilation): void {
  const { elements } = c.plan;
  const flowElements = childrenOf(scope, 'flowElements');
  for (const element of flowElements) {
    if (passive.includes(element.$type)) continue;
    const compile = compilerOf.get(element.$type);
    if (!compile) {
      c.report.error(element, 'unsupported-element', `"${element.$type}" is not executed.`);
      continue;
    }
    if (idOf(element) === '') {
      c.report.error(element, 'no-id', `An element of type "${element.$type}" has no id.`, {
        hint: 'Give it an id.',
        constraint: 'EXT003',
      });
      continue;
    }
    if (refuseUnusableId(element, c.report)) continue;
    const compiled = compile(element, parent, c);
    if (!compiled) continue;
    const listeners = listenersOf(element, compiled, c);
    elements[compiled.id] = listeners ? { ...compiled, listeners } : compiled;
  }
  for (const flow of flowElements) if (flow.$type === 'bpmn:SequenceFlow') addFlow(flow, c);
  attachBoundaryEvents(flowElements, c);
  compensationHandlers(scope, c);
}

function addFlow(flow: ModdleElement, c: Compilation): void {
  extensionsOf(flow, [], c.report);
  const [source, target] = [child(flow, 'sourceRef'), child(flow, 'targetRef')];
  const [from, to] = [source && c.plan.elements[idOf(source)], target && c.plan.elements[idOf(target)]];
  // Missing ends and ends outside are reported by the structure rules.
  if (!from || !to || !('outgoing' in from) || !('incoming' in to)) return;
  if (refuseUnusableId(flow, c.report)) return;
  const condition = feelExpression(body(child(flow, 'conditionExpression')), flow, 'Condition', c.report);
  const compiled: PlanFlow = compact({
    id: idOf(flow),
    name: text(flow, 'name'),
    source: from.id,
    target: to.id,
    condition,
  });
  c.plan.flows[compiled.id] = compiled;
  from.outgoing.push(compiled.id);
  to.incoming.push(compiled.id);
}

function attachBoundaryEvents(flowElements: ModdleElement[], c: Compilation): void {
  for (const element of flowElements) {
    const event = c.plan.elements[idOf(element)];
    if (event?.kind !== 'boundaryEvent') continue;
    const host = c.plan.elements[event.attachedTo];
    if (!host || !('startQuantity' in host || 'incoming' in host)) continue;
    Object.assign(host, { boundary: [...(('boundary' in host && host.boundary) || []), event.id] });
  }
}

/** A compensation boundary event has an association to its handler instead of a flow (BPMN 2.0.2, 10.7.1). */
function compensationHandlers(scope: ModdleElement, c: Compilation): void {
  for (const association of childrenOf(scope, 'artifacts')) {
    if (!isA(association, 'bpmn:Association')) continue;
    const [source, target] = [child(association, 'sourceRef'), child(association, 'targetRef')];
    const event = source && c.plan.elements[idOf(source)];
    if (
      event?.kind === 'boundaryEvent' &&
      target &&
      event.events.some((definition) => definition.type === 'compensate')
    )
      event.handler = idOf(target);
  }
}

/**
 * Start of a scope: its start events without a trigger; without any start event, every node without incoming flow that
 * is neither a boundary event, an event subprocess, a compensation handler nor a catching link (BPMN 2.0.2, 13.3.2).
 */
function startsOf(scope: ModdleElement, c: Compilation): ElementId[] {
  const nodes = childrenOf(scope, 'flowElements').filter((element) => isA(element, 'bpmn:FlowNode'));
  const compiled = nodes.flatMap((element) => c.plan.elements[idOf(element)] ?? []);
  const events = compiled.filter((element) => element.kind === 'startEvent');
  if (events.length > 0) return events.filter((event) => event.events.length === 0).map((event) => event.id);
  return compiled
    .filter(
      (element) =>
        'incoming' in element &&
        element.incoming.length === 0 &&
        element.kind !== 'boundaryEvent' &&
        element.kind !== 'eventSubProcess' &&
        !('forCompensation' in element && element.forCompensation) &&
        !(element.kind === 'intermediateCatchEvent' && element.events.some((event) => event.type === 'link')) &&
        !(element.kind === 'receiveTask' && element.instantiate) &&
        !(element.kind === 'eventBasedGateway' && element.instantiate),
    )
    .map((element) => element.id);
}

function inner(scope: ModdleElement, c: Compilation) {
  const eventSubProcesses = childrenOf(scope, 'flowElements').flatMap((element) => {
    const compiled = c.plan.elements[idOf(element)];
    return compiled?.kind === 'eventSubProcess' ? [compiled.id] : [];
  });
  return {
    starts: startsOf(scope, c),
    eventSubProcesses: eventSubProcesses.length > 0 ? eventSubProcesses : undefined,
    data: scopeData(scope),
  };
}

function subProcess(element: ModdleElement, parent: ElementId, c: Compilation): PlanElement {
  const adHoc = element.$type === 'bpmn:AdHocSubProcess';
  const extensions = extensionsOf(element, adHoc ? ['zeebe:IoMapping', 'zeebe:AdHoc'] : ['zeebe:IoMapping'], c.report);
  const base = activity(element, parent, extensions, c);
  const id = idOf(element);
  compileScope(element, id, c);
  const scope = { ...base, ...inner(element, c) };
  if (flag(element, 'triggeredByEvent')) {
    const triggered = childrenOf(element, 'flowElements').filter(
      (start) => start.$type === 'bpmn:StartEvent' && eventDefinitionsOf(start).length > 0,
    );
    return compact({ kind: 'eventSubProcess', ...scope, starts: triggered.map(idOf) });
  }
  if (!adHoc) return compact({ kind: element.$type === 'bpmn:Transaction' ? 'transaction' : 'subProcess', ...scope });
  const zeebe = extensions.get('zeebe:AdHoc');
  return compact({
    kind: 'adHocSubProcess',
    ...scope,
    ordering: text(element, 'ordering') === 'Sequential' ? 'sequential' : 'parallel',
    completionCondition: feelExpression(
      body(child(element, 'completionCondition')),
      element,
      'Completion condition',
      c.report,
    ),
    cancelRemaining: element.get?.('cancelRemainingInstances') !== false,
    activeElements: valueExpression(
      zeebe && text(zeebe, 'activeElementsCollection'),
      element,
      'Active elements',
      c.report,
    ),
    collects: zeebe && collected(zeebe, element, c),
  });
}

function collected(zeebe: ModdleElement, element: ModdleElement, c: Compilation) {
  const into = text(zeebe, 'outputCollection');
  const each = valueExpression(text(zeebe, 'outputElement'), element, 'Output element', c.report);
  if (into && each) return { into, element: each };
  if (into || each)
    c.report.error(
      element,
      'incomplete-collection',
      'It names an output collection or an output element, but not both.',
      {
        hint: 'Give zeebe:adHoc both of them, or neither.',
      },
    );
  return undefined;
}

export function compileProcess(process: ModdleElement, c: Compilation): void {
  const extensions = extensionsOf(process, ['zeebe:UserTaskForm', ...profileExtensions], c.report);
  const id = idOf(process);
  refuseFormsTwice(process, extensions, c);
  compileScope(process, id, c);
  const { stage: _, ...own } = node(process, id, extensions);
  const compiled: PlanElement = compact({
    kind: 'process',
    ...own,
    parent: null,
    incoming: [],
    outgoing: [],
    executable: true,
    ...inner(process, c),
  });
  const listeners = listenersOf(process, compiled, c);
  c.plan.elements[id] = listeners ? { ...compiled, listeners } : compiled;
  const tag = extensions.get('zeebe:VersionTag');
  const versionTag = tag && text(tag, 'value');
  if (versionTag) c.plan.versionTag = versionTag;
  const profile = profileOf(process, extensions, c);
  if (profile) c.plan.profile = profile;
  const title = valueExpression(text(process, 'careloop:title'), process, 'Title', c.report);
  if (title) c.plan.title = title;
}
