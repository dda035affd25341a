/** Which node of a plan an id or name means. */
import type { DecisionNode, DecisionPlan } from './plan.ts';

/** By id or name; decisions before others of the same name, those of the file itself before imported ones. */
export function nodeNamed(plan: DecisionPlan, idOrName: string): DecisionNode | undefined {
  if (Object.hasOwn(plan.nodes, idOrName)) return plan.nodes[idOrName];
  const named = Object.values(plan.nodes).filter(({ name, label, id }) => [name, label, id].includes(idOrName));
  return (
    named.find((node) => node.kind === 'decision' && node.namespace === plan.namespace) ??
    named.find((node) => node.kind === 'decision') ??
    named[0]
  );
}

/**
 * Whether it is a decision or decision service of the file itself.
 * @param tag the version tag it must have; absent: any, or none
 */
export function takesDecision(plan: DecisionPlan, idOrName: string, tag?: string): boolean {
  const node = nodeNamed(plan, idOrName);
  return (
    (node?.kind === 'decision' || node?.kind === 'service') &&
    node.namespace === plan.namespace &&
    (tag === undefined || node.versionTag === tag)
  );
}

/** Whether any decision of the file has the version tag. */
export const hasTag = (plan: DecisionPlan, tag: string): boolean =>
  Object.keys(plan.nodes).some((key) => takesDecision(plan, key, tag));
