/** Rows of schedules, as the scheduler of a definition writes them (read model). Types only. */

/** One timer start event at one facility. */
export interface ScheduleRow {
  /** `<process>/<id>`. */
  _id: string;
  /** Sequence number: older writes have no effect. */
  seq: number;
  process: string;
  version: number;
  /** `<timer>@<facility>`, the timer being its start event, for instance `Begin@BJ`. */
  id: string;
  element: string;
  elementName: string;
  facility: string;
  kind: 'date' | 'duration' | 'cycle';
  /** The expression as drawn. */
  expression: string;
  /** As evaluated at deployment; empty if that failed. */
  value: string;
  /** IANA name. */
  zone: string;
  /** Base of durations and cycles. */
  from: string;
  /** Next firing; null = none. */
  dueAt: string | null;
  /** Number of further firings; null = unlimited. */
  remaining: number | null;
  /** Number of occurrences fired. */
  fired: number;
  /** Due, but not started yet; also survives a termination of the scheduler. */
  owed: { scheduledAt: string; businessKey: string; by?: string }[];
  paused: { at: string; by: string; reason?: string } | null;
  /** Occurrences of the last failure. */
  leftOut: { from: string; to: string; why: 'outage' | 'pause' } | null;
  /** Why it cannot start instances at present; null while it can. */
  failure: { code: string; message: string; since: string; attempts: number; retryAt: string } | null;
  last: ScheduleFiring | null;
  updatedAt: string;
}

export interface ScheduleFiring {
  /** Due time. */
  scheduledAt: string;
  /** Start time of the instance. */
  at: string;
  /** Workflow id. */
  instance: string;
  /** False: already started for this occurrence. */
  began: boolean;
  /** Staff id, if triggered manually. */
  by?: string;
}

export type ScheduleEvent =
  | 'scheduled'
  | 'began'
  | 'failed'
  | 'left-out'
  | 'paused'
  | 'resumed'
  | 'triggered'
  | 'dropped';

export interface ScheduleJournalRow {
  /** `<process>#<n>`. */
  _id: string;
  process: string;
  n: number;
  at: string;
  /** `ScheduleRow.id`. */
  schedule: string;
  kind: ScheduleEvent;
  /** Staff id. */
  by?: string;
  /** Ids, times and codes. */
  data?: Record<string, string | number | boolean>;
}

/** A write of the scheduler of one definition: all its schedules, and new journal lines. */
export interface ScheduleProjection {
  process: string;
  seq: number;
  rows: ScheduleRow[];
  journal: ScheduleJournalRow[];
}
