/**
 * Rows and process records derived from a step. If they fail, the step is kept and the workflow task does not fail
 * repeatedly: the instance raises an incident of its own and retries with the next step or a retry.
 */
import { TemporalFailure } from '@temporalio/workflow';
import type { Incident } from '../../engine/model/types.ts';

/** Rows do not wait for process records. */
type Kind = 'steps' | 'acts';

export interface Records {
  /** @returns the result; undefined when it failed */
  make<T>(what: string, work: () => T): T | undefined;
  /** Executed once and in order per kind: a failed record is retried before later ones. */
  keep(kind: Kind, work: () => void): void;
  /** Retries pending records. */
  retry(): void;
  /** Whether records are pending. */
  readonly pending: boolean;
  /** The current incident; undefined without failures. */
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
