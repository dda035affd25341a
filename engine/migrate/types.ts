/** Input and result of a migration: one line per wait, and the new state only when nothing is left to decide. */
import type { ElementId, FlowId, LocalizedText } from '../model/plan.ts';
import type { Actor, Command, InstanceState, JournalEntry, Key, Refusal, WaitKind } from '../model/types.ts';

/** Old id to new id; `null` says: end it here. Elements and, for what waits at joins, flows. */
export type MigrationMapping = Record<ElementId | FlowId, ElementId | FlowId | null>;

export interface MigrationOptions {
  mapping?: MigrationMapping;
  /** `keep` (usual): due dates stay. `reevaluate`: worked out by the new definition, counted from when the wait began. */
  timers?: 'keep' | 'reevaluate';
  /** Names and correlation keys of the messages and signals that are waited for. */
  messages?: 'keep' | 'reevaluate';
}

export interface Migration extends MigrationOptions {
  /** The definition of the new plan. */
  definition: InstanceState['definition'];
  by: Actor;
}

export type MigrationOutcome = 'stays' | 'moves' | 'dropped' | 'created' | 'needs-decision';

/** What becomes of one wait. */
export interface MigrationLine {
  /** Absent for a compensation that could still be asked for: it is no wait. */
  key?: Key;
  element: ElementId;
  elementName: string;
  kind: WaitKind | 'compensation';
  outcome: MigrationOutcome;
  /** The element in the new definition, where it is another one. */
  to?: ElementId;
  /** New due date, where it moves. */
  dueAt?: string;
  /** Why it needs a decision or is dropped: `element-gone`, `kind-changed`, `scope-changed`, `loop-changed`, `events-changed`, `flow-gone`, … */
  code?: string;
  words: LocalizedText;
}

export interface MigrationResult {
  report: MigrationLine[];
  /** Why nothing was done; the state is as it was. */
  refusal?: Refusal;
  state?: InstanceState;
  commands?: Command[];
  journal?: JournalEntry[];
}
