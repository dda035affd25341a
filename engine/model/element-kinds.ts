/** What the kinds of elements are to everything but their own execution, one line for each: a new kind has to say where it belongs. */
import type { ElementKind } from './plan/elements.ts';

export interface ElementKindTraits {
  family: 'process' | 'activity' | 'gateway' | 'event';
  /** Whether a token can be put at it: others begin with what they hang on, or with an event of theirs. */
  enterable: boolean;
  /** Waits of these kinds of elements are alike: a migration may take one for the other. */
  waitsLike?: 'job' | 'event';
}

export const elementKinds = {
  process: { family: 'process', enterable: false },
  task: { family: 'activity', enterable: true },
  manualTask: { family: 'activity', enterable: true },
  userTask: { family: 'activity', enterable: true },
  serviceTask: { family: 'activity', enterable: true, waitsLike: 'job' },
  sendTask: { family: 'activity', enterable: true, waitsLike: 'job' },
  scriptTask: { family: 'activity', enterable: true, waitsLike: 'job' },
  businessRuleTask: { family: 'activity', enterable: true, waitsLike: 'job' },
  receiveTask: { family: 'activity', enterable: true, waitsLike: 'event' },
  callActivity: { family: 'activity', enterable: true },
  subProcess: { family: 'activity', enterable: true },
  transaction: { family: 'activity', enterable: true },
  adHocSubProcess: { family: 'activity', enterable: true },
  eventSubProcess: { family: 'activity', enterable: false },
  exclusiveGateway: { family: 'gateway', enterable: true },
  parallelGateway: { family: 'gateway', enterable: true },
  inclusiveGateway: { family: 'gateway', enterable: true },
  complexGateway: { family: 'gateway', enterable: true },
  eventBasedGateway: { family: 'gateway', enterable: true },
  startEvent: { family: 'event', enterable: true },
  intermediateCatchEvent: { family: 'event', enterable: true, waitsLike: 'event' },
  boundaryEvent: { family: 'event', enterable: false },
  intermediateThrowEvent: { family: 'event', enterable: true },
  endEvent: { family: 'event', enterable: true },
} as const satisfies Record<ElementKind, ElementKindTraits>;

export const traitsOf = ({ kind }: { kind: ElementKind }): ElementKindTraits => elementKinds[kind];
