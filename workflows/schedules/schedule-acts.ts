/** Operator acts on a schedule: pause, resume, trigger. Repeats get the first result, in later runs too. */

import { ApplicationFailure, condition, currentUpdateInfo, defineUpdate, setHandler } from '@temporalio/workflow';
import { refusal } from '../../engine/messages/refusals.ts';
import { businessKeyIn } from '../../engine/model/keys.ts';
import type { Refusal } from '../../engine/model/types.ts';
import { requireNewSeal } from '../runtime/admission.ts';
import { refusedType } from '../runtime/instance-messages.ts';
import { isActor, isRecord } from '../runtime/payload-guards.ts';
import { realNow } from '../runtime/process-time.ts';
import type { Origin } from '../sealing/marks.ts';
import { type ScheduleAct, type ScheduleAnswer, type ScheduleUpdate, scheduleUpdates } from './schedule-messages.ts';
import { begunInWords, describeNext, failedInWords } from './schedule-refusals.ts';
import type { Scheduler } from './scheduler.ts';

/** Updates `pause`, `resume`, `trigger`; registered before the first await. */
export function setActs(scheduler: Scheduler, loaded: () => boolean): void {
  for (const act of Object.keys(scheduleUpdates) as ScheduleAct[])
    setHandler(
      defineUpdate<ScheduleAnswer, [unknown]>(scheduleUpdates[act]),
      async (payload: unknown, origin?: Origin) => {
        const ask = shaped(payload);
        await condition(loaded);
        return once(scheduler, () => {
          requireNewSeal(scheduler, payload, origin);
          return carryOut(scheduler, act, ask);
        });
      },
      {
        validator: (payload: unknown) => {
          const { id } = shaped(payload);
          if (loaded() && !scheduler.remembered(currentUpdateInfo()?.id ?? '')) refuse(scheduler.refusal(act, id));
        },
      },
    );
}

/** A repeat, also in a later run, gets the first result. */
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
    return { happened: schedule ? describeNext(schedule) : refusal('unknown-schedule').message };
  }
  const due = scheduler.trigger(ask, now);
  await condition(() => !scheduler.isOpen(due));
  const schedule = find();
  const { last } = schedule ?? {};
  if (last && businessKeyIn(last.instance) === due.businessKey)
    return { happened: begunInWords(last.instance), instance: last.instance };
  return { happened: schedule ? failedInWords(schedule) : refusal('unknown-schedule').message };
}

/** Current rows, which the loop writes as well. */
const projectionOf = (scheduler: Scheduler) => scheduler.projection(realNow());

function shaped(payload: unknown): ScheduleUpdate {
  if (isRecord(payload) && typeof payload['id'] === 'string' && isActor(payload['by'])) {
    const { id, by, reason } = payload;
    if (reason === undefined) return { id, by };
    if (typeof reason === 'string') return { id, by, reason };
  }
  throw refused(refusal('malformed'));
}

function refuse(refusal: Refusal | undefined): void {
  if (refusal) throw refused(refusal);
}

const refused = (refusal: Refusal): ApplicationFailure =>
  ApplicationFailure.nonRetryable(refusal.message.en, refusedType, refusal);
