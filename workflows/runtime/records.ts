/**
 * What the runtime makes of a step beside it: rows, and what a process records of acts. Where that fails, the step holds, and the workflow
 * task does not fail again and again: the instance says so as an incident of its own, and makes it anew with its next step or a retry.
 */
import { TemporalFailure } from '@temporalio/workflow';
import type { Incident } from '../../engine/model/types.ts';

/** Rows of steps do not wait for what a process records of acts. */
type Kind = 'steps' | 'acts';

export interface Records {
  /** @returns what was made; undefined when it failed */
  make<T>(what: string, work: () => T): T | undefined;
  /** Done once and, of one kind, in order: what failed is tried again before what comes after it. */
  keep(kind: Kind, work: () => void): void;
  /** What still has to be kept is tried again. */
  retry(): void;
  /** Whether something still has to be kept. */
  readonly pending: boolean;
  /** The incident as it stands; undefined when all was made. */
  incident(at: string): Incident | undefined;
}

export const recordFailed = 'record-failed';
const maxCause = 300;

export function createRecords(): Records {
  const failures = new Map<string, string>();
  const waiting: Record<Kind, (() => void)[]> = { steps: [], acts: [] };

  function make<T>(what: string, work: () => T): T | undefined {
    try {
      const made = work();
      failures.delete(what);
      return made;
    } catch (error) {
      if (error instanceof TemporalFailure) throw error;
      const cause = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      failures.set(what, cause.slice(0, maxCause));
      return undefined;
    }
  }

  function keepAll(kind: Kind): void {
    const works = waiting[kind];
    const stopped = works.findIndex((work) => make(kind, () => [work()]) === undefined);
    waiting[kind] = stopped < 0 ? [] : works.slice(stopped);
  }

  return {
    make,
    keep(kind, work) {
      waiting[kind].push(work);
      keepAll(kind);
    },
    retry() {
      keepAll('steps');
      keepAll('acts');
    },
    get pending() {
      return waiting.steps.length + waiting.acts.length > 0;
    },
    incident(at) {
      const [first] = failures;
      return first && { code: recordFailed, params: { reason: 'record', what: first[0], cause: first[1] }, at };
    },
  };
}
