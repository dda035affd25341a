/** What goes out to be kept: the journal of an instance. */
import type { ElementId, Json } from './plan.ts';
import type { Actor, Key } from './waits.ts';

export type JournalKind =
  | 'instance-started'
  | 'instance-ended'
  | 'element-activated'
  | 'element-completed'
  | 'element-cancelled'
  | 'flow-taken'
  | 'event-fired'
  | 'task-claimed'
  | 'task-unclaimed'
  | 'task-assigned'
  | 'task-returned'
  | 'task-completed'
  | 'limit-breached'
  | 'limit-met'
  | 'incident-raised'
  | 'incident-resolved'
  | 'variables-set'
  | 'message-buffered'
  | 'message-undelivered'
  | 'due-date-moved'
  | 'act-refused'
  | 'incident-skipped'
  | 'instance-migrated'
  | 'instance-modified'
  | 'token-moved'
  | 'decision-made'
  | 'listener-completed'
  | 'listener-denied'
  | 'escalation-uncaught';

/** One line of what happened, in order. `data` holds ids and codes, never personal data. */
export interface JournalEntry {
  n: number;
  at: string;
  kind: JournalKind;
  element?: ElementId;
  key?: Key;
  by?: Actor;
  data?: Json;
}
