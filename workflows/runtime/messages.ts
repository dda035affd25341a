/** The messages every process workflow takes: names and shapes only, importable by the API (no Temporal workflow code). */
import type { Plan, Variables } from '../../engine/plan.ts';
import type { WorkingCalendar } from '../../engine/time/calendar.ts';
import type { ProcessClock } from '../../engine/time/clock.ts';
import type { Actor, Explanation, InstanceState, TaskAction } from '../../engine/types.ts';

/** How a process workflow starts. The workflow id is `<process>/<businessKey>`. */
export interface StartInput {
  process: string;
  /** Absent: the newest deployed version. */
  version?: number;
  businessKey: string;
  facility: string;
  variables: Variables;
  startedBy: Actor;
  /** Process clock speed; 1 = real time. */
  speed?: number;
  clock?: ProcessClock;
  /** The instance that called this one. */
  parent?: string;
  startEvent?: string;
  /** Set by continue-as-new only. */
  carried?: Carried;
}

/** What a new run takes over. */
export interface Carried {
  plan: Plan;
  state: InstanceState;
  clock: ProcessClock;
  /** Update and signal ids already done, with their answers: Temporal deduplicates per run only. */
  processed: { id: string; answer: unknown }[];
  [more: string]: unknown;
}

/** What `loadDefinition` gives at the start: pinned in the history. */
export interface LoadedDefinition {
  plan: Plan;
  version: number;
  hash: string;
  calendar: WorkingCalendar;
  /** The facility's rule set in force today; becomes the variable `rules`. */
  rules: Variables;
}

export const updateNames = {
  task: 'task',
  correlate: 'correlate',
  retry: 'retry',
  cancel: 'cancel',
  setVariables: 'setVariables',
} as const;

export const queryNames = { explain: 'explain', state: 'state' } as const;
export const signalNames = { signal: 'broadcast', calendar: 'calendar' } as const;

export interface TaskUpdate {
  /** Wait key of the task. */
  key: string;
  action: TaskAction;
  by: Actor;
}

export interface CorrelateUpdate {
  id: string;
  name: string;
  correlationKey?: string;
  variables: Variables;
  by?: Actor;
}

export interface RetryUpdate {
  key: string;
  by: Actor;
}
export interface CancelUpdate {
  reason: string;
  by: Actor;
}
export interface SetVariablesUpdate {
  scope?: string;
  variables: Variables;
  by: Actor;
}

/** What every update answers: the rows it changed (the API writes them at once) and what really happened. */
export interface Answer<Rows = unknown> {
  rows: Rows;
  /** In words, Chinese first: what the act led to, for instance the next step and who must act. */
  happened: { zh: string; en: string };
}

/** A refused update fails with an ApplicationFailure of this type, `nonRetryable`, details = [Refusal]. */
export const refusedType = 'CareloopRefusal';

export type ExplainQuery = Explanation;

/** Workflow id helpers, both ways. */
export const instanceId = (process: string, businessKey: string): string => `${process}/${businessKey}`;
export const parseInstanceId = (id: string): { process: string; businessKey: string } | undefined => {
  const at = id.indexOf('/');
  return at > 0 && at < id.length - 1 ? { process: id.slice(0, at), businessKey: id.slice(at + 1) } : undefined;
};
/** Business keys and process ids hold no dots, so a task id splits in one way only. */
export const taskId = (instance: string, key: string): string => `${instance.replace('/', '.')}.${key}`;
export const parseTaskId = (id: string): { instance: string; key: string } | undefined => {
  const [process, businessKey, key, more] = id.split('.');
  return process && businessKey && key && more === undefined
    ? { instance: instanceId(process, businessKey), key }
    : undefined;
};
