/** An act on the server: it is repeated under the same key until it is answered, says what happened, and marks what it changed as stale. */
import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useState } from 'react';
import { newIdempotencyKey, Refused } from '../api/client.ts';
import { useErrorWords } from './error-notice.tsx';

export interface ActOptions<Out> {
  /** What is said when it was done. */
  done?: string | ((answer: Out) => string);
  /** First parts of the keys of queries that it changes. */
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
  const [key, setKey] = useState(newIdempotencyKey);
  return useMutation({
    mutationFn: (input: In) => perform(input, key),
    async onSuccess(answer) {
      setKey(newIdempotencyKey());
      const said = typeof done === 'function' ? done(answer) : done;
      if (said !== undefined) void message.success(said);
      onDone?.(answer);
      await client.invalidateQueries({ predicate: ({ queryKey: [first] }) => stale.includes(String(first)) });
    },
    onError(error) {
      // What was refused is another request when it is sent again.
      if (error instanceof Refused && error.status >= 400) setKey(newIdempotencyKey());
      if (onRefused?.(error)) return;
      const { title, hint } = wordsOf(error);
      void message.error(hint ? `${title} ${hint}` : title, 8);
    },
  });
}
