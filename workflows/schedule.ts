/**
 * Workflow type `schedule`, id `schedule:<process>`: begins instances of one definition by its timer start events. It follows the newest
 * version (signal `deployed`), carries on for ever, and ends when nothing of it begins by the clock any more. Why not Temporal's own
 * schedules: docs/decisions.md.
 */
import {
  ActivityFailure,
  ApplicationFailure,
  allHandlersFinished,
  condition,
  continueAsNew,
  currentUpdateInfo,
  defineSignal,
  defineUpdate,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { ScheduleActivities } from '../activities/types.ts';
import type { Refusal } from '../engine/types.ts';
import { runIsLong } from './runtime/carry-over.ts';
import { realNow } from './runtime/clock.ts';
import { refusedType } from './runtime/messages.ts';
import { attributeChanges, nothingShown, type Shown } from './runtime/presentation.ts';
import { isActor, isRecord } from './runtime/shapes.ts';
import {
  deployedSignal,
  type ScheduleAct,
  type ScheduleAnswer,
  type ScheduleInput,
  type ScheduleUpdate,
  scheduleUpdates,
} from './schedule.messages.ts';
import { createScheduler, type Due, type Scheduler } from './schedules/scheduler.ts';
import { begunInWords, detailsInWords, failedInWords, nextInWords, refusals } from './schedules/words.ts';

/** Waits for the database for ever. */
const { loadSchedules, projectSchedules } = proxyActivities<ScheduleActivities>({
  startToCloseTimeout: '10s',
  retry: { maximumInterval: '1m' },
});
/** Tried again by the scheduler itself, so that each failure is seen. */
const { beginScheduled } = proxyActivities<ScheduleActivities>({
  startToCloseTimeout: '15s',
  retry: { maximumAttempts: 1 },
});

const mostAtOnce = 10;

export async function schedule(input: ScheduleInput): Promise<void> {
  const { process } = input;
  const scheduler = createScheduler(process, input.carried);
  let loaded = input.carried !== undefined;
  let reload = !loaded;
  /** A run that has done nothing has no reason to hand over. */
  let acted = false;
  let shown = input.shown ?? nothingShown;

  setHandler(defineSignal(deployedSignal), () => {
    reload = true;
  });
  setActs(scheduler, () => loaded);
  if (loaded) tell();

  for (;;) {
    if (reload || isPast(scheduler.reloadAt())) await load();
    const tries = scheduler.advance(realNow()).slice(0, mostAtOnce);
    if (tries.length > 0) await Promise.all(tries.map(tryToBegin));
    if (scheduler.dirty) await show();
    if (scheduler.dirty || reload) continue;
    if (scheduler.isEmpty() && allHandlersFinished()) return;
    if (acted && allHandlersFinished() && runIsLong(workflowInfo(), input.continueAfter))
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
    try {
      scheduler.began(due, await beginScheduled(scheduler.begin(due)), realNow());
    } catch (error) {
      if (!(error instanceof ActivityFailure)) throw error;
      scheduler.failed(due, failureOf(error), realNow());
    }
  }

  async function show(): Promise<void> {
    acted = true;
    const projection = scheduler.closeBurst(realNow());
    const next: Shown = { ...nothingShown, DueAt: nextDue(scheduler), Incident: incident(scheduler) };
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

  /** Until something is due, or somebody acts. */
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

function setActs(scheduler: Scheduler, loaded: () => boolean): void {
  for (const act of Object.keys(scheduleUpdates) as ScheduleAct[])
    setHandler(
      defineUpdate<ScheduleAnswer, [unknown]>(scheduleUpdates[act]),
      async (payload) => {
        const ask = shaped(payload);
        await condition(loaded);
        return once(scheduler, () => carryOut(scheduler, act, ask));
      },
      {
        validator: (payload) => {
          const { id } = shaped(payload);
          if (loaded() && !scheduler.remembered(currentUpdateInfo()?.id ?? '')) refuse(scheduler.refusal(act, id));
        },
      },
    );
}

/** A repeat, also in a later run, is answered as the first time. */
async function once(scheduler: Scheduler, work: () => Promise<Omit<ScheduleAnswer, 'rows'>>): Promise<ScheduleAnswer> {
  const id = currentUpdateInfo()?.id ?? '';
  const known = scheduler.remembered(id);
  const { happened, instance } = known ?? (await work());
  if (!known) scheduler.remember({ id, happened, ...(instance !== undefined && { instance }) });
  return { rows: projectionOf(scheduler), happened, ...(instance !== undefined && { instance }) };
}

async function carryOut(
  scheduler: Scheduler,
  act: ScheduleAct,
  ask: ScheduleUpdate,
): Promise<Omit<ScheduleAnswer, 'rows'>> {
  refuse(scheduler.refusal(act, ask.id));
  const now = realNow();
  const find = () => scheduler.schedules.find(({ id }) => id === ask.id);
  if (act !== 'trigger') {
    scheduler[act](ask, now);
    const schedule = find();
    return { happened: schedule ? nextInWords(schedule) : refusals['unknown-schedule'].message };
  }
  const due = scheduler.trigger(ask, now);
  await condition(() => !scheduler.isOpen(due));
  const schedule = find();
  const { last } = schedule ?? {};
  if (last?.by !== undefined && last.scheduledAt === due.scheduledAt)
    return { happened: begunInWords(last.instance), instance: last.instance };
  return { happened: schedule ? failedInWords(schedule) : refusals['unknown-schedule'].message };
}

/** As of now; the loop writes them as well. */
const projectionOf = (scheduler: Scheduler) => scheduler.projection(realNow());

function shaped(payload: unknown): ScheduleUpdate {
  if (isRecord(payload) && typeof payload['id'] === 'string' && isActor(payload['by'])) {
    const { id, by, reason } = payload;
    if (reason === undefined) return { id, by };
    if (typeof reason === 'string') return { id, by, reason };
  }
  throw refused(refusals.malformed);
}

function refuse(refusal: Refusal | undefined): void {
  if (refusal) throw refused(refusal);
}

const refused = (refusal: Refusal): ApplicationFailure =>
  ApplicationFailure.nonRetryable(refusal.message.en, refusedType, refusal);

/** Messages of drivers and servers name hosts: only what we said ourselves is told. */
function failureOf({ cause }: ActivityFailure): { code: string; message: string } {
  if (cause instanceof ApplicationFailure && cause.type && ownFailures.has(cause.type))
    return { code: cause.type, message: cause.message };
  return { code: 'begin-failed', message: '启动请求没有成功。' };
}

const ownFailures = new Set(['unknown-facility', 'unknown-definition', 'Unavailable']);

const isPast = (at: string | undefined): boolean => at !== undefined && at <= realNow();

function nextDue({ schedules }: Scheduler): string | null {
  return schedules.flatMap(({ dueAt, paused }) => (dueAt !== null && !paused ? [dueAt] : [])).sort()[0] ?? null;
}

const incident = ({ schedules }: Scheduler): string | null =>
  schedules.find(({ failure }) => failure)?.failure?.code ?? null;
