/** A parallel join waits for a token on each incoming flow (BPMN 2.0.2, 10.6.4); after a choice not all of them come. */
import { isA } from '../../compile/element.ts';
import { graphOf, type Split } from '../graph.ts';
import { comesAround, parted, tooLarge } from '../joins.ts';
import { called, type LintRule } from '../rule.ts';

const why = (split: Split): string =>
  split.takes === 'one'
    ? `at ${called(split.at)} only one of the ways to it is taken`
    : `${called(split.at)} need not take all the ways to it`;

export const joinDeadlock: LintRule = {
  code: 'join-deadlock',
  severity: 'warning',
  hint: 'Join with the kind of gateway that split: exclusive after exclusive, inclusive after inclusive.',
  of: 'bpmn:FlowElementsContainer',
  find(scope, { drawing }) {
    const graph = graphOf(scope, drawing);
    const joins = graph.nodes.filter((node) => isA(node, 'bpmn:ParallelGateway') && graph.into(node).length > 1);
    if (tooLarge(graph, joins.length)) return [];
    return joins.flatMap((join) => {
      const split = graph.splits.find((candidate) => {
        if (candidate.takes === 'all') return false;
        const ways = parted(graph, candidate, join);
        return ways !== undefined && !ways.some((way) => comesAround(graph, candidate.at, join, way));
      });
      return split ? [{ at: join, message: `${called(join)} may wait for ever: ${why(split)}.` }] : [];
    });
  },
};
