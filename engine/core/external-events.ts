/**
 * Events from outside: jobs and called processes end, timers fire, messages and signals arrive. An event with an unknown key is ignored.
 */

import { fire, isAwaiting } from '../events/fire.ts';
import { deliverSignal, signalOriginOf } from '../events/signals.ts';
import { listenerDone } from '../listeners/answers.ts';
import { raiseListenerIncident } from '../listeners/ask.ts';
import { isListener, listenerPartId } from '../listeners/wait.ts';
import { refusal } from '../messages/refusals.ts';
import type { Variables } from '../model/plan.ts';
import type { BufferedMessage, EngineEvent, Refusal, Wait, WaitOf } from '../model/types.ts';
import { addDuration } from '../time/duration.ts';
import { TimeError } from '../time/error.ts';
import { fail } from './failure.ts';
import { notDeclared, takenFromJob, undeclaredIn, withoutGiven } from './intake.ts';
import { resume } from './resume.ts';
import { addJournalEntry, allWaits, elementOf, getWait, patch, putWait } from './run.ts';
import type { Run } from './run-types.ts';
import { failureParams, jobIncidentOf } from './work-failure.ts';

type EventOf<T extends EngineEvent['type']> = Extract<EngineEvent, { type: T }>;

/** A late answer for a job that has an incident still counts: the work is done. */
export function jobCompleted(run: Run, event: EventOf<'job-completed'>): undefined {
  const wait = getWait(run, event.key);
  if (wait?.kind !== 'job' || isOtherListener(wait, event.part)) return;
  if (wait.incident) resolved(run, wait, wait.incident.code);
  if (isListener(wait)) listenerDone(run, wait, withoutGiven(run, event.variables));
  else resume(run, wait, { ...event, variables: fromJob(run, wait, event.variables) });
}

function fromJob(run: Run, wait: WaitOf<'job'>, results: Variables): Variables {
  return takenFromJob(run, elementOf(run, wait.element), wait.jobType, results);
}

export function jobFailed(run: Run, event: EventOf<'job-failed'>): undefined {
  const wait = getWait(run, event.key);
  if (wait?.kind !== 'job' || isOtherListener(wait, event.part)) return;
  if (wait.incident === undefined) failed(run, wait, event);
  else if (wait.incident.code === 'no-worker' && event.code !== 'no-worker') {
    // The job had stayed in the queue; a worker has taken it since, and this is its result.
    const { incident: _, ...clear } = wait;
    resolved(run, wait, 'no-worker');
    putWait(run, clear);
    failed(run, clear, event);
  }
}

function failed(run: Run, wait: WaitOf<'job'>, event: EventOf<'job-failed'>): void {
  if (!isListener(wait)) resume(run, wait, event);
  else
    raiseListenerIncident(
      run,
      wait,
      fail(jobIncidentOf(event.code), {
        reason: 'listener',
        listener: wait.listener.event,
        failure: failureParams(event),
      }),
    );
}

/** The result belongs to a listener, or to the element, that had this key before. */
function isOtherListener({ listener }: WaitOf<'job'>, part: string | undefined): boolean {
  return part !== (listener && listenerPartId(listener));
}

function resolved(run: Run, { element, key }: Wait, code: string): void {
  addJournalEntry(run, 'incident-resolved', element, key, { code });
}

/** A called process ends or escalates. */
export function called(run: Run, event: EventOf<'call-completed' | 'call-failed' | 'call-escalated'>): undefined {
  const wait = getWait(run, event.key);
  if (wait?.kind === 'call') resume(run, wait, event);
}

export function timer(run: Run, event: EventOf<'timer'>): undefined {
  const wait = getWait(run, event.key);
  if (!isAwaiting(wait, event.trigger)) return;
  const trigger = wait.triggers[event.trigger];
  run.timerChain = (trigger?.type === 'timer' && trigger.chain) || { timers: 1, waitedMs: 0 };
  fire(run, wait, event.trigger, undefined);
}

const maxSeen = 100;

function isDuplicate(run: Run, id: string | undefined): boolean {
  return id !== undefined && (run.before.seen ?? []).includes(id);
}

function rememberId(run: Run, id: string | undefined): void {
  if (id !== undefined) patch(run).seen = [...(run.patch?.seen ?? run.before.seen ?? []), id].slice(-maxSeen);
}

/** A message has exactly one receiver: the longest waiting subscription (lowest key). */
export function correlate(run: Run, event: EventOf<'message'>): Refusal | undefined {
  if (isDuplicate(run, event.id) || run.before.buffer.some((message) => message.id === event.id)) return undefined;
  for (const wait of allWaits(run)) {
    const index = matching(wait, event);
    if (wait.kind !== 'event' || index < 0) continue;
    const undeclared = undeclaredIn(run, elementOf(run, wait.element), event.variables);
    if (undeclared.length > 0) return refusal('not-declared', notDeclared(undeclared));
    rememberId(run, event.id);
    fire(run, wait, index, event.variables, event.id);
    return undefined;
  }
  if (event.timeToLive === undefined) return refusal('message-not-expected', { message: event.name });
  const until = expiryOf(run, event.timeToLive);
  if (until === undefined) return refusal('bad-time-to-live');
  const { id, name, correlationKey, variables } = event;
  const message: BufferedMessage = { id, name, variables, until };
  if (correlationKey !== undefined) message.correlationKey = correlationKey;
  patch(run).buffer = [...run.before.buffer.filter((old) => old.until > run.now), message];
  addJournalEntry(run, 'message-buffered', undefined, undefined, { message: name, id });
  return undefined;
}

function expiryOf(run: Run, timeToLive: string): string | undefined {
  try {
    return addDuration(run.now, timeToLive, run.context.calendar.zone);
  } catch (error) {
    if (error instanceof TimeError) return undefined;
    throw error;
  }
}

function matching(wait: Wait, message: { name: string; correlationKey?: string }): number {
  if (wait.kind !== 'event') return -1;
  return wait.triggers.findIndex(
    (trigger, i) =>
      trigger.type === 'message' &&
      trigger.name === message.name &&
      !wait.fired?.includes(i) &&
      // The key may be omitted when it is unambiguous.
      (message.correlationKey === undefined ||
        trigger.correlationKey === undefined ||
        trigger.correlationKey === message.correlationKey),
  );
}

/** Hands one buffered message to a wait that was armed in this step. */
export function deliverBuffered(run: Run): boolean {
  const buffer = run.patch?.buffer ?? run.before.buffer;
  while (run.armed.length > 0) {
    const wait = getWait(run, run.armed.shift()!);
    if (wait?.kind !== 'event' || buffer.length === 0) continue;
    const message = buffer.find((one) => one.until > run.now && matching(wait, one) >= 0);
    if (!message) continue;
    // It may take another one of the same name once it is done with this.
    run.armed.unshift(wait.key);
    patch(run).buffer = buffer.filter((one) => one !== message);
    rememberId(run, message.id);
    fire(run, wait, matching(wait, message), message.variables, message.id);
    return true;
  }
  return false;
}

export function signal(run: Run, event: EventOf<'signal'>): undefined {
  if (isDuplicate(run, event.id)) return;
  if (deliverSignal(run, event, signalOriginOf(run, event.id))) rememberId(run, event.id);
}
