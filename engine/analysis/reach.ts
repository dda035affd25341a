/** The flows that a token can still reach, by static analysis of the definition. */
import type { ElementId, FlowId, Plan, PlanElement } from '../model/plan.ts';

/** Whether a token at an element, or at a boundary event of it, may come to a flow. */
export function canReach(plan: Plan, from: ElementId, to: FlowId): boolean {
  const seen = new Set<ElementId>();
  const open: ElementId[] = [from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const element = plan.elements[id];
    if (!element) continue;
    if ('boundary' in element && element.boundary) open.push(...element.boundary);
    const links = linksFrom(element);
    if (links.length > 0) open.push(...caught(plan, element, links));
    if (!('outgoing' in element)) continue;
    for (const flow of element.outgoing) {
      if (flow === to) return true;
      const target = plan.flows[flow]?.target;
      if (target !== undefined) open.push(target);
    }
  }
  return false;
}

function linksFrom(element: PlanElement): string[] {
  if (element.kind !== 'intermediateThrowEvent') return [];
  return element.events.flatMap((event) => (event.type === 'link' ? [event.name] : []));
}

/** A throwing link continues at the catching link of the same name in the same scope (BPMN 2.0.2, 10.5.5). */
function caught(plan: Plan, { parent }: PlanElement, names: string[]): ElementId[] {
  return Object.values(plan.elements)
    .filter(
      (other) =>
        other.kind === 'intermediateCatchEvent' &&
        other.parent === parent &&
        other.events.some((event) => event.type === 'link' && names.includes(event.name)),
    )
    .map(({ id }) => id);
}
