/** Names and shapes of the scheduler of a definition: what begins its instances by the clock (workflows/schedules/schedule-workflow.ts). */
import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';
import type { ScheduleProjection } from '../../activities/types.ts';
import type { LocalizedText } from '../../engine/model/plan.ts';
import type { Actor } from '../../engine/model/types.ts';
import type { VisibilityAttributes } from '../runtime/presentation.ts';
import type { Due } from './due-occurrences.ts';
import type { Schedule } from './schedule.ts';

export const scheduleWorkflow = 'schedule';
/** No process id holds a colon, so none of its instances has this id. */
export const schedulerId = (process: string): string => `schedule:${process}`;

/** Look again at what is deployed. */
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
}

export interface ScheduleInput {
  process: string;
  /** Continue as new from this many history events on, also when the server does not suggest it yet. */
  continueAfter?: number;
  /** Set by continue-as-new only. */
  carried?: CarriedScheduler;
  /** What the search attributes say, with `carried`. */
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
  /** Of `trigger`: workflow id of what it began. */
  instance?: string;
}

/** How the API and the worker have it run: started where it does not run, told to look again where it does. */
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
