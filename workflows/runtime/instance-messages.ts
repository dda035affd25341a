/** The messages every process workflow takes: names and shapes only, importable by the API (no Temporal workflow code). */

import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';
import type { TaskRow } from '../../activities/types.ts';
import type { Plan, Variables } from '../../engine/model/plan.ts';
import type { Actor, InstanceState, TaskAction, WaitKind } from '../../engine/model/types.ts';
import type { TimeScale } from '../../engine/time/time-scale.ts';
import { clipText, keyword } from './search-attributes.ts';

export type BoundTo = { versionTag: string } | { deployedWith: { process: string; version: number } };

/** How a process workflow starts. The workflow id is made of process and business key (engine/model/keys.ts). */
export interface StartInput {
  process: string;
  /** Absent: the newest deployed version. */
  version?: number;
  /** Of that version, where whoever starts it has read it. */
  hash?: string;
  /** Of facilities, calendars and rules, as whoever starts it has seen them; absent: as they are. */
  organisationRevision?: number;
  /** A call that is bound: to the newest version with a tag, or to the one deployed together with the caller's. */
  bound?: BoundTo;
  businessKey: string;
  facility: string;
  variables: Variables;
  startedBy: Actor;
  /** Of a start by request. */
  origin?: StartOrigin;
  /** How much faster process time runs; 1 = real time. */
  speed?: number;
  timeScale?: TimeScale;
  /**
   * Version of the rule set that its rules come from: of the caller, or, from the first task on, the one that was in force at its
   * facility. What it calls takes its rules from the same.
   */
  ruleSet?: { key: string; version: number };
  /** The instance that called this one. */
  parent?: string;
  /** How many callers stand above it. */
  depth?: number;
  startEvent?: string;
  /** Continue as new from this many history events on, also when the server does not suggest it yet. */
  continueAfter?: number;
  /** From this many history events on a new run does not wait for jobs under way: they are sent out again. */
  continueWithJobsAfter?: number;
  /** Set by continue-as-new only. */
  carried?: Carried;
}

/** What tells the repeat of a start from another one of the same business key. */
export interface StartOrigin {
  /** Of the request: the same again is a repeat. */
  request: string;
  /** Digest of what was asked for. */
  content: string;
}

/** What a new run takes over. */
export interface Carried {
  plan: Plan;
  state: InstanceState;
  timeScale: TimeScale;
  /** Update and signal ids already done, with their answers: Temporal deduplicates per run only. */
  processed: { id: string; answer: unknown }[];
  [more: string]: unknown;
}

/** What a process workflow returns; `failed` ends it with an ApplicationFailure of type `BpmnError` instead. */
export interface Outcome {
  status: Exclude<InstanceState['status'], 'active'>;
  variables: Variables;
}

/** How an instance ended, with what only its own run knows of it. */
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

/** `explain` takes the real time of the asker (ISO 8601), because a workflow's own clock stands still between its steps. */
export const queryNames = { explain: 'explain', state: 'state', variables: 'variables' } as const;
export const signalNames = {
  signal: 'broadcast',
  calendar: 'calendar',
  /** To a called instance: tell this one when you end. */
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
  /** What the element would have brought. */
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

/** One scope with variables of its own: the process, a subprocess, a task with input mappings, an instance of a loop. */
export interface VariableScope {
  /** Wait key; what `setVariables` takes as its scope. */
  key: string;
  element: string;
  elementName: string;
  kind: WaitKind;
  /** Key of the next scope outwards; absent on the process. */
  within?: string;
  variables: Variables;
}
/** What every instance is given at its start: a caller keeps its own, and from outside they would say what is not so. */
export const ownVariables = ['businessKey', 'facility', 'startedAt', 'startedBy', 'rules'] as const;

/** What of them the query `variables` asks for; nothing: all. */
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

/** What every update answers, once its rows are in the database. */
export interface Answer {
  /** Number of the newest rows. */
  seq: number;
  status: InstanceState['status'];
  /** Tasks that were opened, changed or closed, fifty at most; of a repeat the one it was about. */
  tasks: TaskRow[];
  /** In words, Chinese first: what the act led to, for instance the next step and who must act. */
  happened: { zh: string; en: string };
  /** The database is away: the rows come later. */
  rowsPending?: true;
}

/** A refused update fails with an ApplicationFailure of this type, `nonRetryable`, details = [Refusal]. */
export const refusedType = 'CareloopRefusal';

/** In ids there are no dots but those of the process (engine/model/keys.ts), so a task id splits in one way only, from its end. */
export const taskId = (instance: string, key: string): string => `${instance.replace('/', '.')}.${key}`;

const keys = {
  ProcessKey: defineSearchAttributeKey('ProcessKey', 'KEYWORD'),
  BusinessKey: defineSearchAttributeKey('BusinessKey', 'KEYWORD'),
  Facility: defineSearchAttributeKey('Facility', 'KEYWORD'),
};

/** Temporal takes 400 bytes. */
export const maxSummaryBytes = 390;

/** What the starter sets for people in the Temporal UI: summary and details that never change, and the attributes that are known. */
export function startPresentation(start: {
  process: string;
  /** Name of the definition, or of the call that starts it, where known. */
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
