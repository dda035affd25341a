/** Which flows a token can still reach, by the drawing alone. */
import type { ElementId, FlowId, Plan } from './plan.ts';

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
    if (!('outgoing' in element)) continue;
    for (const flow of element.outgoing) {
      if (flow === to) return true;
      const target = plan.flows[flow]?.target;
      if (target !== undefined) open.push(target);
    }
  }
  return false;
}
