/** Messages of every process workflow: names and types only, importable by the API (no Temporal workflow code). */

import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';
import type { Lineage, TaskRow } from '../../activities/types.ts';
import type { Plan, Variables } from '../../engine/model/plan.ts';
import type { Actor, InstanceState, TaskAction, WaitKind } from '../../engine/model/types.ts';
import type { TimeScale } from '../../engine/time/time-scale.ts';
import { clipText, keyword } from './search-attributes.ts';

export type BoundTo = { versionTag: string } | { deployedWith: { process: string; version: number } };

/** Input of a process workflow. The workflow id consists of process and business key (engine/model/keys.ts). */
export interface StartInput {
  process: string;
  /** Absent: the newest deployed version. */
  version?: number;
  /** Hash of that version, if the starter has read it. */
  hash?: string;
  /** Revision of facilities, calendars and rules seen by the starter; absent: the current one. */
  organisationRevision?: number;
  /** Version binding of a call: the newest with a tag, or the one deployed together with the caller's. */
  bound?: BoundTo;
  businessKey: string;
  facility: string;
  variables: Variables;
  startedBy: Actor;
  /** The start request. */
  origin?: StartOrigin;
  /** Acceleration of process time; 1 = real time. */
  speed?: number;
  timeScale?: TimeScale;
  /** Version of its rule set: the caller's, or the one in force at its facility at the first task. Called instances use the same. */
  ruleSet?: { key: string; version: number };
  /** The instance that called this one. */
  parent?: string;
  /** Absent: it is a root, begun by a person, a schedule or an outside program. */
  lineage?: Lineage;
  /** Nesting depth of calls. */
  depth?: number;
  startEvent?: string;
  /** Continue as new from this many history events on, even before the server suggests it. */
  continueAfter?: number;
  /** From this many history events on, continue-as-new does not wait for running jobs: they are restarted. */
  continueWithJobsAfter?: number;
  /** Set by continue-as-new only. */
  carried?: Carried;
}

/** Distinguishes a repeat of a start from another start with the same business key. */
export interface StartOrigin {
  /** Digest of the idempotency key: the same one is a repeat. */
  request: string;
  /** Digest of the content. */
  content: string;
}

/** What a new run takes over. */
export interface Carried {
  plan: Plan;
  state: InstanceState;
  timeScale: TimeScale;
  /** Completed update and signal ids with their results, as Temporal deduplicates per run only. */
  processed: { id: string; answer: unknown }[];
  [more: string]: unknown;
}

/** What a process workflow returns; `failed` ends it with an ApplicationFailure of type `BpmnError` instead. */
export interface Outcome {
  status: Exclude<InstanceState['status'], 'active'>;
  variables: Variables;
}

/** The end of an instance, with data known only to its own run. */
export type Ended = Outcome & {
  error?: { code: string; message: string };
  /** Why its variables cannot be returned. */
  tooLarge?: string;
};

export const updateNames = {
  task: 'task',
  correlate: 'correlate',
  retry: 'retry',
  skip: 'skip',
  cancel: 'cancel',
  setVariables: 'setVariables',
} as const;

export const clockUpdate = 'clock';

/** Puts process time forward, to the next timer at most. */
export interface ClockUpdate {
  /** ISO 8601. */
  to: string;
  by: Actor;
}

/** `explain` takes the caller's real time (ISO 8601), as workflow time stands still between steps. */
export const queryNames = { explain: 'explain', state: 'state', variables: 'variables' } as const;
export const signalNames = {
  signal: 'broadcast',
  calendar: 'calendar',
  /** To a called instance: report the end to this caller. */
  reportTo: 'reportTo',
  /** To a calling instance: the called one has ended. */
  callResult: 'callResult',
  /** To a calling instance: the called one, still running, threw an escalation it does not catch itself. */
  callEscalated: 'callEscalated',
  /** To the sender of a message: no subscriber received it in time. */
  undelivered: 'undelivered',
} as const;

export interface BroadcastSignal {
  /** A signal is processed once per id, however often it is delivered. */
  id?: string;
  name: string;
  variables: Variables;
}

export interface Undelivered {
  /** Of the message. */
  id: string;
  name: string;
  /** What threw it. */
  element?: string;
  /** When the message expired. */
  until: string;
}

