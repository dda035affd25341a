/** For inclusive joins: from which elements a token can still come to each incoming flow (BPMN 2.0.2, 10.6.3 and 13.4.3). */
import type { ElementId, FlowId, Plan } from '../model/plan.ts';

/**
 * Paths through the join itself do not count, as their token would be in the join already. Boundary events are reached
 * from their host; event subprocesses are separate scopes and bring no token to this one.
 */
export function reachOf(plan: Plan): Plan['reach'] {
  const reach: Record<ElementId, Record<FlowId, ElementId[]>> = {};
  for (const element of Object.values(plan.elements)) {
    if (element.kind !== 'inclusiveGateway' && element.kind !== 'complexGateway') continue;
    if (element.incoming.length < 2) continue;
    reach[element.id] = Object.fromEntries(element.incoming.map((flow) => [flow, upstream(plan, element.id, flow)]));
  }
  return Object.keys(reach).length > 0 ? reach : undefined;
}

function upstream(plan: Plan, join: ElementId, flow: FlowId): ElementId[] {
  const links = linkSources(plan);
  const seen = new Set<ElementId>();
  const queue = [plan.flows[flow]?.source];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (next === join || seen.has(next)) continue;
    seen.add(next);
    const element = plan.elements[next];
    if (!element || !('incoming' in element)) continue;
    queue.push(...element.incoming.map((id) => plan.flows[id]?.source));
    if (element.kind === 'boundaryEvent') queue.push(element.attachedTo);
    queue.push(...(links.get(next) ?? []));
  }
  return [...seen].sort();
}

/** A catching link continues each throwing link of its name in the same scope (BPMN 2.0.2, 10.5.5). */
function linkSources(plan: Plan): Map<ElementId, ElementId[]> {
  const sources = new Map<ElementId, ElementId[]>();
  const all = Object.values(plan.elements);
  const linkName = (element: (typeof all)[number]) =>
    'events' in element ? element.events.find((event) => event.type === 'link')?.name : undefined;
  for (const target of all) {
    if (target.kind !== 'intermediateCatchEvent' || linkName(target) === undefined) continue;
    const from = all.filter(
      (other) =>
        other.kind === 'intermediateThrowEvent' &&
        other.parent === target.parent &&
        linkName(other) === linkName(target),
    );
    sources.set(
      target.id,
      from.map((element) => element.id),
    );
  }
  return sources;
}
