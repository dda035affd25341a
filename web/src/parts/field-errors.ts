/** What a refusal says of single fields of a form. */
import { Refused } from '../api/client.ts';
import type { Language } from '../words/index.ts';

/** By the path of the field within its form. */
export function fieldErrorsOf(error: unknown, language: Language): { path: string; message: string }[] {
  const errors = error instanceof Refused ? (error.problem?.errors ?? []) : [];
  return errors.map(({ path, message, words }) => ({
    path: path.replace(/^body\.variables\./, ''),
    message: words?.[language] ?? message,
  }));
}
