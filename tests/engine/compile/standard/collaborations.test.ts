/** Participants, message flows, conversations, choreographies and lanes (BPMN 2.0.2, 9 and 10.8). */
import { describe } from 'vitest';
import { flow } from '../builders.ts';
import { byMessage, bySignal, chain, main, message, other, type Shown, show, signal, timer } from './pieces.ts';

const pools =
  '<bpmn:participant id="Us" name="us" processRef="P"/><bpmn:participant id="They" name="they" processRef="Q"/>';
const together = (inside: string): string =>
  `${message}${signal}<bpmn:collaboration id="Co">${pools}${inside}</bpmn:collaboration>`;
const sent = (source: string, target: string, process = ''): string =>
  `${other(`<bpmn:sendTask id="QT" messageRef="Msg"/>${flow('q1', 'QS', 'QT')}${flow('q2', 'QT', 'QE')}${process}`)}${together(`<bpmn:messageFlow id="m" sourceRef="${source}" targetRef="${target}"/>`)}`;
const caught = (definition: string): string =>
  chain(
    ['A', '<bpmn:task id="A"/>'],
    ['C', `<bpmn:intermediateCatchEvent id="C">${definition}</bpmn:intermediateCatchEvent>`],
  );
const thrown = (definition: string): string =>
  chain(
    ['A', '<bpmn:task id="A"/>'],
    ['C', `<bpmn:intermediateThrowEvent id="C">${definition}</bpmn:intermediateThrowEvent>`],
  );
const received = chain(['A', '<bpmn:receiveTask id="A" messageRef="Msg"/>']);
const guarded = (definition: string): string =>
  `${main}<bpmn:boundaryEvent id="B" attachedToRef="A">${definition}</bpmn:boundaryEvent>${flow('b', 'B', 'E')}`;
const toUs = '<bpmn:messageFlow id="m" sourceRef="QT" targetRef="A"/>';
const gateways = chain(['A', '<bpmn:receiveTask id="A" messageRef="Msg"/>'], ['G', '<bpmn:exclusiveGateway id="G"/>']);
const talk = (inside: string): string => other('') + together(inside);
const conversation =
  '<bpmn:conversation id="Talk" name="talk"><bpmn:participantRef>Us</bpmn:participantRef><bpmn:participantRef>They</bpmn:participantRef></bpmn:conversation>';
const link = (source: string, target: string): string =>
  `<bpmn:conversationLink id="L" sourceRef="${source}" targetRef="${target}"/>`;
const lanes = (inside: string): string => `<bpmn:laneSet id="Ls">${inside}</bpmn:laneSet>${main}`;
const lane = (id: string, ...nodes: string[]): string =>
  `<bpmn:lane id="${id}" name="${id}">${nodes.map((node) => `<bpmn:flowNodeRef>${node}</bpmn:flowNodeRef>`).join('')}</bpmn:lane>`;
const choreography = (task: string): string =>
  `${message}<bpmn:choreography id="Ch"><bpmn:participant id="X" name="x"/><bpmn:participant id="Y" name="y"/><bpmn:messageFlow id="cm" sourceRef="X" targetRef="Y"/><bpmn:startEvent id="CS"/>${task}<bpmn:endEvent id="CE"/>${flow('c1', 'CS', 'CT')}${flow('c2', 'CT', 'CE')}</bpmn:choreography>`;
const both = '<bpmn:participantRef>X</bpmn:participantRef><bpmn:participantRef>Y</bpmn:participantRef>';
const carried = '<bpmn:messageFlowRef>cm</bpmn:messageFlowRef>';
const choreographyTask = `<bpmn:choreographyTask id="CT" initiatingParticipantRef="X">${both}${carried}</bpmn:choreographyTask>`;

