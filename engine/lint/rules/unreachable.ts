/** Elements no token can ever come to (BPMN 2.0.2, 13.2): something leads to them, but nothing leads there from a start. */
import { isA } from '../../compile/element.ts';
import { graphOf, reached } from '../graph.ts';
import { called, type LintRule } from '../rule.ts';

export const unreachable: LintRule = {
  code: 'unreachable',
  severity: 'warning',
  hint: 'Lead a flow to it from an element that is reached, or remove it.',
  of: 'bpmn:FlowElementsContainer',
  find(scope, { diagram }) {
    const graph = graphOf(scope, diagram);
    const there = reached(graph);
    return graph.nodes
      .filter((node) => !there.has(node) && !isA(node, 'bpmn:BoundaryEvent') && diagram.incoming(node).length > 0)
      .map((at) => ({ at, message: `No token can ever come to ${called(at)}: nothing leads there from a start.` }));
  },
};
