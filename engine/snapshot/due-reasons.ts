/** Why a date is what it is, written without what its wait and the plan say already. */
import type { Expression } from '../model/plan.ts';
import { type Fields, omitDefaults, restoreDefaults } from './defaults.ts';

/** Context of a due reason. */
export interface Place {
  /** When what it counts from usually began. */
  since: string | undefined;
  expression: Expression | undefined;
  calendarVersion: number;
}

const usual = 'duration';

function known(kind: unknown, { since, expression, calendarVersion }: Place): Fields {
  const constant = expression && 'literal' in expression ? expression.literal : undefined;
  const source = expression && 'feel' in expression ? expression.feel : constant;
  switch (kind) {
    case 'duration':
      return { kind: usual, from: since, duration: constant };
    case 'working-days':
      return { from: since, provisional: false, calendarVersion };
    case 'date':
      return { source };
    case 'cycle':
      return { source: constant, round: 1 };
    default:
      return {};
  }
}

export const encodeReason = (reason: Fields, place: Place): Fields =>
  omitDefaults(reason, known(reason['kind'], place));

export const decodeReason = (written: Fields, place: Place): Fields =>
  restoreDefaults(written, known(written['kind'] ?? usual, place));