export interface ReportTo {
  /** Workflow id of the caller. */
  parent: string;
  /** Wait key of its call activity. */
  key: string;
}

export interface CallResult {
  /** Absent: whichever call this child answers. */
  key?: string;
  /** Workflow id of the called instance. */
  child: string;
  /** First run of the called instance, where the sender knows it: an older one's end must not pass for this one's. */
  firstRun?: string;
  end:
    | { ok: true; variables: Variables }
    | { ok: false; code: string; message: string; errorCode?: string; variables?: Variables };
}

export interface CallEscalated {
  /** Workflow id of the called instance. */
  child: string;
  code: string;
  variables: Variables;
}

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
export interface SkipUpdate {
  key: string;
  reason: string;
  /** Output of the skipped element. */
  variables?: Variables;
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

/** A scope with variables of its own: the process, a subprocess, a task with input mappings, a loop instance. */
export interface VariableScope {
  /** Wait key, as the scope of `setVariables`. */
  key: string;
  element: string;
  elementName: string;
  kind: WaitKind;
  /** Key of the parent scope; absent for the process. */
  within?: string;
  variables: Variables;
}
/** Reserved variables set at the start: not accepted from callers or from outside. */
export const ownVariables = ['businessKey', 'facility', 'startedAt', 'startedBy', 'rules'] as const;

/** Part requested from the query `variables`; empty: all. */
export interface VariablesAsked {
  scope?: string;
  name?: string;
}

/** Answer to the query `variables`. */
export interface VariablesSnapshot {
  status: InstanceState['status'];
  /** The process first. */
  scopes: VariableScope[];
}

/** Result of every update, returned once its rows are in the database. */
export interface Answer {
  /** Sequence number of the newest rows. */
  seq: number;
  status: InstanceState['status'];
  /** Tasks opened, changed or closed, at most fifty; of a repeat the one it was about. */
  tasks: TaskRow[];
  /** Result in words, Chinese first, for instance the next step and who must act. */
  happened: { zh: string; en: string };
  /** The database is unavailable: rows are written later. */
  rowsPending?: true;
}

/** `now`: its process time after that. */
export type ClockAnswer = Answer & { now: string };

/** A refused update fails with an ApplicationFailure of this type, `nonRetryable`, details = [Refusal]. */
export const refusedType = 'CareloopRefusal';

/** Ids contain no dots except those of the process (engine/model/keys.ts), so a task id splits unambiguously from its end. */
export const taskId = (instance: string, key: string): string => `${instance.replace('/', '.')}.${key}`;

const keys = {
  ProcessKey: defineSearchAttributeKey('ProcessKey', 'KEYWORD'),
  BusinessKey: defineSearchAttributeKey('BusinessKey', 'KEYWORD'),
  Facility: defineSearchAttributeKey('Facility', 'KEYWORD'),
};

/** Temporal takes 400 bytes. */
export const maxSummaryBytes = 390;

/** Set by the starter for the Temporal UI: static summary and details, and known search attributes. */
export function startPresentation(start: {
  process: string;
  /** Name of the definition, or of the call that starts it, if known. */
  name?: string;
  businessKey: string;
  facility: string;
  startedBy: Actor;
  /** Workflow id of the caller. */
  parent?: string;
  speed?: number;
}): { staticSummary: string; staticDetails: string; typedSearchAttributes: SearchAttributePair[] } {
  const name = start.name ?? start.process;
  const lines = [
    `流程 ${name}（${start.process}）`,
    `编号 ${start.businessKey}`,
    `院区 ${start.facility}`,
    `发起 ${start.startedBy.id}${start.startedBy.role ? `（${start.startedBy.role}）` : ''}`,
    ...(start.parent ? [`由 ${start.parent} 调用`] : []),
    ...(start.speed !== undefined && start.speed !== 1 ? [`流程时钟 ${start.speed} 倍速`] : []),
  ];
  return {
    staticSummary: clipText(`${name} ${start.businessKey}`, maxSummaryBytes),
    staticDetails: lines.join('  \n'),
    typedSearchAttributes: [
      { key: keys.ProcessKey, value: keyword(start.process) },
      { key: keys.BusinessKey, value: keyword(start.businessKey) },
      { key: keys.Facility, value: keyword(start.facility) },
    ],
  };
}
