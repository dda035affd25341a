/** Which triggers and results an event has (BPMN 2.0.2, 10.5), in the words of the rules. */
import { eventDefinitionsOf, isA, type ModdleElement } from '../element.ts';

/** The short name of an event definition: `message`, `timer`, `compensate`. */
export const triggerOf = (definition: ModdleElement): string =>
  definition.$type
    .replace(/^bpmn:/, '')
    .replace(/EventDefinition$/, '')
    .toLowerCase();

export const triggersOf = (event: ModdleElement): string[] => eventDefinitionsOf(event).map(triggerOf);

export const isLink = (event: ModdleElement): boolean => triggersOf(event).includes('link');

export const isAdHoc = (scope: ModdleElement | undefined): boolean =>
  scope !== undefined && isA(scope, 'bpmn:AdHocSubProcess');
