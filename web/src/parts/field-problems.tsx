/** What was refused, field by field, where a form has no place of its own for each. */
import { Refused } from '../api/client.ts';
import { useWords } from '../words/index.ts';
import { ErrorNotice } from './error-notice.tsx';

export function FieldProblems({ error }: { error: unknown }) {
  const { language } = useWords();
  const errors = error instanceof Refused ? (error.problem?.errors ?? []) : [];
  return (
    <div role="alert">
      <ErrorNotice error={error} />
      <ul className="plain">
        {errors.map(({ path, words, message }) => (
          <li key={path} className="bad">
            {words?.[language] ?? message}
          </li>
        ))}
      </ul>
    </div>
  );
}
