/** What the core executes: the behaviour of each kind of element, and the events each position takes (BPMN 2.0.2, table 10.93). */
import type { ElementBehaviour } from '../moves.ts';
import type { ElementKind, EventType, PlanElement } from '../plan.ts';
import { businessRuleTask } from './business-rule-task.ts';
import { callActivity } from './call-activity.ts';
import { eventBasedGateway } from './event-based-gateway.ts';
import { exclusiveGateway } from './exclusive-gateway.ts';
import { intermediateCatchEvent } from './intermediate-catch-event.ts';
import { parallelGateway } from './parallel-gateway.ts';
import { receiveTask } from './receive-task.ts';
import { scriptTask } from './script-task.ts';
import { serviceTask } from './service-task.ts';
import { boundaryEvent, startEvent } from './start-event.ts';
import { subProcess } from './sub-process.ts';
import { noTask } from './tasks.ts';
import { endEvent, intermediateThrowEvent } from './throw-event.ts';
import { userTask } from './user-task.ts';

const behaviours: Partial<Record<ElementKind, ElementBehaviour>> = {
  task: noTask,
  manualTask: noTask,
  userTask,
  serviceTask,
  sendTask: serviceTask,
  scriptTask,
  businessRuleTask,
  receiveTask,
  callActivity,
  subProcess,
  exclusiveGateway,
  parallelGateway,
  eventBasedGateway,
  startEvent,
  intermediateCatchEvent,
  boundaryEvent,
  intermediateThrowEvent,
  endEvent,
};

export function behaviourOf(element: PlanElement): ElementBehaviour | undefined {
  return behaviours[element.kind];
}

/** Kinds a definition may use; compile refuses every other. Scopes without a token's visit (process, event subprocess) are added. */
export const supportedKinds: ReadonlySet<ElementKind> = new Set<ElementKind>([
  ...Object.keys(behaviours).filter((kind): kind is ElementKind => kind in behaviours),
  'process',
  'eventSubProcess',
]);

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
  start: new Set<EventType | 'none'>(['none', 'message', 'timer', 'signal']),
  eventSubProcessStart: new Set<EventType | 'none'>(['message', 'timer', 'signal', 'error']),
  catch: new Set<EventType | 'none'>(['message', 'timer', 'signal']),
  boundary: new Set<EventType | 'none'>(['message', 'timer', 'signal', 'error']),
  boundaryNonInterrupting: new Set<EventType | 'none'>(['message', 'timer', 'signal']),
  throw: new Set<EventType | 'none'>(['none', 'message', 'signal']),
  end: new Set<EventType | 'none'>(['none', 'message', 'signal', 'error', 'terminate']),
};

/** Markers and forms that are more than a kind or an event. */
export const supportedFeatures: ReadonlySet<
  'multipleEvents' | 'parallelMultiple' | 'standardLoop' | 'multiInstance' | 'compensation' | 'instantiate'
> = new Set([]);
