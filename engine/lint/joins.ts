/** Which incoming flows of a join are reached by which branches of a split, for the rules about joins. */
import { isA, type ModdleElement } from '../compile/element.ts';
import { definitionTypes, type Edge, type Graph, passed, type Split } from './graph.ts';

/** Beyond this many pairs of splits and joins in one scope nothing is said: the check must stay quick on any file. */
const maxPairs = 20_000;

export const tooLarge = (graph: Graph, joins: number): boolean => graph.splits.length * joins > maxPairs;

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

/** An incoming flow that a token can come by only after it has passed the join: nothing ever passes it then. */
export function throughItself(graph: Graph, join: ModdleElement): Edge | undefined {
  const begin = graph.roots.flatMap((root) => graph.next(root));
  const [before, at] = [passed(graph, begin, [join]), passed(graph, begin)];
  return graph.into(join).find((edge) => at.has(edge) && !before.has(edge));
}

const ending = ['Terminate', 'Error', 'Cancel', 'Escalation'];

/** Events that may take the scope down, and what waits in it with it. */
const endsAll = (node: ModdleElement): boolean =>
  isA(node, 'bpmn:EndEvent') && definitionTypes(node).some((type) => ending.includes(type));

/**
 * Whether one branch of the split leads to the join and another leaves for good, while a token that was split off before comes to the join
 * by a way of its own.
 */
export function strayed(graph: Graph, split: Split, join: ModdleElement): boolean {
  // What a boundary event begins beside its activity takes nothing away from the flow.
  const beside = split.takes === 'some' && split.branches.some((branch) => branch.some((edge) => !edge.flow));
  if (split.at === join || beside) return false;
  const ways = split.branches.map((branch) => passed(graph, branch, [split.at, join]));
  const gone = ways.filter((way) => ![...way].some(({ to }) => to === join || to === split.at || endsAll(to)));
  const awaited = graph
    .into(join)
    .filter((edge) => ways.some((way) => way.has(edge)) && !comesAround(graph, split.at, join, edge));
  if (gone.length === 0 || awaited.length === 0) return false;
  return graph.splits.some((before) => {
    if (before.takes !== 'all' || before.at === split.at) return false;
    const branches = before.branches.map((branch) => passed(graph, branch, [before.at, join, split.at]));
    const toSplit = branches.findIndex((branch) => [...branch].some(({ to }) => to === split.at));
    return (
      toSplit >= 0 &&
      branches.some(
        (branch, index) =>
          index !== toSplit &&
          ![...branch].some(({ to }) => to === split.at) &&
          [...branch].some((edge) => edge.to === join && !awaited.includes(edge)),
      )
    );
  });
}
