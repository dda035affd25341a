/** The engine's data: instance state, waits, the events that come in, the commands and journal that go out. All plain JSON. */
import type { ElementId, Expression, FlowId, Json, ListenerEvent, Plan, Variables, Words } from './plan.ts';
import type { WorkingCalendar } from './time/calendar.ts';
import type { WhyThisDate } from './time/why.ts';

/** Key of a wait: a counter per instance, never reused, so that a late event for a gone key is ignored. */
export type Key = string;

/** Who acts: a staff id (never a name) and the role acted in. `system` for the engine itself. */
export interface Actor {
  id: string;
  role?: string;
}

export interface Incident {
  /** Stable: `no-flow`, `expression-failed`, `missing-variable`, `job-failed`, `unhandled-error`, `call-failed`, … */
  code: string;
  /** A sentence for a person, without personal data. */
  message: string;
  /** What can be done. */
  hint: string;
  at: string;
  details?: Json;
}

/** Why a due date is what it is: enough to tell it in full later (`explain`). */
export type DueReason =
  | { kind: 'working-days'; from: string; days: number; provisional: boolean; calendarVersion: number }
  | { kind: 'duration'; from: string; duration: string }
  | { kind: 'date'; source: string }
  | { kind: 'cycle'; source: string; round: number; remaining: number | null };

export interface UserTask {
  name: string;
  assignee: string | null;
  candidateGroups: string[];
  candidateUsers: string[];
  /** May not act here (BPMN has no word for it; domain section 2: an approver's own application). */
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

/** Which listener of an element a job is, and what goes on when the last one is done. */
export interface ListenerPart {
  event: ListenerEvent;
  /** Its place among those for the event. */
  index: number;
  /** The user task as it will be, with what listeners corrected. */
  task?: UserTask;
  /** The user task as it stands for people meanwhile; absent when it is not open yet. */
  before?: UserTask;
  /** What somebody wants to do with the task. */
  act?: { by: Actor } & ({ action: TaskAction } | { variables: Variables });
  /** Start of a process by one of its start events. */
  startEvent?: ElementId;
  /** What an instance of a multi-instance brings. */
  output?: Json;
}

/** What an armed event waits for. */
export type Trigger =
  | {
      type: 'timer';
      dueAt: string;
      reason: DueReason;
      limit?: string;
      cycle?: { source: string; remaining: number | null; round: number };
    }
  | { type: 'message'; name: string; correlationKey?: string }
  | { type: 'signal'; name: string }
  | { type: 'error'; code?: string }
  | { type: 'escalation'; code?: string }
  /** `holds`: it did when last looked at; a non-interrupting event fires each time it begins to hold. */
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
      /** The instance has ended but for its listeners: how. */
      ends?: PendingEnd;
    })
  | (WaitBase & { kind: 'task'; task: UserTask })
  | (WaitBase & { kind: 'job'; jobType: string; attempt: number; listener?: ListenerPart })
  | (WaitBase & { kind: 'event'; triggers: Trigger[]; fired?: number[] })
  | (WaitBase & { kind: 'gateway' })
  /**
   * `reset`: a complex gateway that has gone on and waits for what is still to come; `from`: the flows it has had a token of, absent on one
   * that went on before it remembered them.
   */
  | (WaitBase & { kind: 'join'; taken: Record<FlowId, number>; reset?: true; from?: FlowId[] })
  | (WaitBase & { kind: 'call'; process: string; businessKey: string })
  | (WaitBase & {
      kind: 'multi';
      total: number | null;
      created: number;
      active: number;
      done: number;
      items?: Json[];
      outputs?: Json[];
      /** Compensation nobody waits for: its end takes no flow. */
      aside?: true;
    })
  /** A token that cannot go on by itself: always carries an incident. */
  | (WaitBase & {
      kind: 'stuck';
      /** What a retry does again: begin, begin after its listeners, hand results over (`variables` keeps them), take flows, or go on. */
      at: 'enter' | 'listened' | 'leave' | 'flow' | 'resume';
      /** The flow it came by, for what counts arrivals. */
      flow?: FlowId;
    });

export interface PendingEnd {
  status: Exclude<InstanceStatus, 'active'>;
  error?: { code: string; message: string };
  reason?: string;
  by?: Actor;
  /** Its own listeners have been asked for. */
  listened?: true;
}

