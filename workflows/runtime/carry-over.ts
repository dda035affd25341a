/** Continue-as-new: what a new run takes over, and the answers already given (Temporal deduplicates updates per run only). */
import type { TaskRow } from '../../activities/types.ts';
import type { LocalizedText, Plan } from '../../engine/model/plan.ts';
import type { Incident, Key, RunJob } from '../../engine/model/types.ts';
import { decodeState, type EncodedState, encodeState } from '../../engine/snapshot/snapshot.ts';
import type { OpenCall } from './calls.ts';
import type { Carried, ReportTo, StartInput } from './instance-messages.ts';
import type { VisibilityAttributes } from './presentation.ts';

/** `Carried` with what only the runtime knows of. */
export interface CarriedRun extends Carried {
  processed: { id: string; answer: RememberedAnswer }[];
  seq: number;
  journalFrom: number;
  shown: VisibilityAttributes;
  /** Of signals taken. */
  seals: string[];
  calls: Record<Key, OpenCall>;
  /** Jobs under way that did not end in time: sent out again, they are idempotent by instance and key. */
  jobs: RunJob[];
  reports: ReportTo[];
  memory: Record<string, unknown>;
  /** Staff who had or completed a task. */
  workers: string[];
  /** A request to cancel the workflow was taken up already. */
  cancelRequested: boolean;
  /** That the database has refused rows of it and not taken all since. */
  refusedRows?: Incident;
}

interface EncodedRun {
  plan: Plan;
  state: EncodedState;
}

/** What the run before left, taken out of the input: Temporal keeps that for as long as the run lasts, and this one's plan is shared. */
export function takeCarriedRun(input: StartInput): CarriedRun | undefined {
  const encodeCarriedRun = input.carried as (EncodedRun & Carried) | undefined;
  if (!encodeCarriedRun) return undefined;
  delete input.carried;
  return { ...encodeCarriedRun, state: decodeState(encodeCarriedRun.plan, encodeCarriedRun.state) } as CarriedRun;
}

export const written = (run: CarriedRun): Carried =>
  ({ ...run, state: encodeState(run.plan, run.state) }) satisfies EncodedRun as unknown as Carried;

/** Enough of an answer to give it again: the words as they were, the task it was about; the other rows as they are then. */
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

/** Whether it is time for a new run, as the server says or as the starter wished. */
export function shouldContinueAsNew(
  info: { continueAsNewSuggested: boolean; historyLength: number },
  after?: number,
): boolean {
  return info.continueAsNewSuggested || (after !== undefined && info.historyLength >= after);
}

/** Beyond this a run no longer waits for its jobs: the server ends workflows at 51,200 events. */
export const maxHistory = 20_000;
