/** Rows of what begins processes by the clock, as the scheduler of a definition writes them (read model). Shapes only. */

/** One timer start event at one facility. */
export interface ScheduleRow {
  /** `<process>/<id>`. */
  _id: string;
  /** Rows of a later writing are newer; an older one changes nothing. */
  seq: number;
  process: string;
  version: number;
  /** `<timer>@<facility>`, the timer being its start event, for instance `Begin@BJ`. */
  id: string;
  element: string;
  elementName: string;
  facility: string;
  kind: 'date' | 'duration' | 'cycle';
  /** As drawn. */
  expression: string;
  /** As worked out at deployment; empty where that failed. */
  value: string;
  /** IANA name. */
  zone: string;
  /** What durations and cycles are counted from. */
  from: string;
  /** Next due; null = no more. */
  dueAt: string | null;
  /** How many come after that; null = without end. */
  remaining: number | null;
  /** Occurrences that were taken. */
  fired: number;
  /** Due, but not begun yet: a scheduler that was ended from outside still begins it when it is there again. */
  owed: { scheduledAt: string; businessKey: string; by?: string }[];
  paused: { at: string; by: string; reason?: string } | null;
  /** Occurrences that were not taken, last time. */
  leftOut: { from: string; to: string; why: 'outage' | 'pause' } | null;
  /** Why it cannot begin anything now; null while it can. */
  failure: { code: string; message: string; since: string; attempts: number; retryAt: string } | null;
  last: ScheduleFiring | null;
  updatedAt: string;
}

export interface ScheduleFiring {
  /** When it was due. */
  scheduledAt: string;
  /** When the instance began. */
  at: string;
  /** Workflow id. */
  instance: string;
  /** False: this occurrence had begun it before. */
  began: boolean;
  /** Staff id: begun by hand. */
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

/** What the scheduler of one definition hands over: all its schedules, and the new lines of its journal. */
export interface ScheduleProjection {
  process: string;
  seq: number;
  rows: ScheduleRow[];
  journal: ScheduleJournalRow[];
}
