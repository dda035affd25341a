/** Which diagram of `examples/` shows which element, event and marker; a test keeps it whole and true. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EventPosition, Feature } from '../engine/index.ts';
import type { ElementKind, EventType } from '../engine/model/plan.ts';

const folder = fileURLToPath(new URL('../examples/', import.meta.url));

/** Folder and file without ending, `tasks/user-task`, in the order of their names. */
export function exampleNames(): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((group) => readdirSync(join(folder, group.name)).map((file) => `${group.name}/${file}`))
    .filter((name) => name.endsWith('.bpmn'))
    .map((name) => name.slice(0, -'.bpmn'.length))
    .sort();
}

export const exampleFile = (name: string): string => join(folder, `${name}.bpmn`);

/** The kinds of elements. Every diagram is a process, and events are shown one by one. */
export const kindExamples: Record<ElementKind, string[]> = {
  process: [],
  task: ['tasks/task'],
  manualTask: ['tasks/manual-task'],
  userTask: ['tasks/user-task'],
  serviceTask: ['tasks/service-task'],
  sendTask: ['tasks/send-task'],
  receiveTask: ['tasks/receive-task'],
  scriptTask: ['tasks/script-task'],
  businessRuleTask: ['tasks/business-rule-task'],
  callActivity: ['tasks/call-activity', 'tasks/call-activity-global-task'],
  subProcess: ['subprocesses/sub-process'],
  eventSubProcess: ['subprocesses/event-sub-process-interrupting', 'subprocesses/event-sub-process-non-interrupting'],
  transaction: ['subprocesses/transaction'],
  adHocSubProcess: ['subprocesses/ad-hoc-parallel', 'subprocesses/ad-hoc-sequential'],
  exclusiveGateway: ['gateways/exclusive'],
  parallelGateway: ['gateways/parallel'],
  inclusiveGateway: ['gateways/inclusive'],
  eventBasedGateway: ['gateways/event-based'],
  complexGateway: ['gateways/complex'],
  startEvent: [],
  intermediateCatchEvent: [],
  boundaryEvent: [],
  intermediateThrowEvent: [],
  endEvent: [],
};

export const eventExamples: Record<EventType | 'none', Partial<Record<EventPosition, string>>> = {
  none: { start: 'events/none', throw: 'events/none', end: 'events/none' },
  message: {
    start: 'events/message-start-end',
    eventSubProcessStart: 'subprocesses/event-sub-process-interrupting',
    catch: 'events/message-catch-throw',
    boundary: 'events/message-boundary',
    boundaryNonInterrupting: 'events/message-boundary',
    throw: 'events/message-catch-throw',
    end: 'events/message-start-end',
  },
  timer: {
    start: 'events/timer-start',
    eventSubProcessStart: 'events/timer-event-sub-process',
    catch: 'events/timer-catch',
    boundary: 'events/timer-boundary',
    boundaryNonInterrupting: 'events/timer-boundary',
  },
  error: {
    eventSubProcessStart: 'events/error-event-sub-process',
    boundary: 'events/error-boundary',
    end: 'events/error-boundary',
  },
  escalation: {
    eventSubProcessStart: 'events/escalation-event-sub-process',
    boundary: 'events/escalation-boundary',
    boundaryNonInterrupting: 'events/escalation-boundary',
    throw: 'events/escalation-boundary',
    end: 'events/escalation-boundary',
  },
  cancel: { boundary: 'subprocesses/transaction', end: 'subprocesses/transaction' },
  compensate: {
    eventSubProcessStart: 'events/compensation-event-sub-process',
    boundary: 'events/compensation-throw',
    throw: 'events/compensation-throw',
    end: 'events/compensation-end',
  },
  conditional: {
    start: 'events/conditional-start',
    eventSubProcessStart: 'events/conditional-event-sub-process',
    catch: 'events/conditional-catch',
    boundary: 'events/conditional-boundary',
    boundaryNonInterrupting: 'events/conditional-boundary',
  },
  link: { catch: 'events/link', throw: 'events/link' },
  signal: {
    start: 'events/signal-start-end',
    eventSubProcessStart: 'events/signal-event-sub-process',
    catch: 'events/signal-catch-throw',
    boundary: 'events/signal-boundary',
    boundaryNonInterrupting: 'events/signal-boundary',
    throw: 'events/signal-catch-throw',
    end: 'events/signal-start-end',
  },
  terminate: { end: 'events/terminate' },
};

/** By the features of the registry, and two that are drawn without being one. */
export const markerExamples: Record<Feature | 'lanes' | 'pools', string[]> = {
  multipleEvents: ['markers/multiple-events'],
  parallelMultiple: ['markers/parallel-multiple-events'],
  standardLoop: ['markers/standard-loop'],
  multiInstance: ['markers/multi-instance-sequential', 'markers/multi-instance-parallel'],
  compensation: ['events/compensation-throw'],
  instantiate: [
    'tasks/receive-task-starting',
    'gateways/event-based-starting',
    'gateways/event-based-parallel-starting',
  ],
  quantities: ['markers/quantities'],
  dataAssociations: ['markers/data-objects'],
  sendTaskMessage: ['tasks/send-task'],
  decisions: ['tasks/business-rule-task'],
  lanes: ['markers/lanes'],
  pools: ['markers/message-exchange'],
};
