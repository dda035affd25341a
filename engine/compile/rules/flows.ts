/** Sequence flows: permitted ends and conditions (BPMN 2.0.2, 7.6.1, 8.4.13). */
import { child, childrenOf, flag, isA, type ModdleElement } from '../element.ts';
import { type Diagram, isEventSubProcess, named, nodesOf, processOf, type Rule } from './rule.ts';
import { isLink } from './triggers.ts';

const isNode = (element: ModdleElement | undefined): boolean => element !== undefined && isA(element, 'bpmn:FlowNode');

const isArtifact = (element: ModdleElement | undefined): boolean =>
  element !== undefined && isA(element, 'bpmn:Artifact');

/** Asked for each node of a scope, so looked for once. */
function eventsOf(type: string): (scope: ModdleElement) => ModdleElement[] {
  const known = new WeakMap<ModdleElement, ModdleElement[]>();
  return (scope) => {
    const found = known.get(scope) ?? nodesOf(scope).filter((node) => isA(node, type));
    known.set(scope, found);
    return found;
  };
}

const starts = eventsOf('bpmn:StartEvent');
const ends = eventsOf('bpmn:EndEvent');

/** Nodes within a scope that are not part of its normal flow. */
function apart(node: ModdleElement): boolean {
  const scope = node.$parent;
  return (
    isEventSubProcess(node) ||
    flag(node, 'isForCompensation') ||
    isA(node, 'bpmn:BoundaryEvent') ||
    (scope !== undefined && isA(scope, 'bpmn:AdHocSubProcess'))
  );
}

const isInstantiating = (node: ModdleElement): boolean => flag(node, 'instantiate');

type Side = 'incoming' | 'outgoing';
type Listing = 'whole' | 'wanting' | 'wrong';

/** Whether the flow lists of a node match the flows: complete, incomplete, or with unrelated flows. */
function listingOf(node: ModdleElement, side: Side, diagram: Diagram): Listing {
  const [listed, flows] = [childrenOf(node, side), diagram[side](node)];
  if (!listed.every((flow) => flows.includes(flow))) return 'wrong';
  return flows.every((flow) => listed.includes(flow)) ? 'whole' : 'wanting';
}

const listing = new WeakMap<Diagram, 'none' | 'some' | 'most'>();

/** Files that list no flows at all are usual and unambiguous; where most nodes list theirs, one that does not is a mistake. */
function listsFlows(diagram: Diagram): 'none' | 'some' | 'most' {
  let known = listing.get(diagram);
  if (known === undefined) {
    const nodes = diagram.all('bpmn:FlowNode');
    const whole = nodes.filter((node) =>
      (['incoming', 'outgoing'] as const).every((side) => listingOf(node, side, diagram) === 'whole'),
    );
    const any = nodes.some((node) => childrenOf(node, 'incoming').length + childrenOf(node, 'outgoing').length > 0);
    known = !any ? 'none' : whole.length * 2 >= nodes.length ? 'most' : 'some';
    listing.set(diagram, known);
  }
  return known;
}

/** Flow lists that contradict the flows, as constraints about an event's flows depend on them. */
const listings: { constraint: string; of: string; side?: Side }[] = [
  { constraint: 'EXT023', of: 'bpmn:FlowNode' },
  { constraint: 'EXT101', of: 'bpmn:StartEvent', side: 'outgoing' },
  { constraint: 'EXT107', of: 'bpmn:EndEvent', side: 'incoming' },
  { constraint: 'EXT113', of: 'bpmn:BoundaryEvent', side: 'outgoing' },
  { constraint: 'EXT115', of: 'bpmn:IntermediateCatchEvent', side: 'incoming' },
  { constraint: 'EXT115', of: 'bpmn:IntermediateThrowEvent', side: 'incoming' },
  { constraint: 'EXT116', of: 'bpmn:IntermediateCatchEvent', side: 'outgoing' },
  { constraint: 'EXT116', of: 'bpmn:IntermediateThrowEvent', side: 'outgoing' },
];

/** Nothing if an end is missing or not a node, which other rules report. */
function nodesJoinedBy(flow: ModdleElement): ModdleElement[] {
  const ends = ['sourceRef', 'targetRef'].flatMap((side) => child(flow, side) ?? []);
  return ends.length === 2 && ends.every(isNode) ? ends : [];
}