export type WaitKind = Wait['kind'];
export type WaitOf<K extends WaitKind> = Extract<Wait, { kind: K }>;

export type InstanceStatus = 'active' | 'completed' | 'terminated' | 'cancelled' | 'failed';

/** A promise with a limit, as it stands. What was late stays on record. */
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

/** A user task that is over: kept (the last 50) so that a second act is told who was first. */
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
  /** One instance of a loop: what tells it from the others. */
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

/** Acts on a user task (`engine/task/`). `return` gives it back to its candidates with a reason. */
export type TaskAction =
  | { type: 'claim' }
  | { type: 'unclaim' }
  | { type: 'assign'; assignee: string }
  | { type: 'return'; reason: string }
  | { type: 'complete'; variables: Variables };

/** What happens to an instance. Unknown keys are late events: they change nothing. */
export type EngineEvent =
  | { type: 'start'; variables: Variables; startEvent?: ElementId; by?: Actor }
  /** `part` is the command's: with listeners several jobs stand under one key, one after the other, and an answer is for one of them. */
  | { type: 'job-completed'; key: Key; variables: Variables; part?: string }
  /** `errorCode` makes it a BPMN error that boundary events and event subprocesses may catch. */
  | {
      type: 'job-failed';
      key: Key;
      code: string;
      message: string;
      errorCode?: string;
      variables?: Variables;
      part?: string;
    }
  | { type: 'timer'; key: Key; trigger: number }
  | {
      type: 'message';
      id: string;
      name: string;
      correlationKey?: string;
      variables: Variables;
      timeToLive?: string;
      by?: Actor;
    }
  | { type: 'signal'; id?: string; name: string; variables: Variables }
  | { type: 'task'; key: Key; action: TaskAction; by: Actor }
  | { type: 'call-completed'; key: Key; variables: Variables }
  | {
      type: 'call-failed';
      key: Key;
      code: string;
      message: string;
      errorCode?: string;
      /** Goes with the error to whatever catches it. */
      variables?: Variables;
      /** What the called process ended with: as a whole only where the call activity takes over all of it, else for mappings. */
      brought?: Variables;
    }
  /** The called instance, which runs on, threw an escalation that nobody caught there. */
  | { type: 'call-escalated'; key: Key; code: string; variables: Variables }
  /** Ops: try again what an incident stopped. */
  | { type: 'retry'; key: Key; by: Actor }
  /** Ops: go on from an incident as if the element were complete, with the variables it would have brought. */
  | { type: 'skip'; key: Key; reason: string; variables?: Variables; by: Actor }
  | { type: 'set-variables'; scope?: Key; variables: Variables; by: Actor }
  | { type: 'cancel'; reason: string; by: Actor }
  /** A new notice: due dates resting on provisional days are worked out again. */
  | { type: 'calendar'; calendar: WorkingCalendar };

/** What the runtime shall do. `drop` ends whatever hangs on that key (timer, job, call). */
export type Command =
  | {
      do: 'run-job';
      key: Key;
      element: ElementId;
      type: string;
      input: Variables;
      headers: Record<string, string>;
      retries: number;
      /** The listener it is: `<event>:<place>`. Its answer names it too. */
      part?: string;
    }
  | { do: 'arm-timer'; key: Key; trigger: number; element: ElementId; dueAt: string }
  | {
      do: 'call';
      key: Key;
      element: ElementId;
      process: string;
      binding: string;
      businessKey: string;
      variables: Variables;
    }
  | { do: 'drop'; key: Key }
  /** A message for whoever waits for it, in another instance or none (throw and end events, send tasks without a job). */
  | { do: 'publish-message'; key: Key; element: ElementId; name: string; correlationKey?: string; variables: Variables }
  /** Within this instance it is delivered already: the event that comes back to it carries `id` and reaches only what was armed later. */
  | { do: 'broadcast-signal'; id: string; key: Key; element: ElementId; name: string; variables: Variables }
  /** An escalation nobody here has caught: the instance that called this one, if there is one, shall hear of it. */
  | { do: 'escalate'; key: Key; element: ElementId; code: string; variables: Variables }
  /** A limit was crossed: tell these roles. */
  | { do: 'tell'; key: Key; element: ElementId; clock: ClockRecord }
  | {
      do: 'end';
      status: Exclude<InstanceStatus, 'active'>;
      variables: Variables;
      error?: { code: string; message: string };
    };

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

