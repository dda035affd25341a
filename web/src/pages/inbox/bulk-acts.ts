/** One act on many tasks, a few at a time, with progress and a report at the end. A repeat does nothing twice. */
import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useRef, useState } from 'react';
import { api, bodyOf, newIdempotencyKey, type Task } from '../../api/client.ts';
import type { TaskFilters } from '../../api/queries.ts';
import { useErrorWords } from '../../parts/error-notice.tsx';
import { useWords } from '../../words/index.ts';

export type BulkAct =
  | { act: 'claim' | 'unclaim' }
  | { act: 'assign'; assignee: string }
  | { act: 'complete'; variables: Record<string, unknown> };
export interface Outcome {
  task: Task;
  /** Why it was not done. */
  refusal?: string;
}
export interface BulkRun {
  /** Absent while the tasks are being found. */
  total?: number;
  outcomes: Outcome[];
  ended: boolean;
  /** Why it did not go on. */
  failure?: string;
}

const chunkSize = 20;
const pageSize = 100;
/** Upper limit of one run, so that it ends within minutes. */
const mostAtOnce = 2000;

/** All that match, not only those that are shown. */
async function allMatching(filters: Omit<TaskFilters, 'limit' | 'sort'>): Promise<Task[]> {
  const found: Task[] = [];
  let cursor: string | undefined;
  do {
    const query = { ...filters, limit: pageSize, ...(cursor !== undefined && { cursor }) };
    const page = await bodyOf(api.GET('/api/tasks', { params: { query } }));
    found.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined && found.length < mostAtOnce);
  return found.slice(0, mostAtOnce);
}

export function useBulkActs(whenDone: () => void) {
  const { t, pick } = useWords();
  const { message } = App.useApp();
  const client = useQueryClient();
  const wordsOf = useErrorWords();
  const [run, setRun] = useState<BulkRun>();
  const stopped = useRef(false);

  const perform = async (act: BulkAct, given: Task[] | Omit<TaskFilters, 'limit' | 'sort'>) => {
    stopped.current = false;
    const outcomes: Outcome[] = [];
    const tell = (more: Partial<BulkRun>) => setRun({ outcomes: [...outcomes], ended: false, ...more });
    tell({});
    let total = 0;
    try {
      const tasks = Array.isArray(given) ? given : await allMatching(given);
      total = tasks.length;
      for (let from = 0; from < total && !stopped.current; from += chunkSize) {
        tell({ total });
        const chunk = tasks.slice(from, from + chunkSize);
        const { items } = await bodyOf(
          api.POST('/api/tasks/acts', {
            params: { header: { 'Idempotency-Key': newIdempotencyKey() } },
            body: { ...act, tasks: chunk.map(({ id }) => id) },
          }),
        );
        for (const [at, task] of chunk.entries()) {
          const problem = items[at]?.problem;
          outcomes.push({ task, ...(problem && { refusal: pick(problem.words) }) });
        }
      }
      tell({ total, ended: true });
      const [only] = outcomes;
      if (total === 1 && only) {
        setRun(undefined);
        if (only.refusal) void message.warning(only.refusal, 8);
        else void message.success(t('inbox.done.report', { done: 1 }));
      }
    } catch (error) {
      tell({ total, ended: true, failure: wordsOf(error).title });
    }
    whenDone();
    await client.invalidateQueries({
      predicate: ({ queryKey }) => ['tasks', 'task-counts'].includes(String(queryKey[0])),
    });
  };
  const stop = () => {
    stopped.current = true;
  };
  return { run, perform, stop, close: () => setRun(undefined) };
}
