/** Acts that need a second person because they affect payments (docs/operations.md#second-person). */
import { ProblemError } from './problem.ts';

export interface MoneyTouch {
  /** Elements that move money, as `<process>/<element>`. */
  elements: string[];
  /** Where both people must be authorised; null: for the whole group. */
  facility: string | null;
}

export function secondPersonNeeded(act: string, { elements }: MoneyTouch): ProblemError {
  return new ProblemError({
    status: 409,
    code: 'second-person-needed',
    detail: `This affects elements that move money (${elements.slice(0, 5).join(', ')}${elements.length > 5 ? ', …' : ''}): it needs a second person.`,
    hint: `POST /api/proposals with {"act": "${act}", "params", "body", "reason"}; another person releases it.`,
    more: { elements },
  });
}
