/** Which kinds of elements, events and markers a plan has, in the words of the engine's registry. */
import { type EventPosition, features, supportedEvents, supportedKinds } from '../../../engine/index.ts';
import type { ElementId, Plan, PlanElement } from '../../../engine/model/plan.ts';

/** Forms that the registry has no word for. */
const forms = [
  'multi-instance, parallel',
  'multi-instance, sequential',
  'multi-instance, completion condition',
  'multi-instance, behavior one',
  'multi-instance, behavior none',
  'multi-instance, behavior complex',
  'ad-hoc, parallel',
  'ad-hoc, sequential',
  'event subprocess, interrupting',
  'event subprocess, not interrupting',
  'instantiating gateway, exclusive',
  'instantiating gateway, parallel',
  'listeners of the process',
  'listeners',
  'task listeners',
  'limit',
];

export const everyKind: readonly string[] = [
  ...supportedKinds.map((kind) => `element ${kind}`),
  ...Object.entries(supportedEvents).flatMap(([position, types]) => [...types].map((type) => `${position} ${type}`)),
  ...features.map((feature) => `feature ${feature}`),
  ...forms,
];

export function kindsOf(plan: Plan): Set<string> {
  const found = new Set<string>();
  for (const element of Object.values(plan.elements)) for (const kind of kindsOfElement(plan, element)) found.add(kind);
  return found;
}

/** Kinds that have done their work when an element comes to its end. */
export function* kindsReached(plan: Plan, id: ElementId): Generator<string> {
  const element = plan.elements[id]!;
  yield* kindsOfElement(plan, element);
  // What only leads to it has no end of its own: the gateway that an instance begins behind, the event that undoes.
  for (const other of Object.values(plan.elements)) {
    const began = other.kind === 'eventBasedGateway' && other.instantiate && leadsTo(plan, other.id, id);
    if (began || (other.kind === 'boundaryEvent' && other.handler === id)) yield* kindsOfElement(plan, other);
  }
}

const leadsTo = (plan: Plan, from: ElementId, to: ElementId): boolean =>
  Object.values(plan.flows).some((flow) => flow.source === from && flow.target === to);

function* kindsOfElement(plan: Plan, element: PlanElement): Generator<string> {
  yield `element ${element.kind}`;
  if ('events' in element) {
    if (element.kind === 'startEvent' && plan.elements[element.parent ?? '']?.kind === 'eventSubProcess')
      yield `event subprocess, ${element.interrupting ? 'interrupting' : 'not interrupting'}`;
    const types = element.events.length === 0 ? ['none'] : element.events.map(({ type }) => type);
    for (const position of positionsOf(plan, element)) for (const type of types) yield `${position} ${type}`;
    if (types.length > 1) yield 'feature multipleEvents';
    if (element.events.some((event) => event.type === 'timer' && event.limit)) yield 'limit';
  }
  if ('parallelMultiple' in element && element.parallelMultiple) yield 'feature parallelMultiple';
  if ('loop' in element && element.loop) yield* loopKinds(element.loop);
  if ('forCompensation' in element && element.forCompensation) yield 'feature compensation';
  if (
    ('startQuantity' in element && element.startQuantity) ||
    ('completionQuantity' in element && element.completionQuantity)
  )
    yield 'feature quantities';
  if (('dataInputs' in element && element.dataInputs) || ('dataOutputs' in element && element.dataOutputs))
    yield 'feature dataAssociations';
  if (element.kind === 'sendTask' && element.message) yield 'feature sendTaskMessage';
  if (element.kind === 'businessRuleTask' && element.decision) yield 'feature decisions';
  if ('instantiate' in element && element.instantiate) yield 'feature instantiate';
  if (element.kind === 'eventBasedGateway' && element.instantiate)
    yield `instantiating gateway, ${element.parallel ? 'parallel' : 'exclusive'}`;
  if (element.kind === 'adHocSubProcess') yield `ad-hoc, ${element.ordering}`;
  if (element.listeners) {
    yield element.kind === 'process' ? 'listeners of the process' : 'listeners';
    if (element.kind === 'userTask') yield 'task listeners';
  }
}

function* loopKinds(loop: NonNullable<Extract<PlanElement, { loop?: unknown }>['loop']>): Generator<string> {
  if (loop.type === 'standard') {
    yield 'feature standardLoop';
    return;
  }
  yield 'feature multiInstance';
  yield `multi-instance, ${loop.sequential ? 'sequential' : 'parallel'}`;
  if (loop.completionCondition) yield 'multi-instance, completion condition';
  yield `multi-instance, behavior ${loop.behavior}`;
}

function* positionsOf(plan: Plan, element: Extract<PlanElement, { events: unknown }>): Generator<EventPosition> {
  switch (element.kind) {
    case 'startEvent':
      yield plan.elements[element.parent ?? '']?.kind === 'eventSubProcess' ? 'eventSubProcessStart' : 'start';
      return;
    case 'boundaryEvent':
      // Compensation interrupts nothing: its activity is complete.
      if (element.interrupting || element.handler) yield 'boundary';
      if (!element.interrupting || element.handler) yield 'boundaryNonInterrupting';
      return;
    case 'intermediateCatchEvent':
      yield 'catch';
      return;
    case 'intermediateThrowEvent':
      yield 'throw';
      return;
    case 'endEvent':
      yield 'end';
  }
}
