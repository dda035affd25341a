/** Names and types of a definition's scheduler (workflows/schedules/schedule-workflow.ts). */
import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';
import type { ScheduleProjection } from '../../activities/types.ts';
import type { LocalizedText } from '../../engine/model/plan.ts';
import type { Actor } from '../../engine/model/types.ts';
import type { VisibilityAttributes } from '../runtime/presentation.ts';
import type { Due } from './due-occurrences.ts';
import type { Schedule } from './schedule.ts';

export const scheduleWorkflow = 'schedule';
/** Process ids contain no colon, so this cannot be the id of an instance. */
export const schedulerId = (process: string): string => `schedule:${process}`;

/** Check the deployed version again. */
export const deployedSignal = 'deployed';

export const scheduleUpdates = { pause: 'pause', resume: 'resume', trigger: 'trigger' } as const;
export type ScheduleAct = keyof typeof scheduleUpdates;

export interface RememberedAct {
  id: string;
  happened: LocalizedText;
  instance?: string;
}

/** What a new run takes over. */
export interface CarriedScheduler {
  version: number | null;
  seq: number;
  lines: number;
  count: number;
  schedules: Schedule[];
  due: Due[];
  processed: RememberedAct[];
  /** Nonces of accepted acts. */
  seals?: string[];
}

export interface ScheduleInput {
  process: string;
  /** Continue as new from this many history events on, even before the server suggests it. */
  continueAfter?: number;
  /** Set by continue-as-new only. */
  carried?: CarriedScheduler;
  /** Values of the search attributes, with `carried`. */
  shown?: VisibilityAttributes;
}

export interface ScheduleUpdate {
  /** `<timer>@<facility>`. */
  id: string;
  by: Actor;
  reason?: string;
}

export interface ScheduleAnswer {
  rows: ScheduleProjection;
  happened: LocalizedText;
  /** For `trigger`: workflow id of the started instance. */
  instance?: string;
}

/** Used by API and worker: starts the scheduler, or notifies a running one. */
export function schedulerStart(
  process: string,
  taskQueue: string,
): {
  workflowId: string;
  taskQueue: string;
  args: [ScheduleInput];
  signal: string;
  signalArgs: [];
  staticSummary: string;
  staticDetails: string;
  typedSearchAttributes: SearchAttributePair[];
} {
  return {
    workflowId: schedulerId(process),
    taskQueue,
    args: [{ process }],
    signal: deployedSignal,
    signalArgs: [],
    staticSummary: `定时启动 ${process}`,
    staticDetails: `流程 ${process} 的定时开始事件；由最新版本的部署决定`,
    typedSearchAttributes: [{ key: defineSearchAttributeKey('ProcessKey', 'KEYWORD'), value: process }],
  };
}
