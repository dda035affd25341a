/** The messages and signals of the start events of a process (BPMN 2.0.2, 10.5.2, 13.5.1). */
import type { ElementId, EventDefinition, Plan, PlanElement } from '../model/plan.ts';

export interface Start {
  /** Name of the message or signal; only a constant one can be listened for before there is an instance. */
  name: string;
  element: ElementId;
}

export function startsBy(plan: Plan, type: 'message' | 'signal'): Start[] {
  return Object.values(plan.elements).flatMap((element) =>
    instantiating(plan, element).flatMap((event) =>
      event.type === type && 'name' in event && typeof event.name === 'object' && 'literal' in event.name
        ? [{ name: event.name.literal, element: element.id }]
        : [],
    ),
  );
}

/** Start events, receive tasks that instantiate, and what follows an event-based gateway that does (10.3.3, 10.6.6). */
function instantiating(plan: Plan, element: PlanElement): EventDefinition[] {
  if (element.parent !== plan.key) return [];
  switch (element.kind) {
    case 'startEvent':
      return element.events;
    case 'receiveTask':
      return element.instantiate || behindInstantiatingGateway(plan, element)
        ? [{ type: 'message', ...element.message }]
        : [];
    case 'intermediateCatchEvent':
      return behindInstantiatingGateway(plan, element) ? element.events : [];
    default:
      return [];
  }
}

function behindInstantiatingGateway(plan: Plan, { incoming }: { incoming: string[] }): boolean {
  return incoming.some((flow) => {
    const source = plan.elements[plan.flows[flow]?.source ?? ''];
    return source?.kind === 'eventBasedGateway' && source.instantiate;
  });
}
