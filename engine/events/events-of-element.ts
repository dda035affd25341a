/** The events an element waits for, as drawn; a receive task waits for a message as a message event does (BPMN 2.0.2, 10.3.3). */
import type { EventDefinition, PlanElement } from '../model/plan.ts';

export function eventsOf(element: PlanElement): EventDefinition[] {
  if ('events' in element) return element.events;
  if (element.kind === 'receiveTask') return [{ type: 'message', ...element.message }];
  return [];
}
