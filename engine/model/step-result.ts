/** One step: what it is given beside plan, state and event, and what it gives back. Implemented in `step.ts` of the engine. */

import type { WorkingCalendar } from '../time/calendar.ts';
import type { Command } from './commands.ts';
import type { EngineEvent } from './engine-events.ts';
import type { JournalEntry } from './journal.ts';
import type { Expression, Json, LocalizedText, Plan, Variables } from './plan.ts';
import type { InstanceState, NewInstance } from './state.ts';
import type { DueReason } from './waits.ts';

export type CreateInstance = (plan: Plan, start: NewInstance) => InstanceState;
export type Step = (plan: Plan, state: InstanceState, event: EngineEvent, env: Env) => StepResult;
/** Whether an act of a person would be refused, without doing it (synchronous validators of updates). */
export type Refuse = (plan: Plan, state: InstanceState, event: EngineEvent, env: Env) => Refusal | undefined;

export interface StepResult {
  state: InstanceState;
  commands: Command[];
  journal: JournalEntry[];
  /** Only for acts of people: why nothing was done. */
  refusal?: Refusal;
}

/** An act that cannot be done; nothing changed. */
export interface Refusal {
  /** `task-gone`, `not-a-candidate`, `already-claimed`, `own-application`, `form-invalid`, `not-active`, `unknown-key`, … */
  code: string;
  message: LocalizedText;
  hint: LocalizedText;
  /** For `task-gone`: actor and time of the act that closed it. For `form-invalid`: problems per field. */
  details?: Json;
}

export interface Env {
  /** Process time, ISO 8601 UTC. */
  now: string;
  evaluator: Evaluator;
  /** Only what the diagram declares comes in (`engine/core/intake.ts`); absent: whatever comes, as models of others expect it. */
  intake?: Intake;
}

export interface Intake {
  /** Names of what jobs of this type answer, for elements without output mappings. */
  jobOutputs(type: string): readonly string[];
  /** Of values, for the journal. */
  digest(values: Variables): string;
}

/** Evaluates the plan's expressions; made once per plan by `createEvaluator` (`engine/feel/`), holds compiled functions. */
export interface Evaluator {
  /**
   * @param expression FEEL or a literal of the plan
   * @param lookup the value of a variable as seen from the scope, or undefined when no scope has it
   * @param context brings `now()`, `today()` and the working calendar
   * @returns the value as plain JSON (FEEL dates as ISO strings), or the failure as a value.
   *   `because` lists the working-day sums and durations on which the value is based.
   */
  evaluate(expression: Expression, lookup: (name: string) => Json | undefined, context: EvaluationContext): Evaluation;
}

export interface EvaluationContext {
  /** Process time, ISO 8601 UTC. */
  now: string;
  calendar: WorkingCalendar;
}

/** `expression-too-costly`: beyond what one evaluation may cost (feel/budget.ts). */
export type EvaluationFailure = 'missing-variable' | 'expression-failed' | 'expression-too-costly';

export type Evaluation =
  | { ok: true; value: Json; because?: DueReason[] }
  | { ok: false; code: EvaluationFailure; message: string };