/** An act that cannot be done; nothing changed. */
export interface Refusal {
  /** `task-gone`, `not-a-candidate`, `already-claimed`, `own-application`, `form-invalid`, `not-active`, `unknown-key`, … */
  code: string;
  message: Words;
  hint: Words;
  /** For `task-gone`: who did it and when. For `form-invalid`: problems per field. */
  details?: Json;
}

export interface StepResult {
  state: InstanceState;
  commands: Command[];
  journal: JournalEntry[];
  /** Only for acts of people: why nothing was done. */
  refusal?: Refusal;
}

/** Evaluates the plan's expressions; made once per plan by `createEvaluator` (`engine/feel/`), holds compiled functions. */
export interface Evaluator {
  /**
   * @param expression FEEL or a literal of the plan
   * @param lookup the value of a variable as seen from the scope, or undefined when no scope has it
   * @param context brings `now()`, `today()` and the working calendar
   * @returns the value as plain JSON (FEEL dates as ISO strings), or the failure as a value.
   *   `because` tells which working-day sums and durations the value rests on.
   */
  evaluate(expression: Expression, lookup: (name: string) => Json | undefined, context: EvaluationContext): Evaluation;
}

export interface EvaluationContext {
  /** Process time, ISO 8601 UTC. */
  now: string;
  calendar: WorkingCalendar;
}

export type Evaluation =
  | { ok: true; value: Json; because?: DueReason[] }
  | { ok: false; code: 'missing-variable' | 'expression-failed'; message: string };

export interface Env {
  /** Process time, ISO 8601 UTC. */
  now: string;
  evaluator: Evaluator;
  /** Whether the instance began after a change of what the engine does (the runtime knows); absent: it did. */
  changed?: (change: string) => boolean;
}

export interface WaitExplanation {
  key: Key;
  element: ElementId;
  elementName: string;
  kind: WaitKind;
  /** What it waits for, in a sentence. */
  what: Words;
  since: string;
  until?: string;
  overdue: boolean;
  who: { assignee?: string; groups: string[]; users: string[] };
  /** Why `until` is what it is. */
  why?: WhyThisDate;
  /** Whether anything can still move it; if not, `problem` says why. */
  canMove: boolean;
  problem?: Words;
  /** It can be moved, but by nothing that is deployed: who would have to do it. */
  notice?: Words;
  incident?: Incident;
}

export interface Explanation {
  at: string;
  instance: string;
  status: InstanceStatus;
  summary: Words;
  waits: WaitExplanation[];
  clocks: (ClockRecord & { why?: WhyThisDate })[];
}

/** A new instance before its `start` event. */
export interface NewInstance {
  id: string;
  businessKey: string;
  /** For a called instance, how many callers stand above it. */
  depth?: number;
  definition: InstanceState['definition'];
  calendar: WorkingCalendar;
  /** Process time, ISO 8601 UTC. */
  now: string;
}
export type CreateInstance = (plan: Plan, start: NewInstance) => InstanceState;

/** The functions of the engine; implemented in `step.ts`, `explain.ts`, exported by `index.ts`. */
export type Step = (plan: Plan, state: InstanceState, event: EngineEvent, env: Env) => StepResult;
export type Explain = (plan: Plan, state: InstanceState, env: Env, around?: Around) => Explanation;
/** What the asker knows of the world around an instance; of what is absent nothing is said. */
export interface Around {
  /** Messages that deployed definitions send; a name worked out while one runs begins with `=`. */
  messages?: readonly string[];
  /** The same of signals. */
  signals?: readonly string[];
  /** Called instances by workflow id: how many of their steps cannot go on by themselves. */
  called?: Readonly<Record<string, { status: InstanceStatus; stuck: number }>>;
}
/** Whether an act of a person would be refused, without doing it (synchronous validators of updates). */
export type Refuse = (plan: Plan, state: InstanceState, event: EngineEvent, env: Env) => Refusal | undefined;
