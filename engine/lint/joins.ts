/** Which incoming flows of a join are reached by which branches of a split: what both rules about joins ask. */
import type { ModdleElement } from '../compile/element.ts';
import { type Edge, type Graph, passed, type Split } from './graph.ts';

/** Beyond this many pairs of splits and joins in one scope nothing is said: the check must stay quick on any file. */
const mostPairs = 20_000;

export const tooLarge = (graph: Graph, joins: number): boolean => graph.splits.length * joins > mostPairs;

/**
 * Whether two incoming flows of the join come from different branches of the split and from no common one.
 * A token that takes one branch then arrives at one of them only; tokens of both branches arrive at both.
 */
export function parted(graph: Graph, split: Split, join: ModdleElement): [Edge, Edge] | undefined {
  const incoming = graph.into(join);
  if (split.at === join) return undefined;
  const arrivals = split.branches.map((branch) => {
    const passing = passed(graph, branch, [split.at, join]);
    return new Set(incoming.filter((edge) => passing.has(edge)));
  });
  const branchesTo = incoming.map((edge) => arrivals.flatMap((arrived, branch) => (arrived.has(edge) ? [branch] : [])));
  for (const [a, first] of incoming.entries())
    for (const [b, second] of incoming.entries()) {
      const [from, and] = [branchesTo[a] ?? [], branchesTo[b] ?? []];
      if (b <= a || from.length === 0 || and.length === 0) continue;
      if (!from.some((branch) => and.includes(branch))) return [first, second];
    }
  return undefined;
}

/** Whether a token can come to the edge from a start without passing the node. */
export function comesAround(graph: Graph, node: ModdleElement, join: ModdleElement, edge: Edge): boolean {
  const begin = graph.roots.filter((root) => root !== node).flatMap((root) => graph.next(root));
  return passed(graph, begin, [node, join]).has(edge);
}