export const flowRules: Rule[] = [
  ...(
    [
      ['sourceRef', 'flow-without-source', 'begins', ['EXT007', 'EXT021']],
      ['targetRef', 'flow-without-target', 'ends', ['EXT006', 'EXT022']],
    ] as const
  ).flatMap(([side, code, verb, [ofArtifacts, ofOthers]]) =>
    [ofArtifacts, ofOthers].map(
      (constraint): Rule => ({
        code,
        constraint,
        section: '7.6.1',
        of: 'bpmn:SequenceFlow',
        hint: 'Join events, activities and gateways.',
        broken: (flow) => {
          const end = child(flow, side);
          if (isNode(end) || isArtifact(end) !== (constraint === ofArtifacts)) return undefined;
          return `The sequence flow ${verb} at ${named(end)}, which is no flow node.`;
        },
      }),
    ),
  ),
  ...(
    [
      ['EXT021', ['sourceRef']],
      ['EXT022', ['targetRef']],
      ['EXT057', ['sourceRef', 'targetRef']],
    ] as const
  ).map(
    ([constraint, sides]): Rule => ({
      code: 'flow-of-event-subprocess',
      constraint,
      section: 'table 8.60, 10.3.5',
      of: 'bpmn:SequenceFlow',
      hint: 'Remove the flow: the start event of the event subprocess triggers it.',
      broken: (flow) =>
        sides.some((side) => isEventSubProcess(child(flow, side)))
          ? 'The sequence flow joins an event subprocess.'
          : undefined,
    }),
  ),
  ...(['EXT028', 'EXT152'] as const).flatMap((constraint): Rule[] => [
    {
      code: 'flow-crosses-scope',
      constraint,
      section: '7.6.1',
      of: 'bpmn:SequenceFlow',
      hint: 'Join elements of one process or subprocess only; use message flows between processes.',
      broken: (flow) => {
        const [source, target] = nodesJoinedBy(flow);
        return source && target && source.$parent !== target.$parent
          ? 'The sequence flow crosses the border of a process or subprocess.'
          : undefined;
      },
    },
    {
      code: 'flow-outside-its-scope',
      constraint,
      section: '7.6.1',
      of: 'bpmn:SequenceFlow',
      hint: 'Move the flow to where the elements it joins stand: delete it in the modeler and draw it again inside.',
      broken: (flow) => {
        const [source, target] = nodesJoinedBy(flow);
        return source && target && source.$parent === target.$parent && source.$parent !== flow.$parent
          ? `The file has the sequence flow in ${named(flow.$parent)}, but both elements it joins stand in ${named(source.$parent)}.`
          : undefined;
      },
    },
  ]),
  {
    code: 'condition-alone',
    constraint: 'EXT025',
    section: '8.4.13, 10.3',
    of: 'bpmn:Activity',
    hint: 'Give it another flow for when the condition does not hold, or remove the condition.',
    broken: (activity, diagram) => {
      const [flow, second] = diagram.outgoing(activity);
      return flow && !second && child(flow, 'conditionExpression')
        ? 'The only flow that leaves it has a condition: when it does not hold the instance stops.'
        : undefined;
    },
  },
  {
    code: 'condition-after-start',
    section: '10.5.2',
    of: 'bpmn:StartEvent',
    hint: 'Lead the flow to a gateway, and from there on by conditions.',
    broken: (event, diagram) =>
      diagram.outgoing(event).some((flow) => child(flow, 'conditionExpression'))
        ? 'A flow that leaves a start event has a condition.'
        : undefined,
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
    broken: (node, diagram) => {
      const scope = node.$parent;
      if (!scope || apart(node) || isA(node, 'bpmn:StartEvent') || starts(scope).length === 0) return undefined;
      if (isInstantiating(node) || (isA(node, 'bpmn:CatchEvent') && isLink(node))) return undefined;
      return diagram.incoming(node).length === 0
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
    broken: (node, diagram) => {
      const scope = node.$parent;
      if (!scope || apart(node) || isA(node, 'bpmn:EndEvent') || ends(scope).length === 0) return undefined;
      if (isA(node, 'bpmn:ThrowEvent') && isLink(node)) return undefined;
      return diagram.outgoing(node).length === 0
        ? 'Nothing leads on from it although its scope has an end event.'
        : undefined;
    },
  },
  ...([undefined, 'warning'] as const).flatMap((severity) =>
    (['incoming', 'outgoing'] as const).flatMap((side) =>
      listings
        .filter((one) => one.side === undefined || one.side === side)
        .map(
          ({ constraint, of }): Rule => ({
            code: 'flow-not-listed',
            constraint,
            section: 'table 8.44',
            of,
            severity,
            hint: 'Open and save the file in a modeler, which lists the flows again.',
            broken: (node, diagram) => {
              const [lists, said] = [listsFlows(diagram), listingOf(node, side, diagram)];
              if (lists === 'none' || said === 'whole') return undefined;
              return (said === 'wrong' || lists === 'most') === (severity === undefined)
                ? `The ${side} flows it lists are not those that join it.`
                : undefined;
            },
          }),
        ),
    ),
  ),
];
