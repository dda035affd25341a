/** One running instance as its handlers and projector see it (create-instance.ts), and what a process adds to it. */
import type { ProcessRow, Projection } from '../../activities/types.ts';
import type { Plan } from '../../engine/model/plan.ts';
import type {
  Actor,
  Command,
  EngineEvent,
  Env,
  Incident,
  IncidentCode,
  InstanceState,
  Refusal,
  StepResult,
} from '../../engine/model/types.ts';
import type { TimeScale } from '../../engine/time/time-scale.ts';
import type { Burst } from './bursts.ts';
import type { ProcessedUpdates } from './carry-over.ts';
import type { Ended, ReportTo, StartInput } from './instance-messages.ts';
import type { VisibilityAttributes } from './presentation.ts';
import type { Seals } from './seals.ts';
import type { View } from './view.ts';

/** Extensions of a process: its own row, messages and memory. */
export interface Hooks {
  row?(view: View, seq: number): ProcessRow;
  /** Registers its own signals and queries, before the first await. */
  handlers?(instance: Instance): void;
  /** Called after an event was processed, before its commands are executed. */
  applied?(event: EngineEvent, before: InstanceState, instance: Instance): void;
  /** Clean-up after the end; the run stays open until it is done. */
  ending?(instance: Instance, ended: Ended): Promise<void>;
}

export interface Instance {
  input: StartInput;
  processed: ProcessedUpdates;
  /** Nonces of accepted signals: a copy from the history is rejected. */
  seals: Seals;
  memory: Record<string, unknown>;
  reports: ReportTo[];
  shown: VisibilityAttributes;
  ended?: Ended;
  /** Number of the newest rows in the database; whether the last attempt to write failed. */
  writes: { upTo: number; failing: boolean };
  /** Set once the definition is loaded and the process has started. */
  readonly loaded: boolean;
  readonly ready: PromiseLike<void>;
  readonly plan: Plan;
  readonly state: InstanceState;
  readonly timeScale: TimeScale;
  readonly seq: number;
  readonly journalFrom: number;
  /** Staff who have claimed or completed a task. */
  readonly workers: ReadonlySet<string>;
  /** Of the instance itself: continue-as-new-guard.ts, projector.ts. */
  ownIncident(code: IncidentCode): Incident | undefined;
  /** There are changes not projected yet. */
  readonly dirty: boolean;
  begin(from: { plan: Plan; state: InstanceState; timeScale: TimeScale; journalFrom: number }): void;
  /** From now on by this scale; timers are the caller's. */
  setTimeScale(scale: TimeScale): void;
  /** Runs now if the process has started, otherwise as soon as it has. */
  whenReady(work: () => void): void;
  open(): void;
  env(): Env;
  view(): View;
  /** Passes one event to the engine and executes the commands. */
  apply(event: EngineEvent): Refusal | undefined;
  /** A retry of a failed projection or record, not an engine event. */
  retriesRecords(event: EngineEvent): boolean;
  /** Applies a change computed outside `apply`: a modification, or a migration with its plan. Never called within a step. */
  take(result: StepResult, next?: Plan): void;
  /** Journals a refused act from outside. */
  journalRefusal(refusal: { code: string; by?: Actor; data?: Record<string, unknown> }): void;
  /** Journals the outcome of a message thrown here. */
  journalMessage(
    kind: 'message-buffered' | 'message-undelivered',
    message: { id: string; message: string; element?: string; until: string },
  ): void;
  /** Raises an incident of the instance itself, or resolves it when absent. */
  setOwnIncident(code: IncidentCode, incident: Incident | undefined): void;
  /** Due dates may have passed: check again. */
  touch(): void;
  /** The burst in progress; resolves when it is projected. */
  burst(): Promise<Burst>;
  /** Ends the burst with its rows and words for waiting callers; undefined when they cannot be made now. */
  closeBurst(): Burst | undefined;
  /** Work that must not fail the workflow task: a failure is an incident, and the next step retries it. */
  attempt<T>(what: string, work: () => T): T | undefined;
  /** Records of past steps are still pending. */
  readonly unrecorded: boolean;
  /** The database held unexpected rows: all are written again. */
  resync(written: Projection): void;
}

export type ExecuteCommands = (commands: Command[]) => void;
