/** Refuses what the core does not execute: nothing deploys and then does nothing. */
import { type EventPosition, supportedEvents, supportedFeatures, supportedKinds } from '../elements/registry.ts';
import type { Plan, PlanElement } from '../model/plan.ts';
import type { ModdleElement } from './element.ts';
import type { Report } from './report.ts';

const executes = (feature: string): boolean => {
  const known: ReadonlySet<string> = supportedFeatures;
  return known.has(feature);
};

const kindWords: Partial<Record<PlanElement['kind'], string>> = {
  inclusiveGateway: 'Inclusive gateways',
  complexGateway: 'Complex gateways',
  transaction: 'Transactions',
  adHocSubProcess: 'Ad-hoc subprocesses',
  eventSubProcess: 'Event subprocesses',
};

function positionOf(plan: Plan, element: PlanElement): EventPosition | undefined {
  switch (element.kind) {
    case 'startEvent':
      return plan.elements[element.parent ?? '']?.kind === 'eventSubProcess' ? 'eventSubProcessStart' : 'start';
    case 'intermediateCatchEvent':
      return 'catch';
    case 'boundaryEvent':
      return element.interrupting ? 'boundary' : 'boundaryNonInterrupting';
    case 'intermediateThrowEvent':
      return 'throw';
    case 'endEvent':
      return 'end';
    default:
      return undefined;
  }
}

/** @param at the drawing's element by id */
export function refuseUnsupported(plan: Plan, at: (id: string) => ModdleElement | undefined, report: Report): void {
  for (const element of Object.values(plan.elements)) {
    const refuse = (code: string, message: string) =>
      report.error(at(element.id), code, message, { hint: 'docs/elements.md lists what is executed.' });
    if (!supportedKinds.has(element.kind))
      refuse(
        'unsupported-element',
        `${kindWords[element.kind] ?? `Elements of kind "${element.kind}"`} are not executed yet.`,
      );
    for (const message of unsupportedEvents(plan, element)) refuse('unsupported-event', message);
    for (const message of unsupportedFeatures(element)) refuse('unsupported-feature', message);
  }
}

function unsupportedEvents(plan: Plan, element: PlanElement): string[] {
  const position = positionOf(plan, element);
  if (!position || !('events' in element)) return [];
  const types = element.events.length > 0 ? element.events.map((event) => event.type) : (['none'] as const);
  const messages = types
    .filter((type) => !supportedEvents[position].has(type))
    .map((type) => `Events of type "${type}" are not executed at this place (${position}).`);
  if (element.events.length > 1 && !executes('multipleEvents')) messages.push('Multiple events are not executed yet.');
  if ('parallelMultiple' in element && element.parallelMultiple && !executes('parallelMultiple'))
    messages.push('Parallel multiple events are not executed yet.');
  return messages;
}

function unsupportedFeatures(element: PlanElement): string[] {
  const messages: string[] = [];
  if ('loop' in element && element.loop) {
    const feature = element.loop.type === 'standard' ? 'standardLoop' : 'multiInstance';
    if (!executes(feature))
      messages.push(
        `${feature === 'standardLoop' ? 'Standard loops' : 'Multi-instance activities'} are not executed yet.`,
      );
  }
  if ('forCompensation' in element && element.forCompensation && !executes('compensation'))
    messages.push('Compensation is not executed yet.');
  if ('startQuantity' in element && (element.startQuantity ?? 1) !== 1 && !executes('quantities'))
    messages.push('A start quantity other than 1 is not executed yet.');
  if ('completionQuantity' in element && (element.completionQuantity ?? 1) !== 1 && !executes('quantities'))
    messages.push('A completion quantity other than 1 is not executed yet.');
  const moves = ('dataInputs' in element && element.dataInputs) || ('dataOutputs' in element && element.dataOutputs);
  if (moves && !executes('dataAssociations'))
    messages.push('Data associations are not executed yet; use input and output mappings.');
  if ('instantiate' in element && element.instantiate && !executes('instantiate'))
    messages.push('Elements that start an instance by receiving are not executed yet.');
  if (element.kind === 'sendTask' && !element.job && !executes('sendTaskMessage'))
    messages.push('A send task without a job is not executed yet; use a message throw event.');
  if (element.kind === 'businessRuleTask' && element.decision && !executes('decisions'))
    messages.push('Decisions are not executed yet; give the task a job that decides.');
  return messages;
}
