/** What the world of a test is made of: running instances, what it is set to, what it notes. */
import type { Plan, Variables } from '../../engine/model/plan.ts';
import type {
  ClockRecord,
  Command,
  EngineEvent,
  InstanceState,
  JournalEntry,
  Key,
  Refusal,
} from '../../engine/model/types.ts';
import type { WorkingCalendar } from '../../engine/time/calendar.ts';
import type { AnswerFor } from './answers.ts';
import type { LoadedDefinition } from './load-definition.ts';

export type CommandTo<D extends Command['do']> = Extract<Command, { do: D }>;

export interface Timer {
  key: Key;
  trigger: number;
  dueAt: string;
}

/** One running (or ended) instance. */
export interface Running {
  loaded: LoadedDefinition;
  plan: Plan;
  state: InstanceState;
  journal: JournalEntry[];
  timers: Timer[];
  calls: Map<Key, Running>;
  parent?: { of: Running; key: Key };
  outcome?: CommandTo<'end'>;
}

export interface WorldSettings {
  /** Every definition whose processes may run: by call, or by a message or signal that starts them. */
  definitions: LoadedDefinition[];
  calendar: WorkingCalendar;
  now: string;
  /** Answers by job type. */
  jobs: Map<string, AnswerFor>;
  /** Answers by process id, for processes that are not to run themselves. */
  calls: Map<string, AnswerFor>;
  /** What every instance knows from its start: facility, rules, … */
  common: { facility: string; rules: Variables };
  startedBy: string;
  /** As between two runs of the real thing: states are written down and read again after all that is done. */
  written: boolean;
}

export interface JobRun {
  type: string;
  element: string;
  input: Variables;
  headers: Record<string, string>;
  /** The listener it was: `<event>:<place>`. */
  listener?: string;
}

export interface Sent {
  name: string;
  correlationKey?: string;
  variables: Variables;
  /** Instance that took it, or was started by it; null when nobody waited for it. */
  taker: string | null;
}

export interface Delivery {
  /** Instance that took it, or was started by it; null when nobody waited. */
  taker: string | null;
  refusal?: Refusal;
}

export interface World {
  everyone: Running[];
  now(): string;
  begin(process: string, businessKey: string, variables: Variables, startEvent?: string): Running;
  /** One event, and all that follows from it at this time. */
  feed(to: Running, event: EngineEvent): Refusal | undefined;
  /** Hands a message to its one taker, or starts an instance by it; the refusal when nobody waits. */
  send(name: string, correlationKey: string | undefined, variables: Variables): Refusal | undefined;
  signal(name: string, variables: Variables): void;
  /** Time goes by; what falls due on the way happens at its time. */
  passUntil(instant: string): void;
  told: { limit: string; roles: string[]; at: string; clock: ClockRecord }[];
  jobs: JobRun[];
  sent: Sent[];
}
