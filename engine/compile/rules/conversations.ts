/** Conversations, choreographies and lanes: membership (BPMN 2.0.2, 9.5, 10.8, 11.5). */
import { child, childrenOf, isA, type ModdleElement } from '../element.ts';
import { named, processOf, type Rule } from './rule.ts';

const isConversation = (end: ModdleElement | undefined): boolean =>
  end !== undefined && isA(end, 'bpmn:ConversationNode');

/** Nodes of the lane and of nested lanes. */
function nodesOfLane(lane: ModdleElement): ModdleElement[] {
  const inner = child(lane, 'childLaneSet');
  return [...childrenOf(lane, 'flowNodeRef'), ...(inner ? childrenOf(inner, 'lanes').flatMap(nodesOfLane) : [])];
}

export const conversationRules: Rule[] = [
  {
    code: 'conversation-participants',
    constraint: 'EXT032',
    section: '9.5',
    of: 'bpmn:ConversationNode',
    severity: 'warning',
    hint: 'Name two or more participants.',
    broken: (conversation) =>
      childrenOf(conversation, 'participantRef').length < 2
        ? 'Fewer than two participants take part in a conversation.'
        : undefined,
  },
  {
    code: 'conversation-link',
    constraint: 'EXT033',
    section: '9.5',
    of: 'bpmn:ConversationLink',
    hint: 'Join a participant and a conversation.',
    broken: (link) => {
      const [source, target] = [child(link, 'sourceRef'), child(link, 'targetRef')];
      return source && target && isConversation(source) === isConversation(target)
        ? 'A conversation link does not join a participant and a conversation.'
        : undefined;
    },
  },
  {
    code: 'conversation-calls',
    constraint: 'EXT034',
    section: '9.5',
    of: 'bpmn:CallConversation',
    hint: 'Call a collaboration or a global conversation.',
    broken: (call) => {
      const called = child(call, 'calledCollaborationRef');
      return called && isA(called, 'bpmn:Choreography') ? 'A conversation calls a choreography.' : undefined;
    },
  },
  {
    code: 'global-conversation',
    section: '9.5',
    of: 'bpmn:GlobalConversation',
    hint: 'Keep its participants, message flows and correlation keys only, or make it a collaboration.',
    broken: (conversation) =>
      ['conversations', 'artifacts', 'participantAssociations', 'messageFlowAssociations'].some(
        (list) => childrenOf(conversation, list).length > 0,
      )
        ? 'A global conversation holds conversations, artifacts or associations.'
        : undefined,
  },
  {
    code: 'choreography-participants',
    section: '11.5',
    of: 'bpmn:ChoreographyActivity',
    hint: 'Name two participants, of a subchoreography two or more.',
    broken: (activity, diagram) => {
      if (diagram.unresolved(activity, 'participantRef')) return undefined;
      const participants = childrenOf(activity, 'participantRef').length;
      const most = isA(activity, 'bpmn:ChoreographyTask') ? 2 : Number.POSITIVE_INFINITY;
      return participants < 2 || participants > most
        ? `${participants} participants take part in a choreography activity.`
        : undefined;
    },
  },
  {
    code: 'choreography-initiator',
    section: '11.5',
    of: 'bpmn:ChoreographyActivity',
    hint: 'Let one of its participants begin.',
    broken: (activity) => {
      const initiator = child(activity, 'initiatingParticipantRef');
      return initiator && !childrenOf(activity, 'participantRef').includes(initiator)
        ? `It begins by ${named(initiator)}, which takes no part in it.`
        : undefined;
    },
  },
  {
    code: 'lane-of-other-process',
    section: '10.8',
    of: 'bpmn:Lane',
    hint: 'Let a lane hold flow nodes of its own process.',
    broken: (lane) => {
      const foreign = childrenOf(lane, 'flowNodeRef').find(
        (node) => isA(node, 'bpmn:FlowNode') && processOf(node) !== processOf(lane),
      );
      return foreign && `The lane holds ${named(foreign)}, which stands in another process.`;
    },
  },
  {
    code: 'node-in-two-lanes',
    section: '10.8',
    of: 'bpmn:LaneSet',
    hint: 'Let it stand in one lane of a set.',
    broken: (set) => {
      const seen = new Map<ModdleElement, ModdleElement>();
      for (const lane of childrenOf(set, 'lanes'))
        for (const node of new Set(nodesOfLane(lane))) {
          const other = seen.get(node);
          if (other) return `${named(node)} stands in the lanes ${named(other)} and ${named(lane)} at once.`;
          seen.set(node, lane);
        }
      return undefined;
    },
  },
];
