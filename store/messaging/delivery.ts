/**
 * Delivery of messages and signals. Both sides write first and look afterwards, so that at least one sees the other:
 * the publisher writes the message, then looks for rows of waiting instances; an instance that starts to wait writes
 * its row, then messages and signals are looked up. Calls to Temporal go through `MessageTransport`.
 * Order: the oldest message of a name and key first; to the instance waiting longest, ties going to the lower id;
 * without one, it starts the process with the lowest key that has a matching start event.
 */
import { createHash } from 'node:crypto';
import { instanceId, longestKeyIfExceeded } from '../../engine/model/keys.ts';
import type { TimeScale } from '../../engine/time/time-scale.ts';
import { findMessageStarts, findSignalStarts } from '../definitions/uses.ts';
import { findMessageListeners, type Listener } from '../runtime/instances.ts';
import { hasTakenMessage } from '../runtime/journal.ts';
import type { Lineage } from '../runtime/rows.ts';
import { type Channel, type ChannelLease, withChannel } from './message-channels.ts';
import { recordNoSubscriber, recordOffer, recordTaken, recordUnanswered } from './message-fates.ts';
import type { MessageRow } from './message-rows.ts';
import { findWaiting } from './messages.ts';
import { findSignalTakers } from './signal-takers.ts';
import { type insertSignal, recordBroadcast, renewBroadcast, type SignalRow } from './signals.ts';

export interface MessageStart {
  /** Id of the message or signal: it starts one instance at most, however often this is repeated. */
  id: string;
  process: string;
  version: number;
  businessKey: string;
  facility: string;
  startEvent: string;
  variables: Record<string, unknown>;
  /** Workflow id or staff id of the sender. */
  from: string;
  /** Absent: it is a root. */
  lineage?: Lineage;
  timeScale?: TimeScale;
}

/** Delivery through Temporal. Each call ends within ten seconds, and throws when the outcome is unknown. */
export interface MessageTransport {
  /** `took` also when the instance had received this message before. */
  offer(instance: string, message: MessageRow): Promise<'took' | 'refused' | 'gone'>;
  /** @returns false when the instance has ended */
  signal(instance: string, signal: Pick<SignalRow, '_id' | 'name' | 'variables'>): Promise<boolean>;
  /** @returns workflow id of the started instance; undefined while another one runs under that key */
  start(begin: MessageStart): Promise<string | undefined>;
}

/** How long a delivery waits for another one of the same name and key. */
const channelWaitMs = 5000;
/** A message without a time to live is offered once, immediately: not by a worker that restarts hours later. */
const firstAttemptMs = 15_000;

/**
 * Delivers the waiting messages of a name and key.
 * @param patience how long to wait for another delivery on this channel, in milliseconds
 * @returns false when the other delivery is still running
 */
export async function deliver(carrier: MessageTransport, channel: Channel, patience = channelWaitMs): Promise<boolean> {
  const done = await withChannel(channel, patience, (held) => deliverChannel(carrier, channel, held));
  return done !== undefined;
}

async function deliverChannel(carrier: MessageTransport, channel: Channel, held: ChannelLease): Promise<void> {
  const messages = await findWaiting(channel.name, channel.correlationKey);
  if (messages.length === 0) return;
  const [found, starts] = await Promise.all([
    findMessageListeners(channel.name, channel.correlationKey),
    findMessageStarts(channel.name),
  ]);
  let listeners = found;
  const problems: unknown[] = [];
  // An instance that does not answer keeps its message on offer and gets no other; other instances are not affected.
  const silent = new Set<string>();
  const patient: MessageTransport = {
    ...carrier,
    async offer(instance, message) {
      if (silent.has(instance)) throw new Error(`${instance} does not answer.`);
      try {
        return await carrier.offer(instance, message);
      } catch (error) {
        silent.add(instance);
        throw error;
      }
    },
  };
  for (const message of messages) {
    await held.renew();
    if (message.offer && message.attempts > 0 && message.dueAt > new Date().toISOString())
      silent.add(message.offer.instance);
    else
      try {
        const refused = await deliverOne(patient, message, listeners, starts, held);
        listeners = listeners.filter((one) => !refused.has(one.instance));
      } catch (error) {
        problems.push(error);
        await recordUnanswered(message._id, backoffFrom(message.attempts), held.fence);
      }
    listeners = listeners.filter((one) => !silent.has(one.instance));
  }
  if (problems.length > 0) throw problems[0];
}

type Starts = Awaited<ReturnType<typeof findMessageStarts>>;

/** @returns instances that no longer wait */
async function deliverOne(
  carrier: MessageTransport,
  message: MessageRow,
  listeners: Listener[],
  starts: Starts,
  held: ChannelLease,
): Promise<Set<string>> {
  const refused = new Set<string>();
  if (message.offer && (await settled(carrier, message, message.offer, held))) return refused;
  const now = Date.now();
  if (now < Date.parse(message.until) || (message.attempts === 0 && now < Date.parse(message.until) + firstAttemptMs)) {
    for (const { instance, element, facility } of listeners) {
      if (!reaches(message.reach, facility)) continue;
      await held.renew();
      const offer = { instance, element };
      // Withdrawn by an operator: it must not be delivered.
      if (!(await recordOffer(message._id, offer, held.fence)) || (await settled(carrier, message, offer, held)))
        return refused;
      refused.add(instance);
    }
    if (await begin(carrier, message, starts, held)) return refused;
  }
  await recordNoSubscriber(message._id, nextAttemptAt(message), held.fence);
  return refused;
}

/**
 * Whether this instance has received it. Until that is known the message stays with the instance, as another one might
 * receive it a second time.
 */
