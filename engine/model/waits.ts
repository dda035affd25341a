/** What an instance waits for: one record for a task, an armed event, a job, a call, a scope, a loop, a join, a token that is stuck. */

import type { Actor, Key, TaskAction } from './acts.ts';
import type { EngineEvent } from './engine-events.ts';
import type { Incident } from './incidents.ts';
import type { ElementId, FlowId, Json, ListenerEvent, Variables } from './plan.ts';

export type { Actor, Key, TaskAction } from './acts.ts';

/** Why a due date is what it is: enough to tell it in full later (`explain`). */
export type DueReason =
  | { kind: 'working-days'; from: string; days: number; provisional: boolean; calendarVersion: number }
  | { kind: 'duration'; from: string; duration: string }
  | { kind: 'date'; source: string }
  | { kind: 'cycle'; source: string; round: number; remaining: number | null };

/** Timers that followed from each other, and how long they waited together. */
export interface TimerChain {
  timers: number;
  waitedMs: number;
}

/** What an armed event waits for. */
export type Trigger =
  | {
      type: 'timer';
      dueAt: string;
      reason: DueReason;
      limit?: string;
      cycle?: { source: string; remaining: number | null; round: number };
      /** Absent: something else than a timer led to it, or timers that waited long enough. */
      chain?: TimerChain;
    }
  | { type: 'message'; name: string; correlationKey?: string }
  | { type: 'signal'; name: string }
  | { type: 'error'; code?: string }
  | { type: 'escalation'; code?: string }
  /** `holds`: result of the last evaluation; a non-interrupting event fires each time the condition becomes true. */
  | { type: 'conditional'; holds?: boolean }
  | { type: 'compensate' }
  | { type: 'cancel' };

interface WaitBase {
  key: Key;
  element: ElementId;
  /** The scope this wait's token lives in; absent on the process scope alone. */
  scope?: Key;
  /** What this wait guards or hangs on: boundary events and gateway branches name their host. */
  host?: Key;
  since: string;
  incident?: Incident;
  /** Local variables (input mappings, loop counters, a scope's own). */
  variables?: Variables;
  /** One instance or round of a loop: its place, from 0. The engine goes by this one, whatever becomes of the variable `loopCounter`. */
  index?: number;
}

/** The one record for all that waits. */
export type Wait =
  | (WaitBase & {
      kind: 'scope';
      tokens: number;
      variables: Variables;
      /**
       * `cancel`: a transaction that compensates before it leaves by its cancel event. `complete`: an ad-hoc subprocess whose completion
       * condition has held; nothing more begins in it, and it is complete when what runs in it is done.
       */
      ending?: 'terminate' | 'cancel' | 'error' | 'complete';
      taken?: Record<FlowId, number>;
      /** Ad-hoc: what is still to be started, one after the other. */
      pending?: ElementId[];
      /** Ad-hoc: outputs of its branches, also the value of the output collection. */
      outputs?: Json[];
      /** Of an ad-hoc subprocess that collects: one branch of it, with variables of its own. */
      branch?: true;
      /** The instance has ended but for its listeners: how. */
      ends?: PendingEnd;
      /** Of the process: events whose step failed by itself; a retry of its incident processes them again. */
      unprocessed?: EngineEvent[];
    })
  | (WaitBase & { kind: 'task'; task: UserTask })
  | (WaitBase & { kind: 'job'; jobType: string; attempt: number; listener?: ListenerPart })
  | (WaitBase & { kind: 'event'; triggers: Trigger[]; fired?: number[] })
  | (WaitBase & { kind: 'gateway' })
  /** `from`: of a complex gateway that was activated and waits for reset, the flows it has had a token from. */
  | (WaitBase & { kind: 'join'; taken: Record<FlowId, number>; from?: FlowId[] })
  | (WaitBase & { kind: 'call'; process: string; businessKey: string })
  | (WaitBase & {
      kind: 'multi';
      total: number | null;
      created: number;
      active: number;
      done: number;
      items?: Json[];
      /** Outputs of the instances by index, also the value of the output collection. */
      outputs?: Json[];
      /** Variables of the instance after which the loop could not be decided; a retry reads them again. */
      deciding?: Variables;
      /** Compensation without a waiting thrower: its end takes no flow. */
      aside?: true;
    })
  /** A token that cannot continue by itself; it always has an incident. */
  | (WaitBase & {
      kind: 'stuck';
      /** What a retry does again: begin, begin after its listeners or after its event, hand results over (`variables` keeps them), take flows, or go on. */
      at: 'enter' | 'listened' | 'happened' | 'leave' | 'flow' | 'resume';
      /** The flow it came by, for what counts arrivals. */
      flow?: FlowId;
      /** Variables of the event that has already occurred. */
      happened?: Variables;
      /** The start event of an event subprocess that has happened. */
      startEvent?: ElementId;
      /** A complex gateway at its reset. */
      resets?: true;
    });

export type WaitKind = Wait['kind'];
export type WaitOf<K extends WaitKind> = Extract<Wait, { kind: K }>;

export interface UserTask {
  name: string;
  assignee: string | null;
  candidateGroups: string[];
  candidateUsers: string[];
  /** May not act here (BPMN has no word for it; docs/domain.md#refund-and-compensation: an approver's own application). */
  excludedUsers: string[];
  priority: number;
  dueAt?: string;
  dueReason?: DueReason;
  followUpAt?: string;
  formId?: string;
  /** When and by whom it was claimed or assigned last. */
  assignedAt?: string;
  /** The last act that a listener did not allow; the next one that is allowed takes it away. */
  denied?: { act: string; by: string; at: string; reason?: string };
}

/** The listener that a job is of, and what continues after the last one. */
export interface ListenerPart {
  event: ListenerEvent;
  /** Its place among those for the event. */
  index: number;
  /** The user task as it will be, with what listeners corrected. */
  task?: UserTask;
  /** The user task as people see it meanwhile; absent if it is not open yet. */
  before?: UserTask;
  /** The requested act on the task. */
  act?: { by: Actor } & ({ action: TaskAction } | { variables: Variables });
  /** Start of a process, or of an event subprocess, by one of its start events. */
  startEvent?: ElementId;
  /** Variables of the awaited event, which has already occurred. */
  happened?: Variables;
  /** Output of an instance of a multi-instance. */
  output?: Json;
}

export type InstanceStatus = 'active' | 'completed' | 'terminated' | 'cancelled' | 'failed';

export interface PendingEnd {
  status: Exclude<InstanceStatus, 'active'>;
  error?: { code: string; message: string };
  reason?: string;
  by?: Actor;
  /** Its own listeners have been created. */
  listened?: true;
}
