/** Asks before calls are made whether the root may have further descendants: once for all calls of a step. */
import type { Activities } from '../../activities/types.ts';
import { includesCommandChange } from './command-changes.ts';
import { runUntilDone } from './local-activities.ts';

type Admitted = Awaited<ReturnType<Activities['admitCalls']>>;

/** @returns for each call the limit that stops it, if any */
export function createCallAdmission(root: string): () => Promise<number | undefined> {
  let asked: { count: number; answer: Promise<Admitted> } | undefined;

  async function ask(): Promise<Admitted> {
    // The other calls of the step are made synchronously.
    await Promise.resolve();
    const count = asked?.count ?? 0;
    asked = undefined;
    return runUntilDone<Admitted>('admitCalls', [{ root, count }], '核对发起的实例数');
  }

  return async () => {
    if (!includesCommandChange('calls-admitted')) return undefined;
    asked ??= { count: 0, answer: ask() };
    const place = asked.count;
    asked.count += 1;
    const { admitted, limit } = await asked.answer;
    return place < admitted ? undefined : limit;
  };
}
