/**
 * Workflow type `schedule`, id `schedule:<process>`: starts instances of one definition by its timer start events. It
 * follows the newest version (signal `deployed`), runs indefinitely, and ends when the definition has no timer start
 * event any more. Why not Temporal's own schedules: docs/decisions/0011-own-scheduler.md.
 */
import {
  ActivityFailure,
  ApplicationFailure,
  allHandlersFinished,
  condition,
  continueAsNew,
  defineSignal,
  proxyActivities,
  scheduleActivity,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { ScheduleActivities } from '../../activities/types.ts';
import { shouldContinueAsNew } from '../runtime/carry-over.ts';
import { attributeChanges, noAttributes, type VisibilityAttributes } from '../runtime/presentation.ts';
import { realNow } from '../runtime/process-time.ts';
import { keywordList } from '../runtime/search-attributes.ts';
import type { Due } from './due-occurrences.ts';
import { setActs } from './schedule-acts.ts';
import { deployedSignal, type ScheduleInput } from './schedule-messages.ts';
import { detailsInWords } from './schedule-refusals.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';

/** Waits for the database indefinitely. */
const patient = { startToCloseTimeout: '10s', retry: { maximumInterval: '1m' } } as const;
const { loadSchedules } = proxyActivities<ScheduleActivities>({ ...patient, summary: '读取定时开始事件' });
const { projectSchedules } = proxyActivities<ScheduleActivities>({ ...patient, summary: '登记' });
/** Retried by the scheduler itself, so that each failure is visible. */
const once = { startToCloseTimeout: '15s', retry: { maximumAttempts: 1 } } as const;

type Begun = Awaited<ReturnType<ScheduleActivities['beginScheduled']>>;

const maxAtOnce = 10;

export async function schedule(input: ScheduleInput): Promise<void> {
  const { process } = input;
  const scheduler = createScheduler(process, input.carried);
  let loaded = input.carried !== undefined;
  let reload = !loaded;
  /** A run without work must not continue as new. */
  let acted = false;
  let shown = input.shown ?? noAttributes;

  setHandler(defineSignal<[unknown]>(deployedSignal), (payload) => {
    // The carried state was not sealed for this workflow.
    if (payload === undefined) reload = true;
  });
  setActs(scheduler, () => loaded);
  if (loaded) tell();

  for (;;) {
    if (reload || isPast(scheduler.reloadAt())) await load();
    const tries = scheduler.advance(realNow()).slice(0, maxAtOnce);
    if (tries.length > 0) await Promise.all(tries.map(tryToBegin));
    if (scheduler.dirty) await show();
    if (scheduler.dirty || reload) continue;
    if (scheduler.isEmpty() && allHandlersFinished()) return;
    if (acted && allHandlersFinished() && shouldContinueAsNew(workflowInfo(), input.continueAfter))
      await continueAsNew<(input: ScheduleInput) => Promise<void>>({ ...input, carried: scheduler.carry(), shown });
    await rest();
  }

  async function load(): Promise<void> {
    reload = false;
    acted = true;
    const known = scheduler.known();
    const found = await loadSchedules({ process, now: realNow(), ...(known && { known }) });
    scheduler.take(found, realNow());
    loaded = true;
  }

  async function tryToBegin(due: Due): Promise<void> {
    acted = true;
    const begin = scheduler.begin(due);
    const summary = `启动 ${begin.businessKey}`;
    try {
      const begun = await scheduleActivity<Begun>('beginScheduled', [begin], { ...once, summary });
      scheduler.began(due, begun, realNow());
    } catch (error) {
      if (!(error instanceof ActivityFailure)) throw error;
      scheduler.failed(due, failureOf(error), realNow());
    }
  }

  async function show(): Promise<void> {
    acted = true;
    const projection = scheduler.closeBurst(realNow());
    const next: VisibilityAttributes = { ...noAttributes, DueAt: nextDue(scheduler), Incident: incidents(scheduler) };
    const changes = attributeChanges(shown, next);
    shown = next;
    if (changes.length > 0) upsertSearchAttributes(changes);
    tell();
    await projectSchedules(projection);
  }

  /** Current details belong to a run. */
  function tell(): void {
    setCurrentDetails(detailsInWords(process, scheduler.version, scheduler.schedules));
  }

  /** Until an occurrence is due or an act arrives. */
  async function rest(): Promise<void> {
    const wakeAt = scheduler.wakeAt();
    const woken = () => reload || scheduler.dirty || (scheduler.isEmpty() && allHandlersFinished());
    if (wakeAt === undefined) await condition(woken);
    else {
      const ms = Math.max(0, Date.parse(wakeAt) - Date.now());
      if (ms > 0) await condition(woken, ms, { summary: '等待下一次定时启动' });
    }
  }
}

/** Messages of drivers and servers contain host names: only our own are shown. */
function failureOf({ cause }: ActivityFailure): { code: string; message: string } {
  if (cause instanceof ApplicationFailure && cause.type && ownFailures.has(cause.type))
    return { code: cause.type, message: cause.message };
  return { code: 'begin-failed', message: 'The request to start it failed.' };
}

const ownFailures = new Set(['unknown-facility', 'unknown-definition', 'business-key-too-long', 'Unavailable']);

const isPast = (at: string | undefined): boolean => at !== undefined && at <= realNow();

function nextDue({ schedules }: Scheduler): string | null {
  return schedules.flatMap(({ dueAt, paused }) => (dueAt !== null && !paused ? [dueAt] : [])).sort()[0] ?? null;
}

const incidents = ({ schedules }: Scheduler): string[] | null =>
  keywordList(schedules.flatMap(({ failure }) => failure?.code ?? []).sort());
