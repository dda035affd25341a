/**
 * Update `clock`: puts the process time of a drill forward, to an instant or to the next timer before it, and answers when what was
 * due then has been done. Whoever drives a drill this way goes as fast as the machine, and nothing is late because the machine is slow.
 */
import { condition, currentUpdateInfo, defineUpdate, setHandler } from '@temporalio/workflow';
import { refusal } from '../../engine/messages/refusals.ts';
import { isReached } from '../../engine/time/due.ts';
import { putForward } from '../../engine/time/time-scale.ts';
import type { Origin } from '../sealing/marks.ts';
import { admitUpdate, requireNamed, requireNewSeal } from './admission.ts';
import { handlerWords, localTimeText } from './display-names.ts';
import type { Instance } from './instance.ts';
import { type ClockAnswer, type ClockUpdate, clockUpdate } from './instance-messages.ts';
import type { Jobs } from './jobs.ts';
import { isActor, isRecord } from './payload-guards.ts';
import { nowIn, realNow } from './process-time.ts';
import type { Timers } from './timers.ts';
import { answerOf, refused, untilAllWritten } from './update-answers.ts';

/** How long a local job that is retried holds up the answer. */
const patience = '4s';
/** Later than all instants. */
const never = '~';

export function setClockHandler(instance: Instance, timers: Timers, jobs: Jobs): void {
  const now = (): string => nowIn(instance.timeScale);
  const isSettled = (): boolean => !jobs.settling() && !isReached(timers.next() ?? never, now());

  async function settle(): Promise<void> {
    if (!isSettled()) await condition(isSettled, patience);
  }

  setHandler(
    defineUpdate<ClockAnswer, [unknown]>(clockUpdate),
    async (payload: unknown, origin?: Origin) => {
      const id = currentUpdateInfo()?.id ?? '';
      const { to } = requestIn(instance, payload);
      if (!instance.loaded) await instance.ready;
      const remembered = instance.processed.get(id);
      if (remembered) return { ...answerOf(instance, remembered.happened, []), now: now() };
      requireNewSeal(instance, payload, origin);
      await settle();
      requireRunning(instance);
      const next = timers.next() ?? never;
      instance.setTimeScale(putForward(instance.timeScale, realNow(), next < to ? next : to));
      timers.rearm();
      const reached = localTimeText(now(), instance.state.calendar.zone);
      const happened = { zh: `流程时钟已拨到 ${reached}。`, en: `Its clock was put forward to ${reached}.` };
      await settle();
      // What was done has been projected by now, unless the clock alone has changed.
      if (instance.dirty) await instance.burst();
      instance.processed.add(id, { happened });
      await untilAllWritten(instance);
      return { ...answerOf(instance, happened, []), now: now() };
    },
    {
      validator(payload) {
        requestIn(instance, payload);
        requireNamed(payload);
        if (instance.loaded && instance.processed.get(currentUpdateInfo()?.id ?? '') === undefined)
          requireRunning(instance);
      },
      description: handlerWords.clock,
    },
  );
}

/** @throws when it is not authenticated or not a valid update */
function requestIn(instance: Instance, payload: unknown): ClockUpdate {
  const asked = admitUpdate(instance, payload, 'operators');
  if (!isRecord(asked) || typeof asked['to'] !== 'string' || !isActor(asked['by'])) throw refused(refusal('malformed'));
  const { to, by } = asked;
  if (Number.isNaN(Date.parse(to))) throw refused(refusal('malformed'));
  return { to: new Date(Date.parse(to)).toISOString(), by };
}

/** @throws where it has ended, or its process time is real time */
function requireRunning({ ended, timeScale }: Instance): void {
  if (ended) throw refused(refusal('not-active'));
  if (timeScale.speed === 1) throw refused(refusal('clock-is-real'));
}
