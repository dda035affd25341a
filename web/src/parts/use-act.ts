/** A write request: retried with the same idempotency key until it is answered, then reported to the person, and the queries it affects are invalidated. */
import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useErrorWords } from './error-notice.tsx';
import { useIdempotencyKey } from './idempotency.ts';

export interface ActOptions<Out> {
  /** Message on success. */
  done?: string | ((answer: Out) => string);
  /** First parts of the keys of the queries to invalidate. */
  stale: string[];
  onDone?(answer: Out): void;
  /** @returns true: the refusal is shown elsewhere */
  onRefused?(error: unknown): boolean;
}

export function useAct<In, Out>(
  perform: (input: In, key: string) => Promise<Out>,
  { done, stale, onDone, onRefused }: ActOptions<Out>,
): UseMutationResult<Out, Error, In> {
  const client = useQueryClient();
  const { message } = App.useApp();
  const wordsOf = useErrorWords();
  const [key, ended] = useIdempotencyKey();
  return useMutation({
    mutationFn: (input: In) => perform(input, key),
    async onSuccess(answer) {
      ended();
      const said = typeof done === 'function' ? done(answer) : done;
      if (said !== undefined) void message.success(said);
      onDone?.(answer);
      await client.invalidateQueries({ predicate: ({ queryKey: [first] }) => stale.includes(String(first)) });
    },
    onError(error) {
      ended(error);
      if (onRefused?.(error)) return;
      const { title, hint } = wordsOf(error);
      void message.error(hint ? `${title} ${hint}` : title, 8);
    },
  });
}
