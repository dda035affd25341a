/** Which start event of a process a message or signal starts it by (BPMN 2.0.2, 10.5.2). */
import type { Expression, Plan, PlanElement } from '../../engine/model/plan.ts';

/** @returns the id of the start event or instantiating receive task; undefined when the process is not started by it */
export function startedBy(plan: Plan, type: 'message' | 'signal', name: string): string | undefined {
  return Object.values(plan.elements).find(
    (element) =>
      element.parent === plan.key && namesOf(element, type).some((one) => 'literal' in one && one.literal === name),
  )?.id;
}

function namesOf(element: PlanElement, type: 'message' | 'signal'): Expression[] {
  if (element.kind === 'receiveTask') return type === 'message' && element.instantiate ? [element.message.name] : [];
  if (element.kind !== 'startEvent') return [];
  return element.events.flatMap((event) => (event.type === type ? [event.name] : []));
}
