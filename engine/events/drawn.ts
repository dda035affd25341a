/** The events an element waits for, as drawn. */
import type { EventDefinition, PlanElement } from '../plan.ts';

export function eventsOf(element: PlanElement): EventDefinition[] {
  if ('events' in element) return element.events;
  if (element.kind === 'receiveTask') return [{ type: 'message', ...element.message }];
  return [];
}