const cases: Shown[] = [
  [
    'a message flow has two ends',
    'missing-part m',
    [received, sent('QT', 'A').replace('targetRef="A"', '')],
    [received, sent('QT', 'A')],
  ],
  [
    'no message flow leads to a gateway',
    'message-flow-to-gateway m',
    [gateways, sent('QT', 'G')],
    [gateways, sent('QT', 'A')],
  ],
  [
    'no message flow leads from a gateway',
    'message-flow-to-gateway m',
    [received, sent('QG', 'A', `<bpmn:parallelGateway id="QG"/>${flow('g1', 'QS', 'QG')}${flow('g2', 'QG', 'QE')}`)],
    [received, sent('QT', 'A')],
  ],
  [
    'a message flow leads to an event that waits for a message',
    'message-flow-to-silent-event m',
    [caught(timer), sent('QT', 'C')],
    [caught(byMessage), sent('QT', 'C')],
  ],
  [
    'so at the border of an activity',
    'message-flow-to-silent-event m',
    [guarded(timer), sent('QT', 'B')],
    [guarded(byMessage), sent('QT', 'B')],
  ],
  [
    'a message flow begins at an event that sends one',
    'message-flow-from-silent-event m',
    [
      thrown(bySignal),
      sent('C', 'QR', `<bpmn:receiveTask id="QR" messageRef="Msg"/>${flow('r1', 'QS', 'QR')}${flow('r2', 'QR', 'QE')}`),
    ],
    [
      thrown(byMessage),
      sent('C', 'QR', `<bpmn:receiveTask id="QR" messageRef="Msg"/>${flow('r1', 'QS', 'QR')}${flow('r2', 'QR', 'QE')}`),
    ],
  ],
  [
    'no message flow begins at a boundary event',
    'message-flow-against-event m',
    [
      guarded(byMessage),
      sent('B', 'QR', `<bpmn:receiveTask id="QR" messageRef="Msg"/>${flow('r1', 'QS', 'QR')}${flow('r2', 'QR', 'QE')}`),
    ],
    [guarded(byMessage), sent('QT', 'B')],
  ],
  [
    'a message flow stays not within a pool',
    'message-flow-within-pool m',
    [chain(['A', '<bpmn:receiveTask id="A" messageRef="Msg"/>']), sent('Us', 'A')],
    [received, sent('They', 'A')],
  ],
  [
    'associated message flows have two ends',
    'missing-part Mfa',
    [
      received,
      `${other(`<bpmn:sendTask id="QT" messageRef="Msg"/>${flow('q1', 'QS', 'QT')}${flow('q2', 'QT', 'QE')}`)}${together(`${toUs}<bpmn:messageFlowAssociation id="Mfa" innerMessageFlowRef="m"/>`)}`,
    ],
    [received, sent('QT', 'A')],
  ],
  [
    'associated participants are two',
    'missing-part Pa',
    [
      main,
      talk(
        '<bpmn:participantAssociation id="Pa"><bpmn:innerParticipantRef>Us</bpmn:innerParticipantRef></bpmn:participantAssociation>',
      ),
    ],
    [
      main,
      talk(
        '<bpmn:participantAssociation id="Pa"><bpmn:innerParticipantRef>Us</bpmn:innerParticipantRef><bpmn:outerParticipantRef>They</bpmn:outerParticipantRef></bpmn:participantAssociation>',
      ),
    ],
  ],
  [
    'a participant takes part as many times at most as at least',
    'participant-maximum Us',
    [
      main,
      talk('').replace(
        'processRef="P"/>',
        'processRef="P"><bpmn:participantMultiplicity minimum="3" maximum="2"/></bpmn:participant>',
      ),
    ],
    [
      main,
      talk('').replace(
        'processRef="P"/>',
        'processRef="P"><bpmn:participantMultiplicity minimum="2" maximum="3"/></bpmn:participant>',
      ),
    ],
  ],
  [
    'a conversation is among two or more',
    'conversation-participants Talk',
    [main, talk(conversation.replace('<bpmn:participantRef>They</bpmn:participantRef>', ''))],
    [main, talk(conversation)],
    'warning',
  ],
  [
    'a conversation link joins a participant and a conversation',
    'conversation-link L',
    [main, talk(conversation + link('Us', 'They'))],
    [main, talk(conversation + link('Us', 'Talk'))],
  ],
  [
    'a conversation link has two ends',
    'missing-part L',
    [main, talk(`${conversation}<bpmn:conversationLink id="L" sourceRef="Us"/>`)],
    [main, talk(conversation + link('Us', 'Talk'))],
  ],
  [
    'a conversation calls no choreography',
    'conversation-calls Call',
    [
      main,
      choreography(choreographyTask) +
        talk(
          '<bpmn:callConversation id="Call" calledCollaborationRef="Ch"><bpmn:participantRef>Us</bpmn:participantRef><bpmn:participantRef>They</bpmn:participantRef></bpmn:callConversation>',
        ).replace(message, ''),
    ],
    [
      main,
      `<bpmn:globalConversation id="Gc"/>${talk('<bpmn:callConversation id="Call" calledCollaborationRef="Gc"><bpmn:participantRef>Us</bpmn:participantRef><bpmn:participantRef>They</bpmn:participantRef></bpmn:callConversation>')}`,
    ],
  ],
  [
    'a global conversation holds no conversations',
    'global-conversation Gc',
    [
      main,
      `<bpmn:globalConversation id="Gc"><bpmn:participant id="G1" name="g"/><bpmn:participant id="G2" name="h"/><bpmn:conversation id="Gt"><bpmn:participantRef>G1</bpmn:participantRef><bpmn:participantRef>G2</bpmn:participantRef></bpmn:conversation></bpmn:globalConversation>`,
    ],
    [main, '<bpmn:globalConversation id="Gc"><bpmn:participant id="G1" name="g"/></bpmn:globalConversation>'],
  ],
  [
    'a choreography activity has two participants',
    'choreography-participants CT',
    [main, choreography(choreographyTask.replace('<bpmn:participantRef>Y</bpmn:participantRef>', ''))],
    [main, choreography(choreographyTask)],
  ],
  [
    'one of them begins',
    'missing-part CT',
    [main, choreography(choreographyTask.replace('initiatingParticipantRef="X"', ''))],
    [main, choreography(choreographyTask)],
  ],
  [
    'and is one of them',
    'choreography-initiator CT',
    [
      main,
      choreography(
        choreographyTask
          .replace('initiatingParticipantRef="X"', 'initiatingParticipantRef="Z"')
          .replace('<bpmn:startEvent id="CS"/>', ''),
      ).replace(
        '<bpmn:participant id="Y" name="y"/>',
        '<bpmn:participant id="Y" name="y"/><bpmn:participant id="Z" name="z"/>',
      ),
    ],
    [main, choreography(choreographyTask)],
  ],
  [
    'a choreography task carries messages',
    'missing-part CT',
    [main, choreography(choreographyTask.replace(carried, ''))],
    [main, choreography(choreographyTask)],
  ],
  [
    'no activities of processes stand in choreographies',
    'activity-in-choreography Ch',
    [main, choreography('<bpmn:userTask id="CT"/>')],
    [main, choreography(choreographyTask)],
  ],
  [
    'a lane holds nodes of its process',
    'lane-of-other-process L1',
    [lanes(lane('L1', 'A', 'QS')), other('')],
    [lanes(lane('L1', 'A', 'S')), other('')],
  ],
  [
    'a node stands in one lane of a set',
    'node-in-two-lanes Ls',
    [lanes(lane('L1', 'S', 'A') + lane('L2', 'A', 'E'))],
    [lanes(lane('L1', 'S', 'A') + lane('L2', 'E'))],
  ],
];

describe('collaborations', () => show(cases));
