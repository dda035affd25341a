/** Sequence flows and message flows: what they may join (BPMN 2.0.2, 7.6, 8.4.13, 9.4). */
import { child, childrenOf, eventDefinitionsOf, flag, isA, type ModdleElement } from '../element.ts';
import { type Drawing, isEventSubProcess, named, nodesOf, processOf, type Rule } from './rule.ts';

const isNode = (element: ModdleElement | undefined): boolean => element !== undefined && isA(element, 'bpmn:FlowNode');

/** The process of a participant, or the one an element stands in. */
function poolOf(element: ModdleElement): ModdleElement | undefined {
  return isA(element, 'bpmn:Participant') ? (child(element, 'processRef') ?? element) : processOf(element);
}

const artifact = (element: ModdleElement | undefined): boolean =>
  element !== undefined && isA(element, 'bpmn:Artifact');

const starts = (scope: ModdleElement): ModdleElement[] => nodesOf(scope).filter((node) => isA(node, 'bpmn:StartEvent'));
const ends = (scope: ModdleElement): ModdleElement[] => nodesOf(scope).filter((node) => isA(node, 'bpmn:EndEvent'));

/** Nodes that stand in a scope without being part of its normal flow. */
function apart(node: ModdleElement): boolean {
  const scope = node.$parent;
  return (
    isEventSubProcess(node) ||
    flag(node, 'isForCompensation') ||
    isA(node, 'bpmn:BoundaryEvent') ||
    (scope !== undefined && isA(scope, 'bpmn:AdHocSubProcess'))
  );
}

const isLink = (node: ModdleElement): boolean =>
  eventDefinitionsOf(node).some((definition) => definition.$type === 'bpmn:LinkEventDefinition');

const isInstantiating = (node: ModdleElement): boolean => flag(node, 'instantiate');

function messageFlowEnd(
  side: 'sourceRef' | 'targetRef',
  broken: (end: ModdleElement, flow: ModdleElement) => string | undefined,
) {
  return (flow: ModdleElement): string | undefined => {
    const end = child(flow, side);
    return end && broken(end, flow);
  };
}

const triggers = (event: ModdleElement): string[] => eventDefinitionsOf(event).map((definition) => definition.$type);

const listing = new WeakMap<Drawing, boolean>();

function listsFlows(drawing: Drawing): boolean {
  let any = listing.get(drawing);
  if (any === undefined) {
    const nodes = drawing.all('bpmn:FlowNode');
    any = nodes.some((node) => childrenOf(node, 'incoming').length + childrenOf(node, 'outgoing').length > 0);
    listing.set(drawing, any);
  }
  return any;
}

