/** Event definitions (BPMN 2.0.2, 10.5.5) as compiled. */
import type { ElementId, Expression } from './values.ts';

export interface TimerDefinition {
  kind: 'date' | 'duration' | 'cycle';
  value: Expression;
}

/** A timer with a time limit: its breach makes the instance overdue and notifies the roles (`careloop:limit`). */
export interface LimitDefinition {
  /** Stable id, for instance `firstContact`, `closure`. */
  id: string;
  name: string;
  englishName?: string;
  /** Role ids notified at the breach. */
  tell: string[];
}

/** Event definitions (BPMN 2.0.2, 10.5.5). A none event has an empty list. */
export type EventDefinition =
  | { type: 'message'; name: Expression; correlationKey?: Expression }
  | { type: 'timer'; timer: TimerDefinition; limit?: LimitDefinition }
  | { type: 'error'; code?: Expression; codeVariable?: string; messageVariable?: string }
  | { type: 'escalation'; code?: Expression; codeVariable?: string }
  | { type: 'signal'; name: Expression }
  | { type: 'conditional'; condition: Expression }
  | { type: 'compensate'; activity?: ElementId; waitForCompletion: boolean }
  | { type: 'link'; name: string }
  | { type: 'cancel' }
  | { type: 'terminate' };

export type EventType = EventDefinition['type'];
