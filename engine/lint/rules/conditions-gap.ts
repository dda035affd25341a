/** Values for which no condition holds, and there is no default flow: the instance would stop with an incident (BPMN 2.0.2, 10.6.2). */
import { choiceAt } from '../choices.ts';
import type { Sample } from '../conditions.ts';
import { called, type LintRule } from '../rule.ts';

export const conditionsGap: LintRule = {
  code: 'conditions-gap',
  severity: 'warning',
  hint: 'Make one of the flows the default flow, or let the conditions cover all values.',
  of: 'bpmn:Gateway',
  find(gateway, scene) {
    const choice = choiceAt(gateway, scene);
    if (!choice || choice.default) return [];
    const open = choice.samples.filter((_, index) => choice.holds.every((flow) => !flow[index]));
    if (open.length === 0) return [];
    const fractions = open.every((sample) => sample.fraction);
    return [
      {
        message: `After ${called(gateway)} no condition holds when ${choice.variable} ${words(open)}.`,
        ...(fractions && { hint: 'Compare with < or >= instead, unless only whole numbers come.' }),
      },
    ];
  },
};

const words = (open: Sample[]): string =>
  open
    .slice(0, 3)
    .map((sample) => sample.words)
    .join(', or ') + (open.length > 3 ? ', …' : '');
