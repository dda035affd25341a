/** What a refusal says of single fields of a form. */
import { Refused } from '../api/client.ts';

/** By the path of the field within its form. */
export function fieldErrorsOf(error: unknown): { path: string; message: string }[] {
  const errors = error instanceof Refused ? (error.problem?.errors ?? []) : [];
  return errors.map(({ path, message }) => ({ path: path.replace(/^body\.variables\./, ''), message }));
}
