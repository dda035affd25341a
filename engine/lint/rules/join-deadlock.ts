/** A parallel join waits for a token on each incoming flow (BPMN 2.0.2, 10.6.4); after a choice not all of them come. */
import { isA } from '../../compile/element.ts';
import { graphOf, type Split } from '../graph.ts';
import { comesAround, parted, strayed, throughItself, tooLarge } from '../joins.ts';
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
  find(scope, { diagram }) {
    const graph = graphOf(scope, diagram);
    const joins = graph.nodes.filter((node) => isA(node, 'bpmn:ParallelGateway') && graph.into(node).length > 1);
    if (tooLarge(graph, joins.length)) return [];
    return joins.flatMap((join) => {
      const split = graph.splits.find((candidate) => {
        if (candidate.takes === 'all') return false;
        const ways = parted(graph, candidate, join);
        return ways !== undefined && !ways.some((way) => comesAround(graph, candidate.at, join, way));
      });
      if (split) return [{ at: join, message: `${called(join)} may wait for ever: ${why(split)}.` }];
      const own = throughItself(graph, join);
      if (own)
        return [
          {
            at: join,
            message: `${called(join)} waits for ever: what comes from ${called(own.from)} has to pass it first.`,
            hint: 'Lead the flow back to an exclusive gateway before the join.',
          },
        ];
      const leaving = graph.splits.find((candidate) => candidate.takes !== 'all' && strayed(graph, candidate, join));
      return leaving
        ? [
            {
              at: join,
              message: `${called(join)} may wait for ever: at ${called(leaving.at)} a way leads elsewhere, while the others wait here.`,
              hint: 'Lead that way to the join too, or end everything there by a terminate or error end event.',
            },
          ]
        : [];
    });
  },
};
