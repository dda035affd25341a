/** Gateways: directions, and what may follow an event-based gateway (BPMN 2.0.2, 10.6). */
import { child, eventDefinitionsOf, flag, isA, type ModdleElement, text } from '../element.ts';
import type { Diagram, Rule } from './rule.ts';

const targetsOf = (gateway: ModdleElement, diagram: Diagram): ModdleElement[] =>
  diagram.outgoing(gateway).flatMap((flow) => child(flow, 'targetRef') ?? []);

const followers = ['message', 'timer', 'conditional', 'signal'];

const isMessageCatch = (node: ModdleElement): boolean =>
  isA(node, 'bpmn:IntermediateCatchEvent') &&
  eventDefinitionsOf(node).some((definition) => definition.$type === 'bpmn:MessageEventDefinition');

function directionRule(
  constraint: string,
  direction: string,
  broken: (incoming: number, outgoing: number) => boolean,
): Rule {
  return {
    code: 'gateway-direction',
    constraint,
    section: '10.6.1, table 8.46',
    of: 'bpmn:Gateway',
    hint: 'Correct gatewayDirection, or leave it out.',
    broken: (gateway, diagram) => {
      if (text(gateway, 'gatewayDirection') !== direction) return undefined;
      const [incoming, outgoing] = [diagram.incoming(gateway).length, diagram.outgoing(gateway).length];
      return broken(incoming, outgoing)
        ? `A gateway of direction "${direction}" has ${incoming} incoming and ${outgoing} outgoing flows.`
        : undefined;
    },
  };
}

