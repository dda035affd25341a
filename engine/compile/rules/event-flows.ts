/** The sequence flows of events: what leads to them and on from them (BPMN 2.0.2, 10.3.5, 10.5.2 to 10.5.4). */
import { isA } from '../element.ts';
import type { Rule } from './rule.ts';
import { isAdHoc, isLink, triggersOf } from './triggers.ts';

export const eventFlowRules: Rule[] = [
  {
    code: 'start-without-outgoing',
    constraint: 'EXT101',
    section: '10.5.2',
    of: 'bpmn:StartEvent',
    hint: 'Lead a sequence flow from it.',
    broken: (event, diagram) =>
      diagram.outgoing(event).length === 0 && !isAdHoc(event.$parent)
        ? 'Nothing leads on from a start event.'
        : undefined,
  },
  {
    code: 'end-without-incoming',
    constraint: 'EXT107',
    section: '10.5.3',
    of: 'bpmn:EndEvent',
    hint: 'Lead a sequence flow to it, or remove it.',
    broken: (event, diagram) =>
      diagram.incoming(event).length === 0 && !isAdHoc(event.$parent) ? 'Nothing leads to an end event.' : undefined,
  },
  {
    code: 'intermediate-without-incoming',
    constraint: 'EXT115',
    section: '10.5.4',
    of: 'bpmn:Event',
    hint: 'Lead a sequence flow to it, or make it a start event.',
    broken: (event, diagram) => {
      const catching = isA(event, 'bpmn:IntermediateCatchEvent') && !isLink(event);
      // In an ad-hoc subprocess everything begins by being chosen.
      if ((!catching && !isA(event, 'bpmn:IntermediateThrowEvent')) || isAdHoc(event.$parent)) return undefined;
      return diagram.incoming(event).length === 0 ? 'Nothing leads to an intermediate event.' : undefined;
    },
  },
  {
    code: 'start-with-incoming',
    constraint: 'EXT096',
    section: '10.5.2',
    of: 'bpmn:StartEvent',
    hint: 'Lead the flow to another element.',
    broken: (event, diagram) =>
      diagram.incoming(event).length > 0 ? 'A sequence flow leads to a start event.' : undefined,
  },
  {
    code: 'end-with-outgoing',
    constraint: 'EXT104',
    section: '10.5.3',
    of: 'bpmn:EndEvent',
    hint: 'Make it an intermediate event, or remove the flow.',
    broken: (event, diagram) =>
      diagram.outgoing(event).length > 0 ? 'A sequence flow leaves an end event.' : undefined,
  },
  {
    code: 'boundary-with-incoming',
    constraint: 'EXT112',
    section: '10.5.4',
    of: 'bpmn:BoundaryEvent',
    hint: 'Remove the flow: a boundary event is triggered, not reached.',
    broken: (event, diagram) =>
      diagram.incoming(event).length > 0 ? 'A sequence flow leads to a boundary event.' : undefined,
  },
  {
    code: 'boundary-without-outgoing',
    constraint: 'EXT113',
    section: '10.5.4',
    of: 'bpmn:BoundaryEvent',
    hint: 'Lead a sequence flow from it.',
    broken: (event, diagram) =>
      !triggersOf(event).includes('compensate') && diagram.outgoing(event).length === 0
        ? 'Nothing leads on from a boundary event.'
        : undefined,
  },
  {
    code: 'intermediate-without-outgoing',
    constraint: 'EXT116',
    section: '10.5.4',
    of: 'bpmn:Event',
    hint: 'Lead a sequence flow from it, or make it an end event.',
    broken: (event, diagram) => {
      const catching = isA(event, 'bpmn:IntermediateCatchEvent');
      const throwing = isA(event, 'bpmn:IntermediateThrowEvent');
      if (!catching && (!throwing || isLink(event))) return undefined;
      // End events are not allowed there (10.3.5), so whatever has no flow is the last of its branch.
      if (isAdHoc(event.$parent)) return undefined;
      return diagram.outgoing(event).length === 0 ? 'Nothing leads on from an intermediate event.' : undefined;
    },
  },
  {
    code: 'link-with-flow',
    constraint: 'EXT117',
    section: '10.5.4',
    of: 'bpmn:Event',
    hint: 'A link replaces the flow: nothing leads to its catching end or from its throwing end.',
    broken: (event, diagram) => {
      if (!isLink(event)) return undefined;
      if (isA(event, 'bpmn:IntermediateCatchEvent') && diagram.incoming(event).length > 0)
        return 'A sequence flow leads to the catching end of a link.';
      if (isA(event, 'bpmn:IntermediateThrowEvent') && diagram.outgoing(event).length > 0)
        return 'A sequence flow leaves the throwing end of a link.';
      return undefined;
    },
  },
];
