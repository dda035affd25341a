/** Participants (BPMN 2.0.2, 9.3). */
import { number } from '../element.ts';
import type { Rule } from './rule.ts';

export const collaborationRules: Rule[] = [
  {
    code: 'participant-minimum',
    constraint: 'EXT029',
    section: 'table 9.4',
    of: 'bpmn:ParticipantMultiplicity',
    hint: 'Give 0 or more.',
    broken: (multiplicity) =>
      (number(multiplicity, 'minimum') ?? 0) < 0 ? 'The minimum of a participant is negative.' : undefined,
  },
  {
    code: 'participant-maximum',
    constraint: 'EXT030',
    section: 'table 9.4',
    of: 'bpmn:ParticipantMultiplicity',
    hint: 'Give at least the minimum, and at least 1.',
    broken: (multiplicity) => {
      const [minimum, maximum] = [number(multiplicity, 'minimum') ?? 0, number(multiplicity, 'maximum') ?? 1];
      return maximum < Math.max(1, minimum) ? 'The maximum of a participant is less than its minimum.' : undefined;
    },
  },
];
