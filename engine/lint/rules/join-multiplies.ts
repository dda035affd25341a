/** Whatever is no join lets each token through (BPMN 2.0.2, 10.6.2 and 13.2.1): after a split what follows happens once per token. */
import { flag, isA, type ModdleElement } from '../../compile/element.ts';
import { type Graph, graphOf } from '../graph.ts';
import { parted, tooLarge } from '../joins.ts';
import { called, type LintRule } from '../rule.ts';

/** Ends may be reached more than once: that is how several flows usually end. */
function lets(node: ModdleElement, graph: Graph): boolean {
  if (graph.into(node).length < 2 || isA(node, 'bpmn:EndEvent')) return false;
  if (isA(node, 'bpmn:Gateway')) return isA(node, 'bpmn:ExclusiveGateway');
  return !flag(node, 'isForCompensation') && graph.next(node).length > 0;
}

export const joinMultiplies: LintRule = {
  code: 'join-multiplies',
  severity: 'warning',
  hint: 'Join the flows with a parallel (or inclusive) gateway first, if it shall happen once.',
  of: 'bpmn:FlowElementsContainer',
  find(scope, { diagram }) {
    const graph = graphOf(scope, diagram);
    const merges = graph.nodes.filter((node) => lets(node, graph));
    if (tooLarge(graph, merges.length)) return [];
    return merges.flatMap((merge) => {
      const split = graph.splits.find(
        (candidate) => candidate.takes !== 'one' && parted(graph, candidate, merge) !== undefined,
      );
      return split
        ? [
            {
              at: merge,
              message: `What follows ${called(merge)} may happen more than once: several ways lead here at a time since ${called(split.at)}.`,
            },
          ]
        : [];
    });
  },
};
