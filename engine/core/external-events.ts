/** What the world tells an instance: jobs and calls end, timers fire, messages and signals come. A key that is gone changes nothing. */

import { fire, isAwaiting } from '../events/fire.ts';
import { deliverSignal, signalOriginOf } from '../events/signals.ts';
import { escalate, raise } from '../events/throw.ts';
import { listenerDone } from '../listeners/answers.ts';
import { listenerFailure, raiseListenerIncident } from '../listeners/ask.ts';
import { isListener, listenerPartId } from '../listeners/wait.ts';
import { refusal } from '../messages/refusals.ts';
import type { PlanElement } from '../model/plan.ts';
import type { BufferedMessage, EngineEvent, Refusal, Wait, WaitOf } from '../model/types.ts';
import { addDuration } from '../time/duration.ts';
import { TimeError } from '../time/error.ts';
import { fail } from './failure.ts';
import { complete } from './moves.ts';
import { addJournalEntry, allWaits, elementOf, getWait, patch, putWait } from './run.ts';
import type { Run } from './run-types.ts';
import { incidentOf, nameOf, tokenOf } from './token.ts';

type EventOf<T extends EngineEvent['type']> = Extract<EngineEvent, { type: T }>;

/** A late answer for a job that has an incident still counts: the work is done. */
export function jobCompleted(run: Run, event: EventOf<'job-completed'>): undefined {
  const wait = getWait(run, event.key);
  if (wait?.kind !== 'job' || isOtherListener(wait, event.part)) return;
  if (wait.incident) resolved(run, wait, wait.incident.code);
  if (isListener(wait)) listenerDone(run, wait, event.variables);
  else complete(run, tokenOf(run, wait), event.variables);
}

/** Failures of a job with words of their own; all others are told as the job's. */
const jobIncidents = ['no-worker', 'unknown-job-type'];

export function jobFailed(run: Run, event: EventOf<'job-failed'>): undefined {
  const wait = getWait(run, event.key);
  if (wait?.kind !== 'job' || isOtherListener(wait, event.part)) return;
  const incident = jobIncidents.includes(event.code) ? event.code : 'job-failed';
  if (wait.incident === undefined) failed(run, wait, incident, event);
  else if (wait.incident.code === 'no-worker' && incident !== 'no-worker') {
    // It stayed in the queue: somebody has taken it since, and that is how it went.
    const { incident: _, ...clear } = wait;
    resolved(run, wait, 'no-worker');
    putWait(run, clear);
    failed(run, clear, incident, event);
  }
}

/** The answer is for a listener, or for the element itself, that stood under this key before. */
function isOtherListener({ listener }: WaitOf<'job'>, part: string | undefined): boolean {
  return part !== (listener && listenerPartId(listener));
}

function resolved(run: Run, { element, key }: Wait, code: string): void {
  addJournalEntry(run, 'incident-resolved', element, key, { code });
}

export function callCompleted(run: Run, event: EventOf<'call-completed'>): undefined {
  const wait = getWait(run, event.key);
  if (wait?.kind !== 'call') return;
  const token = tokenOf(run, wait);
  const { element } = token;
  const mapped = 'outputs' in element && element.outputs !== undefined && element.outputs.length > 0;
  const all = mapped || propagatesAllVariables(token.element);
  complete(run, token, all ? event.variables : undefined);
}

export function callFailed(run: Run, event: EventOf<'call-failed'>): undefined {
  const wait = getWait(run, event.key);
  if (wait?.kind === 'call' && wait.incident === undefined) failed(run, wait, 'call-failed', event);
}

/** Whether the call activity takes over all variables of what it called; otherwise only mappings read them. */
const propagatesAllVariables = (element: PlanElement): boolean =>
  element.kind === 'callActivity' && element.propagateAllChild;

/** Heard at the call activity as if it were a subprocess: by its boundary events and what lies around it (BPMN 2.0.2, 10.5.1). */
export function callEscalated(run: Run, event: EventOf<'call-escalated'>): undefined {
  const wait = getWait(run, event.key);
  if (wait?.kind !== 'call') return;
  const { key, element } = wait;
  const { code, variables } = event;
  const brought = propagatesAllVariables(elementOf(run, element))
    ? { variables }
    : { variables: {}, mappable: variables };
  escalate(run, key, { code, ...brought }, { element, key });
}

/** A BPMN error goes to whoever catches it; anything else is an incident, and so is an error nobody catches. */
function failed(
  run: Run,
  wait: WaitOf<'job' | 'call'>,
  incident: string,
  event: EventOf<'job-failed'> | EventOf<'call-failed'>,
): void {
  const { code, message, errorCode } = event;
  if (wait.kind === 'job' && isListener(wait)) {
    raiseListenerIncident(run, wait, listenerFailure(run, wait, incident, message, code));
    return;
  }
  const brought = 'brought' in event ? event.brought : undefined;
  const whole = propagatesAllVariables(elementOf(run, wait.element)) ? brought : undefined;
  const thrown = 'variables' in event ? event.variables : whole;
  const variables = {
    ...(thrown && { variables: thrown }),
    ...(brought && !whole && { mappable: brought }),
  };
  if (errorCode !== undefined && raise(run, wait.key, { type: 'error', code: errorCode, message, ...variables }))
    return;
  const name = nameOf(elementOf(run, wait.element));
  const failure =
    errorCode === undefined
      ? fail(incident, `“${name}”失败：${message}`, { code, reason: message })
      : fail('unhandled-error', `“${name}”报告的业务错误“${errorCode}”无人处理：${message}`, { code, errorCode });
  putWait(run, { ...wait, incident: incidentOf(run, failure) });
  addJournalEntry(run, 'incident-raised', wait.element, wait.key, { code: failure.code, message: failure.message });
}

export function timer(run: Run, event: EventOf<'timer'>): undefined {
  const wait = getWait(run, event.key);
  if (isAwaiting(wait, event.trigger)) fire(run, wait, event.trigger, undefined);
}

const maxSeen = 100;

function isDuplicate(run: Run, id: string | undefined): boolean {
  return id !== undefined && (run.before.seen ?? []).includes(id);
}

function rememberId(run: Run, id: string | undefined): void {
  if (id !== undefined) patch(run).seen = [...(run.patch?.seen ?? run.before.seen ?? []), id].slice(-maxSeen);
}

/** A message has exactly one taker: of those that wait for it the one that has waited longest (lowest key). */
export function correlate(run: Run, event: EventOf<'message'>): Refusal | undefined {
  if (isDuplicate(run, event.id) || run.before.buffer.some((message) => message.id === event.id)) return undefined;
  for (const wait of allWaits(run)) {
    const index = matching(wait, event);
    if (wait.kind !== 'event' || index < 0) continue;
    rememberId(run, event.id);
    fire(run, wait, index, event.variables, event.id);
    return undefined;
  }
  if (event.timeToLive === undefined) return refusal('nobody-waits', { message: event.name });
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
      // Who knows the instance need not know the key.
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
