/** The state of an instance between two steps: its waits and what is remembered of what is over. Plain JSON, carried from run to run. */

import type { WorkingCalendar } from '../time/calendar.ts';
import type { ElementId, Variables } from './plan.ts';
import type { Actor, DueReason, InstanceStatus, Key, Wait } from './waits.ts';

/** Current state of a clock, a promise with a time limit. Breaches are kept. */
export interface ClockRecord {
  id: string;
  name: string;
  element: ElementId;
  key: Key;
  /** The wait the promise is about: while it is open, a breach makes the instance overdue. */
  host?: Key;
  startedAt: string;
  dueAt: string;
  status: 'running' | 'met' | 'breached';
  endedAt?: string;
  breachedAt?: string;
  reason: DueReason;
  tell: string[];
}

/** A closed user task. The last 50 are kept, so that the refusal of a later act names who closed it. */
export interface ClosedTask {
  key: Key;
  element: ElementId;
  how: 'completed' | 'returned' | 'cancelled';
  by?: Actor;
  at: string;
}

/** A completed activity that can be compensated (BPMN 2.0.2, 10.7). */
export interface Compensable {
  element: ElementId;
  scope: Key;
  /** A subprocess: the key its scope had, under which its own compensable activities stand. */
  inside?: Key;
  /** Its variables as they were at its end. */
  variables?: Variables;
  /** What distinguishes one instance of a loop. */
  loop?: Variables;
}

export interface BufferedMessage {
  id: string;
  name: string;
  correlationKey?: string;
  variables: Variables;
  until: string;
}

export interface InstanceState {
  format: 1;
  /** Revision of the engine at its start (`engine/core/revision.ts`), whose behaviour it keeps. */
  revision: number;
  /** Workflow id, for instance `complaint/BJ2026110001`. */
  id: string;
  businessKey: string;
  /** How many callers stand above it; absent: it was not called. */
  depth?: number;
  definition: { key: string; version: number; hash: string };
  status: InstanceStatus;
  startedAt: string;
  endedAt?: string;
  /** The business stage reached last (`careloop:stage`). */
  stage?: { id: string; since: string };
  nextKey: number;
  journalLength: number;
  root: Key;
  waits: Record<Key, Wait>;
  calendar: WorkingCalendar;
  clocks: ClockRecord[];
  closedTasks: ClosedTask[];
  buffer: BufferedMessage[];
  /** Completed activities that can be compensated, in the order of completion. */
  compensations?: Compensable[];
  /** Ids of the messages and signals taken last (100): the same one twice counts once. */
  seen?: string[];
  /** Error that ended the instance (`failed`). */
  error?: { code: string; message: string };
}

/** A new instance before its `start` event. */
export interface NewInstance {
  id: string;
  businessKey: string;
  /** For a called instance, how many callers stand above it. */
  depth?: number;
  definition: InstanceState['definition'];
  /** Absent: the newest. An instance on Temporal has it from its history, as a later worker may begin it again at replay. */
  revision?: number;
  calendar: WorkingCalendar;
  /** Process time, ISO 8601 UTC. */
  now: string;
}
