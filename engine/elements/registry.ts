/** Registry of executable elements: the behaviour of each kind, and the events permitted at each position (BPMN 2.0.2, table 10.93). */
import type { ElementBehaviour, Kinds, ScopeBehaviour } from '../core/run-types.ts';
import type { ElementKind, ElementOf, EventType, ScopeKind } from '../model/plan.ts';
import { adHocSubProcess } from './ad-hoc-sub-process.ts';
import { boundaryEvent } from './boundary-event.ts';
import { businessRuleTask } from './business-rule-task.ts';
import { callActivity } from './call-activity.ts';
import { complexGateway } from './complex-gateway.ts';
import { endEvent } from './end-event.ts';
import { eventBasedGateway } from './event-based-gateway.ts';
import { eventSubProcess } from './event-sub-process.ts';
import { exclusiveGateway } from './exclusive-gateway.ts';
import { inclusiveGateway } from './inclusive-gateway.ts';
import { intermediateCatchEvent } from './intermediate-catch-event.ts';
import { intermediateThrowEvent } from './intermediate-throw-event.ts';
import { enterBody, instanceDone, retryBody } from './loops.ts';
import { manualTask } from './manual-task.ts';
import { parallelGateway } from './parallel-gateway.ts';
import { process } from './process.ts';
import { receiveTask } from './receive-task.ts';
import { scriptTask } from './script-task.ts';
import { sendTask } from './send-task.ts';
import { serviceTask } from './service-task.ts';
import { startEvent } from './start-event.ts';
import { subProcess } from './sub-process.ts';
import { task } from './task.ts';
import { transaction } from './transaction.ts';
import { userTask } from './user-task.ts';

const behaviours = {
  process,
  task,
  manualTask,
  userTask,
  serviceTask,
  sendTask,
  scriptTask,
  businessRuleTask,
  receiveTask,
  callActivity,
  subProcess,
  transaction,
  adHocSubProcess,
  eventSubProcess,
  exclusiveGateway,
  parallelGateway,
  inclusiveGateway,
  complexGateway,
  eventBasedGateway,
  startEvent,
  intermediateCatchEvent,
  boundaryEvent,
  intermediateThrowEvent,
  endEvent,
} satisfies { [K in ElementKind]: K extends ScopeKind ? ScopeBehaviour<ElementOf<K>> : ElementBehaviour<ElementOf<K>> };

const scopes: Partial<Record<ElementKind, ScopeBehaviour>> = {
  process,
  subProcess,
  transaction,
  adHocSubProcess,
  eventSubProcess,
} satisfies Record<ScopeKind, ScopeBehaviour>;

const settling = Object.values<ElementBehaviour>(behaviours).flatMap(({ settle }) => settle ?? []);

/** Element kinds, for the token moves. */
export const kinds: Kinds = {
  behaviourOf: ({ kind }) => behaviours[kind],
  scopeBehaviourOf: ({ kind }) => scopes[kind],
  enterBody,
  instanceDone,
  retryBody,
  settle: (run) => settling.some((settle) => settle(run)),
};

/** All that a definition may use. */
export const supportedKinds = Object.keys(behaviours) as ElementKind[];

export type EventPosition =
  | 'start'
  | 'eventSubProcessStart'
  | 'catch'
  | 'boundary'
  | 'boundaryNonInterrupting'
  | 'throw'
  | 'end';

/** Event definitions by position; more than one of them makes a multiple event. */
export const supportedEvents: Readonly<Record<EventPosition, ReadonlySet<EventType | 'none'>>> = {
  start: events('none', 'message', 'timer', 'signal', 'conditional'),
  eventSubProcessStart: events('message', 'timer', 'signal', 'conditional', 'error', 'escalation', 'compensate'),
  catch: events('message', 'timer', 'signal', 'conditional', 'link'),
  boundary: events('message', 'timer', 'signal', 'conditional', 'error', 'escalation', 'compensate', 'cancel'),
  boundaryNonInterrupting: events('message', 'timer', 'signal', 'conditional', 'escalation', 'compensate'),
  throw: events('none', 'message', 'signal', 'escalation', 'compensate', 'link'),
  end: events('none', 'message', 'signal', 'error', 'escalation', 'cancel', 'compensate', 'terminate'),
};

function events(...types: (EventType | 'none')[]): ReadonlySet<EventType | 'none'> {
  return new Set(types);
}

/** Markers and forms that are more than a kind or an event. All are executed; the docs page and the examples show each of them. */
export const features = [
  'multipleEvents',
  'parallelMultiple',
  'standardLoop',
  'multiInstance',
  'compensation',
  'instantiate',
  'quantities',
  'dataAssociations',
  'sendTaskMessage',
  'decisions',
] as const;

export type Feature = (typeof features)[number];
