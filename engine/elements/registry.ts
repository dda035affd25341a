/** What the core executes: the behaviour of each kind of element, and the events each position takes (BPMN 2.0.2, table 10.93). */
import type { ElementBehaviour, Kinds } from '../core/run-types.ts';
import type { ElementKind, EventType, PlanElement } from '../model/plan.ts';
import { adHocSubProcess, endsAdHoc } from './ad-hoc-sub-process.ts';
import { businessRuleTask } from './business-rule-task.ts';
import { callActivity } from './call-activity.ts';
import { complexGateway } from './complex-gateway.ts';
import { eventBasedGateway } from './event-based-gateway.ts';
import { eventSubProcess } from './event-sub-process.ts';
import { exclusiveGateway } from './exclusive-gateway.ts';
import { inclusiveGateway } from './inclusive-gateway.ts';
import { intermediateCatchEvent } from './intermediate-catch-event.ts';
import { enterBody, instanceDone } from './loops.ts';
import { parallelGateway } from './parallel-gateway.ts';
import { receiveTask } from './receive-task.ts';
import { scopeEmptied } from './scope-emptied.ts';
import { scriptTask } from './script-task.ts';
import { sendTask } from './send-task.ts';
import { serviceTask } from './service-task.ts';
import { boundaryEvent, startEvent } from './start-event.ts';
import { subProcess } from './sub-process.ts';
import { abstractTask } from './tasks.ts';
import { endEvent, intermediateThrowEvent } from './throw-event.ts';
import { transaction } from './transaction.ts';
import { userTask } from './user-task.ts';

const behaviours: Partial<Record<ElementKind, ElementBehaviour>> = {
  task: abstractTask,
  manualTask: abstractTask,
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
};

function behaviourOf(element: PlanElement): ElementBehaviour | undefined {
  return behaviours[element.kind];
}

/** For a run: what the moves of tokens ask of the kinds. */
export const kinds: Kinds = { behaviourOf, enterBody, instanceDone, endsAdHoc, scopeEmptied };

/** Kinds a definition may use; compile refuses every other. The process itself is no token's visit. */
export const supportedKinds: ReadonlySet<ElementKind> = new Set<ElementKind>([
  ...Object.keys(behaviours).filter((kind): kind is ElementKind => kind in behaviours),
  'process',
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

export type Feature =
  | 'multipleEvents'
  | 'parallelMultiple'
  | 'standardLoop'
  | 'multiInstance'
  | 'compensation'
  | 'instantiate'
  | 'quantities'
  | 'dataAssociations'
  | 'sendTaskMessage'
  | 'decisions';

/** Markers and forms that are more than a kind or an event. */
export const supportedFeatures: ReadonlySet<Feature> = new Set<Feature>([
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
]);
