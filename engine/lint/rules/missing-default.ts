/** An activity or event whose outgoing flows all have conditions (BPMN 2.0.2, 13.2.1); the compiler says the same of gateways. */
import { child, isA } from '../../compile/element.ts';
import { called, type LintRule } from '../rule.ts';

export const missingDefault: LintRule = {
  code: 'missing-default',
  severity: 'warning',
  hint: 'Make one of the flows the default flow.',
  of: 'bpmn:FlowNode',
  find(node, { diagram }) {
    const flows = diagram.outgoing(node);
    if (isA(node, 'bpmn:Gateway') || flows.length === 0 || child(node, 'default')) return [];
    return flows.every((flow) => child(flow, 'conditionExpression'))
      ? [{ message: `When no condition after ${called(node)} holds the instance stops with an incident.` }]
      : [];
  },
};
