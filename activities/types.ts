/** The activities as workflows see them: signatures only. Each is done in the file of its subject beside this one. */
import type { JobWorker, Variables } from '../engine/model/plan.ts';
import type { WorkingCalendar } from '../engine/time/calendar.ts';
import type { TimeScale } from '../engine/time/time-scale.ts';
import type { Lineage, Projection } from '../store/runtime/rows.ts';
import type { JobActivities } from './jobs/index.ts';
import type { ScheduleActivities } from './runtime/schedule-types.ts';

export type * from '../store/runtime/rows.ts';
export type { Job, JobContext } from './jobs/job.ts';
export type * from './runtime/schedule-types.ts';

/** A plan as histories carry it: its JSON deflated, in base64; a fifth of the size, and read once per worker (workflows/runtime/plans.ts). */
export type PackedPlan = string;

/** Findings when rows were written; usually none. */
export interface Projected {
  /**
   * `other`: rows stood there that this run has not written, all are wanted; `newer`: newer rows stay; `foreign`: rows of another facility
   * or instance stand under its ids, and stay.
   */
  found?: 'other' | 'newer' | 'foreign';
  /** Rows that the database will never take as they are, and what it said of the first. */
  refused?: { rows: string[]; cause: string };
  /** Open tasks without a possible performer. */
  unassignable?: { key: string; code: 'unknown-assignee' | 'no-eligible-user'; assignee: string | null }[];
}

export interface RuntimeActivities {
  /** The definition, calendar and rules an instance begins with; in history, hence pinned. */
  loadDefinition(ask: {
    /** Workflow id. */
    instance: string;
    process: string;
    version?: number;
    /** Of that version. */
    hash?: string;
    /** Of a bound call: the newest with this tag, or the one deployed together with that version of the caller. */
    bound?: { versionTag: string } | { deployedWith: { process: string; version: number } };
    facility: string;
    now: string;
    /** Of the caller; absent: the rule set in force at the facility. */
    ruleSet?: { key: string; version: number };
    /** Of facilities, calendars and rules: at least as new as they were then; absent: as they are. */
    organisationRevision?: number;
    /** Root of one begun by a message or signal of another instance: it is counted among its descendants. */
    root?: string;
    /** Rows of this life are newer than this; of an earlier life of the id, older. Absent: it is the first life. */
    firstSeq?: number;
  }): Promise<{
    plan: PackedPlan;
    version: number;
    hash: string;
    calendar: WorkingCalendar;
    /** The part of the rule set that the process names. */
    rules: Variables;
    /** Where the rules come from; absent: no rule set is in force. */
    ruleSet?: { key: string; version: number };
    /** Of the engine that begins it; in history, so that a later worker replays it by the same rules. */
    revision: number;
    /** Last number in the journal: above 0 when an instance of this id has ended before. */
    journalFrom: number;
    /** Its root has this many descendants, as many as it may: it begins with an incident. */
    limit?: number;
  }>;
  /** Counts calls about to be made among the descendants of a root; `admitted`: how many of them may be made. */
  admitCalls(ask: { root: string; count: number }): Promise<{ admitted: number; limit: number }>;
  /** The plan of a version that an instance migrates to, and what that version names of the instance's rule set: pinned in its history. */
  loadPlan(ask: {
    process: string;
    version: number;
    hash?: string;
    /** Of the instance. */
    ruleSet?: { key: string; version: number };
  }): Promise<{ plan: PackedPlan; version: number; hash: string; rules: Variables }>;
  /** Changes instances of a batch for some seconds; `left`: there are more. */
  workOffBatch(id: string): Promise<{ left: boolean }>;
  /** Whether an active member of staff holds a role now, at a facility or for the whole group. */
  holdsRole(ask: { staff: string; role: string; facility: string }): Promise<boolean>;
  /** The registered worker of this job type; null: none. */
  findJobType(type: string): Promise<JobWorker | null>;
  /**
   * Writes changed rows, guarded by `seq`: a repeat or a late one does nothing. What came for a new wait before its row is handed over.
   */
  project(rows: Projection): Promise<Projected | undefined>;
  /** Keeps a thrown BPMN message until it is correlated or expires; returns whether it was correlated at once. */
  publishMessage(message: {
    id: string;
    name: string;
    correlationKey?: string;
    variables: Variables;
    from: string;
    element: string;
    /** Of the sender: where a process begins that the message starts. */
    facility: string;
    lineage: Lineage;
    /** Of the sender: what the message begins runs by it, too. */
    clock?: TimeScale;
    /** ISO 8601 duration. */
    timeToLive?: string;
  }): Promise<{ taker: string | null; until: string }>;
  broadcastSignal(signal: {
    id: string;
    name: string;
    variables: Variables;
    from: string;
    lineage: Lineage;
    facility: string;
  }): Promise<{ takers: number }>;
  /** Notifies roles of a facility (time limits breached): an outbox row per role, once per instance, key and clock. */
  tellRoles(notice: {
    instance: string;
    startedAt?: string;
    key: string;
    facility: string;
    roles: string[];
    subject: string;
    body: string;
    now: string;
  }): Promise<void>;
}

export type Activities = RuntimeActivities & JobActivities & ScheduleActivities;
