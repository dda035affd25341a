/** Continue-as-new: state for the next run, and past update results (Temporal deduplicates updates per run only). */
import type { TaskRow } from '../../activities/types.ts';
import type { LocalizedText, Plan } from '../../engine/model/plan.ts';
import type { Incident, Key, RunJob } from '../../engine/model/types.ts';
import { decodeState, type EncodedState, encodeState } from '../../engine/snapshot/snapshot.ts';
import type { OpenCall } from './calls.ts';
import type { Carried, ReportTo, StartInput } from './instance-messages.ts';
import type { VisibilityAttributes } from './presentation.ts';

/** `Carried` with data known only to the runtime. */
export interface CarriedRun extends Carried {
  processed: { id: string; answer: RememberedAnswer }[];
  seq: number;
  journalFrom: number;
  shown: VisibilityAttributes;
  /** Nonces of accepted signals. */
  seals: string[];
  calls: Record<Key, OpenCall>;
  /** Jobs that did not finish in time: restarted in the next run, idempotent by instance and key. */
  jobs: RunJob[];
  reports: ReportTo[];
  memory: Record<string, unknown>;
  /** Staff who have claimed or completed a task. */
  workers: string[];
  /** A cancellation request has been handled already. */
  cancelRequested: boolean;
  /** The database has refused rows and not accepted all since. */
  refusedRows?: Incident;
}

interface EncodedRun {
  plan: Plan;
  state: EncodedState;
}

/** Removes the state from the input, which Temporal keeps in memory for the whole run, and shares the plan. */
export function takeCarriedRun(input: StartInput): CarriedRun | undefined {
  const encodeCarriedRun = input.carried as (EncodedRun & Carried) | undefined;
  if (!encodeCarriedRun) return undefined;
  delete input.carried;
  return { ...encodeCarriedRun, state: decodeState(encodeCarriedRun.plan, encodeCarriedRun.state) } as CarriedRun;
}

export const written = (run: CarriedRun): Carried =>
  ({ ...run, state: encodeState(run.plan, run.state) }) satisfies EncodedRun as unknown as Carried;

/** Reduced result for repeats: its words and the task it was about; other rows are read when needed. */
export interface RememberedAnswer {
  happened: LocalizedText;
  task?: TaskRow;
}

const maxRemembered = 200;

export interface ProcessedUpdates {
  get(id: string): RememberedAnswer | undefined;
  add(id: string, answer: RememberedAnswer): void;
  list(): { id: string; answer: RememberedAnswer }[];
}

export function createProcessedUpdates(carried: { id: string; answer: RememberedAnswer }[] = []): ProcessedUpdates {
  const answers = new Map(carried.map(({ id, answer }) => [id, answer]));
  return {
    get: (id) => answers.get(id),
    add(id, answer) {
      answers.set(id, answer);
      if (answers.size > maxRemembered) answers.delete(answers.keys().next().value as string);
    },
    list: () => [...answers].map(([id, answer]) => ({ id, answer })),
  };
}

/** Whether to continue as new, by the server's suggestion or the starter's limit. */
export function shouldContinueAsNew(
  info: { continueAsNewSuggested: boolean; historyLength: number },
  after?: number,
): boolean {
  return info.continueAsNewSuggested || (after !== undefined && info.historyLength >= after);
}

/** From this history length on a run no longer waits for its jobs: the server terminates workflows at 51,200 events. */
export const maxHistory = 20_000;