async function settled(
  carrier: MessageTransport,
  message: MessageRow,
  offer: MessageRow['offer'] & object,
  held: ChannelLease,
): Promise<boolean> {
  const { instance, element, begins } = offer;
  if (begins) return beginAt(carrier, message, { ...begins, element }, held);
  const answer = await carrier.offer(instance, message);
  // It may have ended upon receiving it.
  const took = answer === 'took' || (answer === 'gone' && (await hasTakenMessage(instance, message._id)));
  if (took) await recordTaken(message._id, { taker: instance, element, began: false }, held.fence);
  return took;
}

/** One instance per process and key: while one runs, the message waits for its end. */
async function begin(
  carrier: MessageTransport,
  message: MessageRow,
  starts: Starts,
  held: ChannelLease,
): Promise<boolean> {
  if (message.facility === undefined) return false;
  for (const { process, version, element } of starts.sort(byProcess)) {
    const businessKey = message.correlationKey ?? keyOfCause(process, message._id);
    const begins = { process, version, businessKey };
    const instance = instanceId(process, businessKey);
    if (!(await recordOffer(message._id, { instance, element, begins }, held.fence))) return true;
    if (await beginAt(carrier, message, { ...begins, element }, held)) return true;
  }
  return false;
}

/** Business key of an instance started without one: the id of its message or signal, or a digest of an id that is too long. */
const keyOfCause = (process: string, id: string): string =>
  longestKeyIfExceeded(process, id) === undefined ? id : createHash('sha256').update(id).digest('hex');

/** An instance that another one begins is a generation below it. */
function originOf(
  { instance, staff, lineage }: MessageRow['sender'],
  id: string,
): Pick<MessageStart, 'from' | 'lineage'> {
  const above = lineage ?? (instance === undefined ? undefined : { root: instance, generation: 0 });
  return {
    from: instance ?? staff ?? id,
    ...(above && { lineage: { root: above.root, generation: above.generation + 1 } }),
  };
}

const byProcess = (a: { process: string }, b: { process: string }): number => (a.process < b.process ? -1 : 1);

async function beginAt(
  carrier: MessageTransport,
  message: MessageRow,
  { element, ...at }: { process: string; version: number; businessKey: string; element: string },
  held: ChannelLease,
): Promise<boolean> {
  const { _id: id, facility = '', variables, sender, clock } = message;
  const origin = originOf(sender, id);
  const timeScale = clock && { timeScale: clock };
  const taker = await carrier.start({ ...at, id, facility, startEvent: element, variables, ...origin, ...timeScale });
  if (taker !== undefined) await recordTaken(id, { taker, element, began: true }, held.fence);
  return taker !== undefined;
}

const firstPauseMs = 1000;
const maxPauseMs = 60_000;

/** Usually a new subscription or an ended instance triggers delivery earlier; this is the fallback. */
function nextAttemptAt({ attempts, until }: MessageRow): string | undefined {
  if (Date.parse(until) <= Date.now()) return undefined;
  const next = backoffFrom(attempts);
  return next < until ? next : until;
}

const backoffFrom = (attempts: number): string =>
  new Date(Date.now() + Math.min(maxPauseMs, firstPauseMs * 2 ** Math.min(attempts, 10))).toISOString();

export interface BroadcastCounts {
  delivered: number;
  /** Workflow ids of those it began. */
  began: string[];
}

/** Broadcasts a signal unless that was done before. @returns undefined while another holder does */
export async function broadcastInserted(
  carrier: MessageTransport,
  signal: Awaited<ReturnType<typeof insertSignal>>,
): Promise<BroadcastCounts | undefined> {
  const { state, mine, delivered = 0, began = [] } = signal;
  if (state === 'done') return { delivered, began };
  return mine ? broadcast(carrier, signal) : undefined;
}

/** Interval of renewals: well below the lease, and one for many deliveries. */
const renewAfterMs = 5000;

/**
 * Broadcasts a signal to all instances whose rows show that they wait for it; an instance whose row is written later
 * looks it up then. Idempotent.
 * @returns undefined when the lease is lost to another holder, who does the rest
 */
export async function broadcast(carrier: MessageTransport, signal: SignalRow): Promise<BroadcastCounts | undefined> {
  const { _id: id, name, facility, reach, sender, variables } = signal;
  let renewedAt = Number.NEGATIVE_INFINITY;
  let renewed = Promise.resolve(true);
  const isOurs = (): Promise<boolean> => {
    if (Date.now() - renewedAt >= renewAfterMs) {
      renewedAt = Date.now();
      renewed = renewBroadcast(signal);
    }
    return renewed;
  };
  const takers = (await findSignalTakers(name)).filter(
    (one) => one.instance !== sender.instance && reaches(reach, one.facility),
  );
  let delivered = 0;
  await eachOf(takers, async ({ instance }) => {
    if ((await isOurs()) && (await carrier.signal(instance, signal))) delivered += 1;
  });
  const began: string[] = [];
  const starts = facility === undefined ? [] : await findSignalStarts(name);
  for (const { process, version, element } of starts.sort(byProcess)) {
    if (!(await isOurs())) return undefined;
    const origin = originOf(sender, id);
    const businessKey = keyOfCause(process, id);
    const where = { process, version, businessKey, facility: facility ?? '', startEvent: element };
    const begin = { id, ...where, variables, ...origin };
    const instance = await carrier.start(begin);
    if (instance !== undefined) began.push(instance);
  }
  return (await recordBroadcast(signal, delivered, began)) ? { delivered, began } : undefined;
}

const atATime = 20;

async function eachOf<T>(items: T[], work: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  const one = async (): Promise<void> => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(atATime, items.length) }, one));
}

/** Whether instances of this facility may receive it. */
export function reaches(reach: readonly string[] | undefined, facility: string): boolean {
  return reach === undefined || reach.includes(facility);
}
