/** Refuses events that are not executed at their position, so that nothing is deployed that would have no effect. */
import { type EventPosition, supportedEvents } from '../elements/registry.ts';
import type { Plan, PlanElement } from '../model/plan.ts';
import type { ModdleElement } from './element.ts';
import type { Report } from './report.ts';

/** Undefined: no event. */
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
      return noEvent(element);
  }
}

/** A new kind with `events` does not compile here before it has its position. */
const noEvent = (_: Exclude<PlanElement, { events: unknown }>): undefined => undefined;

/** @param at the diagram's element by id */
export function refuseEventsOutOfPlace(
  plan: Plan,
  at: (id: string) => ModdleElement | undefined,
  report: Report,
): void {
  for (const element of Object.values(plan.elements)) {
    const position = positionOf(plan, element);
    if (!position || !('events' in element)) continue;
    const types = element.events.length > 0 ? element.events.map((event) => event.type) : (['none'] as const);
    for (const type of types)
      if (!supportedEvents[position].has(type))
        report.error(
          at(element.id),
          'unsupported-event',
          `Events of type "${type}" are not executed at this place (${position}).`,
          { hint: 'docs/elements.md lists what is executed.' },
        );
  }
}
