/** The activities of the scheduler (workflows/schedules/schedule-workflow.ts): signatures only. */
import type { ScheduleProjection, ScheduleRow } from '../../store/runtime/schedule-rows.ts';

export type * from '../../store/runtime/schedule-rows.ts';

/** A timer start event at one facility, worked out; `failure`: it could not be. */
export interface LoadedSchedule
  extends Pick<
    ScheduleRow,
    'id' | 'element' | 'elementName' | 'facility' | 'kind' | 'expression' | 'value' | 'zone' | 'from'
  > {
  failure?: { code: string; message: string };
}

export interface LoadedSchedules {
  /** The newest version; null when nothing of this process is deployed. */
  version: number | null;
  schedules: LoadedSchedule[];
  /** The rows as last written, from which a scheduler continues after a termination. */
  memory: ScheduleRow[];
  /** Number of the last line of its journal. */
  journalFrom: number;
}

export interface ScheduledStart {
  process: string;
  version: number;
  /** Start event. */
  element: string;
  facility: string;
  businessKey: string;
  /** ISO 8601 UTC; the variable `scheduledAt` of the instance. */
  scheduledAt: string;
  /** Staff id, or the scheduler itself. */
  startedBy: string;
}

export interface ScheduleActivities {
  /**
   * The timer start events of the newest version, worked out per facility.
   * @param ask `known`: the version and the schedules that are known already; others of the same version (a new facility) count from `now`
   */
  loadSchedules(ask: {
    process: string;
    now: string;
    known?: { version: number; ids: string[] };
  }): Promise<LoadedSchedules>;
  /** Begins one instance, once per business key. */
  beginScheduled(begin: ScheduledStart): Promise<{ instance: string; began: boolean }>;
  projectSchedules(projection: ScheduleProjection): Promise<void>;
}
