/** A condition that holds for no value at all: its flow is never taken. */
import { choiceAt } from '../choices.ts';
import { called, type LintRule } from '../rule.ts';

export const conditionNeverHolds: LintRule = {
  code: 'condition-never-holds',
  severity: 'warning',
  hint: 'Correct the condition, or remove the flow.',
  of: 'bpmn:Gateway',
  find(gateway, scene) {
    const choice = choiceAt(gateway, scene);
    if (!choice) return [];
    return choice.flows
      .filter((_, index) => choice.holds[index]?.every((holds) => !holds))
      .map((at) => ({ at, message: `The condition of ${called(at)} holds for no value of ${choice.variable}.` }));
  },
};
