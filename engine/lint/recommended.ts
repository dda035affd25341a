/** bpmnlint's recommended rules, loaded by hand instead of from files, with a sentence and what to do for each. */
import type { RuleFactory } from 'bpmnlint';
import config from 'bpmnlint/config/recommended.js';
import adHocSubProcess from 'bpmnlint/rules/ad-hoc-sub-process.js';
import conditionalFlows from 'bpmnlint/rules/conditional-flows.js';
import endEventRequired from 'bpmnlint/rules/end-event-required.js';
import eventBasedGateway from 'bpmnlint/rules/event-based-gateway.js';
import eventSubProcessStart from 'bpmnlint/rules/event-sub-process-typed-start-event.js';
import fakeJoin from 'bpmnlint/rules/fake-join.js';
import global from 'bpmnlint/rules/global.js';
import labelRequired from 'bpmnlint/rules/label-required.js';
import linkEvent from 'bpmnlint/rules/link-event.js';
import noBpmndi from 'bpmnlint/rules/no-bpmndi.js';
import noComplexGateway from 'bpmnlint/rules/no-complex-gateway.js';
import noDisconnected from 'bpmnlint/rules/no-disconnected.js';
import noDuplicateFlows from 'bpmnlint/rules/no-duplicate-sequence-flows.js';
import noJoinFork from 'bpmnlint/rules/no-gateway-join-fork.js';
import noImplicitEnd from 'bpmnlint/rules/no-implicit-end.js';
import noImplicitSplit from 'bpmnlint/rules/no-implicit-split.js';
import noImplicitStart from 'bpmnlint/rules/no-implicit-start.js';
import noInclusiveGateway from 'bpmnlint/rules/no-inclusive-gateway.js';
import noOverlapping from 'bpmnlint/rules/no-overlapping-elements.js';
import singleBlankStart from 'bpmnlint/rules/single-blank-start-event.js';
import singleDefinition from 'bpmnlint/rules/single-event-definition.js';
import startEventRequired from 'bpmnlint/rules/start-event-required.js';
import subProcessBlankStart from 'bpmnlint/rules/sub-process-blank-start-event.js';
import superfluousGateway from 'bpmnlint/rules/superfluous-gateway.js';
import superfluousLabel from 'bpmnlint/rules/superfluous-label.js';
import superfluousTermination from 'bpmnlint/rules/superfluous-termination.js';

import { child, childrenOf, flag, isA, type ModdleElement } from '../compile/element.ts';

export interface Recommended {
  factory: RuleFactory;
  /** Instead of bpmnlint's own words; absent where those say more (which of several things is wrong). */
  message?: string;
  hint: string;
  /** Said where something is executed well and only hard to read, or missing without harm. */
  severity: 'warning' | 'info';
  /** Codes of the compiler that say the same of an element: it is said once. */
  said?: readonly string[];
  /** Elements that are in order although the rule, which knows less of the standard, says otherwise. */
  unless?(element: ModdleElement): boolean;
}

/** A receive task or event-based gateway that starts the instance (BPMN 2.0.2, 10.3.3 and 10.6.6): no start event is missing. */
const begins = (node: ModdleElement): boolean => flag(node, 'instantiate');

/** A compensation event is connected to its handler by an association in the same scope, also within a subprocess (10.7.1). */
const hasHandler = (node: ModdleElement): boolean =>
  isA(node, 'bpmn:BoundaryEvent') &&
  childrenOf(node.$parent ?? node, 'artifacts').some((artifact) => child(artifact, 'sourceRef') === node);

const startAtAll = ['no-start-event', 'no-incoming'];
const endAtAll = ['no-end-event', 'no-outgoing'];