export const flowRules: Rule[] = [
  {
    code: 'flow-without-source',
    constraint: 'EXT007',
    section: '7.6.1',
    of: 'bpmn:SequenceFlow',
    hint: 'Begin the flow at an event, an activity or a gateway.',
    broken: (flow) => {
      const source = child(flow, 'sourceRef');
      if (isNode(source)) return undefined;
      return `The sequence flow begins at ${named(source)}, which is no flow node.`;
    },
  },
  {
    code: 'flow-without-target',
    constraint: 'EXT006',
    section: '7.6.1',
    of: 'bpmn:SequenceFlow',
    hint: 'End the flow at an event, an activity or a gateway.',
    broken: (flow) => {
      const target = child(flow, 'targetRef');
      if (isNode(target)) return undefined;
      return `The sequence flow ends at ${named(target)}, which is no flow node.`;
    },
  },
  {
    code: 'flow-crosses-scope',
    constraint: 'EXT028',
    section: '7.6.1',
    of: 'bpmn:SequenceFlow',
    hint: 'Join elements of one process or subprocess only; use message flows between processes.',
    broken: (flow) => {
      const [source, target] = [child(flow, 'sourceRef'), child(flow, 'targetRef')];
      if (!source || !target || !isNode(source) || !isNode(target)) return undefined;
      return source.$parent === target.$parent && source.$parent === flow.$parent
        ? undefined
        : 'The sequence flow crosses the border of a process or subprocess.';
    },
  },
  {
    code: 'flow-not-immediate',
    constraint: 'EXT024',
    section: 'table 8.60',
    of: 'bpmn:SequenceFlow',
    hint: 'Remove isImmediate="false".',
    broken: (flow) =>
      flow.get?.('isImmediate') === false && processOf(flow)?.get?.('isExecutable') === true
        ? 'In an executable process a sequence flow must be immediate.'
        : undefined,
  },
  {
    code: 'default-not-outgoing',
    constraint: 'EXT026',
    section: '10.3, 10.6',
    of: 'bpmn:FlowNode',
    hint: 'Choose one of its own outgoing flows as the default.',
    broken: (node) => {
      const flow = child(node, 'default');
      return !flow || child(flow, 'sourceRef') === node ? undefined : 'Its default flow does not leave it.';
    },
  },
  {
    code: 'default-with-condition',
    constraint: 'EXT026',
    section: 'table 8.60',
    of: 'bpmn:FlowNode',
    severity: 'warning',
    hint: 'Remove the condition: the default flow is taken when no other is.',
    broken: (node) => {
      const flow = child(node, 'default');
      return flow && child(flow, 'conditionExpression')
        ? 'The condition of its default flow is never looked at.'
        : undefined;
    },
  },
  {
    code: 'no-start-event',
    constraint: 'EXT097',
    section: '10.5.2',
    of: 'bpmn:FlowElementsContainer',
    hint: 'Add a start event.',
    broken: (scope) => {
      if (ends(scope).length === 0 || starts(scope).length > 0 || isA(scope, 'bpmn:AdHocSubProcess')) return undefined;
      return nodesOf(scope).some(isInstantiating) ? undefined : 'It has an end event but no start event.';
    },
  },
  {
    code: 'no-end-event',
    constraint: 'EXT105',
    section: '10.5.3',
    of: 'bpmn:FlowElementsContainer',
    hint: 'Add an end event.',
    broken: (scope) =>
      starts(scope).length > 0 && ends(scope).length === 0 && !isA(scope, 'bpmn:AdHocSubProcess')
        ? 'It has a start event but no end event.'
        : undefined,
  },
  {
    code: 'no-incoming',
    constraint: 'EXT150',
    section: '10.5.2',
    of: 'bpmn:FlowNode',
    hint: 'Lead a sequence flow to it, or remove the start event of its scope.',
    broken: (node, drawing) => {
      const scope = node.$parent;
      if (!scope || apart(node) || isA(node, 'bpmn:StartEvent') || starts(scope).length === 0) return undefined;
      if (isInstantiating(node) || (isA(node, 'bpmn:CatchEvent') && isLink(node))) return undefined;
      return drawing.incoming(node).length === 0
        ? 'Nothing leads to it although its scope has a start event.'
        : undefined;
    },
  },
  {
    code: 'no-outgoing',
    constraint: 'EXT151',
    section: '10.5.3',
    of: 'bpmn:FlowNode',
    hint: 'Lead a sequence flow from it, or remove the end event of its scope.',
    broken: (node, drawing) => {
      const scope = node.$parent;
      if (!scope || apart(node) || isA(node, 'bpmn:EndEvent') || ends(scope).length === 0) return undefined;
      if (isA(node, 'bpmn:ThrowEvent') && isLink(node)) return undefined;
      return drawing.outgoing(node).length === 0
        ? 'Nothing leads on from it although its scope has an end event.'
        : undefined;
    },
  },
  {
    code: 'flow-not-listed',
    constraint: 'EXT107',
    section: 'table 8.44',
    of: 'bpmn:FlowNode',
    severity: 'warning',
    hint: 'Open and save the file in a modeler, which lists the flows again.',
    broken: (node, drawing) => {
      const lists = (side: 'incoming' | 'outgoing', flows: ModdleElement[]) => {
        const listed = childrenOf(node, side);
        // Files that list no flows at all are usual and unambiguous.
        return flows.every((flow) => listed.includes(flow)) && listed.every((flow) => flows.includes(flow));
      };
      if (
        !listsFlows(drawing) ||
        (lists('incoming', drawing.incoming(node)) && lists('outgoing', drawing.outgoing(node)))
      )
        return undefined;
      return 'The flows it lists are not those that join it; the flows themselves count.';
    },
  },
  {
    code: 'message-flow-to-artifact',
    constraint: 'EXT008',
    section: '7.6.2',
    of: 'bpmn:MessageFlow',
    hint: 'End it at a participant, an activity or an event.',
    broken: messageFlowEnd('targetRef', (end) => (artifact(end) ? 'A message flow ends at an artifact.' : undefined)),
  },
  {
    code: 'message-flow-from-artifact',
    constraint: 'EXT009',
    section: '7.6.2',
    of: 'bpmn:MessageFlow',
    hint: 'Begin it at a participant, an activity or an event.',
    broken: messageFlowEnd('sourceRef', (end) => (artifact(end) ? 'A message flow begins at an artifact.' : undefined)),
  },
  {
    code: 'message-flow-within-pool',
    constraint: 'EXT031',
    section: '9.4',
    of: 'bpmn:MessageFlow',
    hint: 'Message flows join different participants; use a sequence flow inside one.',
    broken: (flow) => {
      const [source, target] = [child(flow, 'sourceRef'), child(flow, 'targetRef')];
      if (!source || !target || artifact(source) || artifact(target)) return undefined;
      const pool = poolOf(source);
      return pool !== undefined && pool === poolOf(target)
        ? 'The message flow stays within one participant.'
        : undefined;
    },
  },
  {
    code: 'message-flow-from-start',
    constraint: 'EXT102',
    section: '10.5.2',
    of: 'bpmn:MessageFlow',
    hint: 'Begin the message flow at a throwing event or a task.',
    broken: messageFlowEnd('sourceRef', (end) =>
      isA(end, 'bpmn:StartEvent') ? 'A message flow begins at a start event.' : undefined,
    ),
  },
  {
    code: 'message-flow-to-end',
    section: '10.5.3',
    of: 'bpmn:MessageFlow',
    hint: 'End the message flow at a catching event or a task.',
    broken: messageFlowEnd('targetRef', (end) =>
      isA(end, 'bpmn:EndEvent') ? 'A message flow ends at an end event.' : undefined,
    ),
  },
  {
    code: 'message-flow-from-silent-end',
    constraint: 'EXT109',
    section: '10.5.3',
    of: 'bpmn:MessageFlow',
    hint: 'Make it a message end event.',
    broken: messageFlowEnd('sourceRef', (end) =>
      isA(end, 'bpmn:EndEvent') && !triggers(end).includes('bpmn:MessageEventDefinition')
        ? 'A message flow begins at an end event that sends no message.'
        : undefined,
    ),
  },
  {
    code: 'message-flow-against-event',
    constraint: 'EXT119',
    section: '10.5.4',
    of: 'bpmn:MessageFlow',
    hint: 'Messages come to catching events and leave throwing ones.',
    broken: (flow) => {
      const [source, target] = [child(flow, 'sourceRef'), child(flow, 'targetRef')];
      if (source && isA(source, 'bpmn:IntermediateCatchEvent')) return 'A message flow begins at a catching event.';
      if (target && isA(target, 'bpmn:IntermediateThrowEvent')) return 'A message flow ends at a throwing event.';
      return undefined;
    },
  },
];
