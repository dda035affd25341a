/** Rejects variables that nothing declares, each by name. */
import { notTakenIn } from '../../engine/core/intake.ts';
import { refusal } from '../../engine/messages/refusals.ts';
import { ProblemError } from './problem.ts';

export function undeclaredVariables(names: string[]): ProblemError {
  const { message, hint } = refusal('not-declared');
  return new ProblemError({
    status: 422,
    code: 'not-declared',
    detail: message.en,
    hint: hint.en,
    errors: names.map((name) => {
      const { code: why, message: words } = notTakenIn(name);
      return { path: `body.variables.${name}`, code: why, message: `${words.zh} ${words.en}` };
    }),
    more: { words: { message, hint } },
  });
}
