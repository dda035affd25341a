/** Acts that one person may propose only, because they touch what moves money (docs/operations.md#second-person). */
import { ProblemError } from './problem.ts';

export interface MoneyTouch {
  /** What moves money, as `<process>/<element>`. */
  elements: string[];
  /** Where both people must be entitled; null: for the whole group. */
  facility: string | null;
}

export function secondPersonNeeded(act: string, { elements }: MoneyTouch): ProblemError {
  return new ProblemError({
    status: 409,
    code: 'second-person-needed',
    detail: `This touches what moves money (${elements.slice(0, 5).join(', ')}${elements.length > 5 ? ', …' : ''}): nobody does it alone.`,
    hint: `POST /api/proposals with {"act": "${act}", "params", "body", "reason"}; another person releases it.`,
    more: { elements },
  });
}