export const recommended: Record<string, Recommended> = {
  'ad-hoc-sub-process': {
    factory: adHocSubProcess,
    hint: 'Leave start and end events out of an ad-hoc subprocess.',
    severity: 'warning',
    said: ['ad-hoc-with-events'],
  },
  'conditional-flows': {
    factory: conditionalFlows,
    message: 'The flow has neither a condition nor is it the default, beside flows that have conditions.',
    hint: 'Give it a condition, or make it the default flow.',
    severity: 'warning',
    said: ['no-condition-no-default'],
  },
  'end-event-required': {
    factory: endEventRequired,
    message: 'It has no end event.',
    hint: 'Draw where it ends.',
    severity: 'warning',
    said: endAtAll,
  },
  'event-based-gateway': {
    factory: eventBasedGateway,
    hint: 'Let two or more events follow it, without conditions.',
    severity: 'warning',
    said: ['event-gateway-outgoing', 'event-gateway-condition'],
  },
  'event-sub-process-typed-start-event': {
    factory: eventSubProcessStart,
    message: 'The start event of an event subprocess has no trigger.',
    hint: 'Give it a trigger.',
    severity: 'warning',
    said: ['event-without-trigger', 'event-subprocess-starts'],
  },
  'fake-join': {
    factory: fakeJoin,
    message: 'Several flows lead into it; each token goes on by itself.',
    hint: 'Draw the join as a gateway.',
    severity: 'info',
  },
  global: {
    factory: global,
    hint: 'Name it, use it, or remove it.',
    severity: 'info',
  },
  'label-required': {
    factory: labelRequired,
    message: 'It has no name.',
    hint: 'Name it in the words of the people who work with it.',
    severity: 'warning',
  },
  'link-event': {
    factory: linkEvent,
    hint: 'Give both ends of the link the same name.',
    severity: 'warning',
    said: ['link-mismatch', 'link-without-source', 'link-without-target', 'link-with-two-targets', 'no-link-name'],
  },
  'no-bpmndi': {
    factory: noBpmndi,
    message: 'It is not in the diagram.',
    hint: 'Draw it; when the file has no diagram at all, it gets one when it is deployed.',
    severity: 'info',
  },
  'no-complex-gateway': {
    factory: noComplexGateway,
    message: 'Complex gateways are hard to read.',
    hint: 'Use simpler gateways, if they say the same.',
    severity: 'info',
  },
  'no-disconnected': {
    factory: noDisconnected,
    message: 'It is connected to nothing.',
    hint: 'Join it to the flow, or remove it.',
    severity: 'warning',
    said: [...startAtAll, ...endAtAll, 'gateway-without-flows'],
  },
  'no-duplicate-sequence-flows': {
    factory: noDuplicateFlows,
    hint: 'Remove one of them: each brings a token of its own.',
    severity: 'warning',
  },
  'no-gateway-join-fork': {
    factory: noJoinFork,
    message: 'The gateway joins and splits at once.',
    hint: 'Draw two gateways.',
    severity: 'info',
  },
  'no-implicit-end': {
    factory: noImplicitEnd,
    message: 'The flow ends here without an end event.',
    hint: 'Draw an end event.',
    severity: 'warning',
    said: [...endAtAll, 'boundary-without-outgoing', 'intermediate-without-outgoing'],
    unless: hasHandler,
  },
  'no-implicit-split': {
    factory: noImplicitSplit,
    message: 'Several flows leave it: it splits without a gateway.',
    hint: 'Draw the split as a gateway.',
    severity: 'info',
  },
  'no-implicit-start': {
    factory: noImplicitStart,
    message: 'The flow begins here without a start event.',
    hint: 'Draw a start event.',
    severity: 'warning',
    said: startAtAll,
    unless: begins,
  },
  'no-inclusive-gateway': {
    factory: noInclusiveGateway,
    message: 'Inclusive gateways are hard to read.',
    hint: 'Use exclusive or parallel gateways, if they say the same.',
    severity: 'info',
  },
  'no-overlapping-elements': {
    factory: noOverlapping,
    message: 'It lies over another element of the diagram.',
    hint: 'Move them apart.',
    severity: 'info',
  },
  'single-blank-start-event': {
    factory: singleBlankStart,
    message: 'It has several start events without a trigger.',
    hint: 'Keep one of them.',
    severity: 'warning',
    said: ['two-none-starts'],
  },
  'single-event-definition': {
    factory: singleDefinition,
    message: 'The event has more than one trigger.',
    hint: 'Draw several events, if that is easier to read.',
    severity: 'info',
  },
  'start-event-required': {
    factory: startEventRequired,
    message: 'It has no start event.',
    hint: 'Draw where it begins.',
    severity: 'warning',
    said: startAtAll,
    unless: (scope) => childrenOf(scope, 'flowElements').some(begins),
  },
  'sub-process-blank-start-event': {
    factory: subProcessBlankStart,
    message: 'The start event of a subprocess has a trigger.',
    hint: 'Use a start event without one.',
    severity: 'warning',
    said: ['event-not-allowed'],
  },
  'superfluous-gateway': {
    factory: superfluousGateway,
    message: 'The gateway neither splits nor joins.',
    hint: 'Remove it.',
    severity: 'warning',
    said: ['gateway-superfluous'],
  },
  'superfluous-label': {
    factory: superfluousLabel,
    hint: 'Remove the name.',
    severity: 'info',
  },
  'superfluous-termination': {
    factory: superfluousTermination,
    message: 'It terminates what has ended anyway.',
    hint: 'Use an end event without a trigger.',
    severity: 'info',
  },
};

/** Names of the rules that this version of bpmnlint recommends. */
export const recommendedNames = Object.keys(config.rules ?? {});
