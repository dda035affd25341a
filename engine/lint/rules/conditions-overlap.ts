/** Values for which several conditions of an exclusive gateway hold: which flow is taken depends on an order nobody sees. */
import { isA } from '../../compile/element.ts';
import { choiceAt } from '../choices.ts';
import { called, type LintRule } from '../rule.ts';

export const conditionsOverlap: LintRule = {
  code: 'conditions-overlap',
  severity: 'warning',
  hint: 'Let the conditions exclude each other.',
  of: 'bpmn:ExclusiveGateway',
  find(gateway, scene) {
    if (!isA(gateway, 'bpmn:ExclusiveGateway')) return [];
    const choice = choiceAt(gateway, scene);
    if (!choice) return [];
    for (const [index, sample] of choice.samples.entries()) {
      const taken = choice.flows.filter((_, flow) => choice.holds[flow]?.[index]);
      const [first, second] = taken;
      if (first && second)
        return [
          {
            message: `After ${called(gateway)} both ${called(first)} and ${called(second)} hold when ${choice.variable} ${sample.words}: the first drawn is taken.`,
          },
        ];
    }
    return [];
  },
};