export const gatewayRules: Rule[] = [
  directionRule('EXT017', 'Converging', (incoming, outgoing) => incoming < 2 || outgoing > 1),
  directionRule('EXT018', 'Diverging', (incoming, outgoing) => outgoing < 2 || incoming > 1),
  directionRule('EXT019', 'Mixed', (incoming, outgoing) => incoming < 2 || outgoing < 2),
  {
    code: 'gateway-without-flows',
    constraint: 'EXT135',
    section: '10.6.1',
    of: 'bpmn:Gateway',
    hint: 'Join it to the flow, or remove it.',
    broken: (gateway, diagram) =>
      diagram.incoming(gateway).length === 0 && diagram.outgoing(gateway).length === 0
        ? 'A gateway has no flows.'
        : undefined,
  },
  {
    code: 'gateway-superfluous',
    constraint: 'EXT135',
    section: '10.6.1',
    of: 'bpmn:Gateway',
    severity: 'warning',
    hint: 'Remove it.',
    broken: (gateway, diagram) => {
      const [incoming, outgoing] = [diagram.incoming(gateway).length, diagram.outgoing(gateway).length];
      return incoming + outgoing > 0 && incoming < 2 && outgoing < 2
        ? 'A gateway neither splits nor merges.'
        : undefined;
    },
  },
  {
    code: 'no-condition-no-default',
    section: '10.6.2, 10.6.3',
    of: 'bpmn:Gateway',
    severity: 'warning',
    hint: 'Make one of the flows the default flow.',
    broken: (gateway, diagram) => {
      if (!isA(gateway, 'bpmn:ExclusiveGateway') && !isA(gateway, 'bpmn:InclusiveGateway')) return undefined;
      const flows = diagram.outgoing(gateway);
      if (flows.length < 2 || child(gateway, 'default')) return undefined;
      return flows.some((flow) => !child(flow, 'conditionExpression'))
        ? 'A flow without condition is always taken; it is not marked as the default flow.'
        : 'When no condition holds the instance stops with an incident: there is no default flow.';
    },
  },
  {
    code: 'condition-ignored',
    section: 'table 8.60',
    of: 'bpmn:ParallelGateway',
    severity: 'warning',
    hint: 'Use an inclusive gateway, or remove the conditions.',
    broken: (gateway, diagram) =>
      diagram.outgoing(gateway).some((flow) => child(flow, 'conditionExpression'))
        ? 'A parallel gateway takes all its flows; their conditions are not looked at.'
        : undefined,
  },
  {
    code: 'event-gateway-outgoing',
    constraint: 'EXT136',
    section: '10.6.6',
    of: 'bpmn:EventBasedGateway',
    hint: 'Let two or more events follow it.',
    broken: (gateway, diagram) =>
      diagram.outgoing(gateway).length < 2 ? 'Fewer than two events follow an event-based gateway.' : undefined,
  },
  {
    code: 'event-gateway-condition',
    constraint: 'EXT137',
    section: '10.6.6',
    of: 'bpmn:EventBasedGateway',
    hint: 'Remove the conditions: the first event decides.',
    broken: (gateway, diagram) =>
      diagram.outgoing(gateway).some((flow) => child(flow, 'conditionExpression'))
        ? 'A flow of an event-based gateway has a condition.'
        : undefined,
  },
  {
    code: 'event-gateway-target',
    constraint: 'EXT138',
    section: '10.6.6',
    of: 'bpmn:EventBasedGateway',
    hint: 'Let message, timer, conditional or signal catch events or receive tasks follow it.',
    broken: (gateway, diagram) => {
      const target = targetsOf(gateway, diagram).find((node) => {
        if (isA(node, 'bpmn:ReceiveTask')) return false;
        if (!isA(node, 'bpmn:IntermediateCatchEvent')) return true;
        const types = eventDefinitionsOf(node).map((definition) =>
          definition.$type.replace(/^bpmn:(.*)EventDefinition$/, '$1').toLowerCase(),
        );
        return types.some((type) => !followers.includes(type));
      });
      return target && `"${text(target, 'name') ?? text(target, 'id')}" may not follow an event-based gateway.`;
    },
  },
  {
    code: 'event-gateway-mixed',
    constraint: 'EXT139',
    section: '10.6.6',
    of: 'bpmn:EventBasedGateway',
    hint: 'Use message events only, or receive tasks only.',
    broken: (gateway, diagram) => {
      const targets = targetsOf(gateway, diagram);
      return targets.some((node) => isA(node, 'bpmn:ReceiveTask')) && targets.some(isMessageCatch)
        ? 'Message events and receive tasks both follow an event-based gateway.'
        : undefined;
    },
  },
  {
    code: 'event-gateway-boundary',
    constraint: 'EXT140',
    section: '10.6.6',
    of: 'bpmn:EventBasedGateway',
    hint: 'Remove the boundary event.',
    broken: (gateway, diagram) => {
      const targets = targetsOf(gateway, diagram);
      return diagram.all('bpmn:BoundaryEvent').some((event) => targets.includes(child(event, 'attachedToRef')!))
        ? 'A receive task after an event-based gateway has a boundary event.'
        : undefined;
    },
  },
  {
    code: 'event-gateway-target-shared',
    constraint: 'EXT141',
    section: '10.6.6',
    of: 'bpmn:EventBasedGateway',
    hint: 'Nothing else may lead to the events that follow it.',
    broken: (gateway, diagram) =>
      targetsOf(gateway, diagram).some((target) => diagram.incoming(target).length > 1)
        ? 'Another flow leads to an event that follows an event-based gateway.'
        : undefined,
  },
  {
    code: 'event-gateway-parallel',
    section: 'table 10.116',
    of: 'bpmn:EventBasedGateway',
    hint: 'Set instantiate="true", or remove eventGatewayType="Parallel".',
    broken: (gateway) =>
      text(gateway, 'eventGatewayType') === 'Parallel' && !flag(gateway, 'instantiate')
        ? 'An event-based gateway waits for all its events, but starts no process.'
        : undefined,
  },
  {
    code: 'instantiating-with-incoming',
    constraint: 'EXT142',
    section: '10.6.6',
    of: 'bpmn:EventBasedGateway',
    hint: 'Remove the flow, or instantiate="true".',
    broken: (gateway, diagram) =>
      flag(gateway, 'instantiate') && diagram.incoming(gateway).length > 0
        ? 'A flow leads to a gateway that starts the process.'
        : undefined,
  },
];
