/**
 * Who gets a message, and who hears a signal. Both sides write first and look afterwards, so that at least one sees the other: the
 * publisher writes the message, then looks for rows of instances that wait; the row of an instance that begins to wait is written, then
 * messages and signals are looked for. What Temporal does is behind `Carrier`.
 *
 * The tie rule: the oldest message of a name and key first; to the instance that has waited for it longest, of two that began at the
 * same instant the one with the lower id; where nobody waits, it begins the process with the lowest key that starts by it.
 */
import { createHash } from 'node:crypto';
import { instanceId, longestKeyIfExceeded } from '../../engine/model/keys.ts';
import { findMessageStarts, findSignalStarts } from '../definitions/uses.ts';
import { findMessageListeners, type Listener } from '../runtime/instances.ts';
import { hasTakenMessage } from '../runtime/journal.ts';
import { type Channel, type ChannelLease, withChannel } from './message-channels.ts';
import { recordNoSubscriber, recordOffer, recordTaken, recordUnanswered } from './message-fates.ts';
import type { MessageRow } from './message-rows.ts';
import { findWaiting } from './messages.ts';
import { findSignalTakers } from './signal-takers.ts';
import { recordBroadcast, type SignalRow } from './signals.ts';

export interface MessageStart {
  /** Id of the message or signal: the same one begins once, however often this is tried. */
  id: string;
  process: string;
  version: number;
  businessKey: string;
  facility: string;
  startEvent: string;
  variables: Record<string, unknown>;
  /** Workflow id or staff id of the sender. */
  from: string;
}

/** What Temporal does for it. Each call ends within ten seconds, and throws when it is not known what became of it. */
export interface MessageTransport {
  /** `took` also when the instance had taken this very message before. */
  offer(instance: string, message: MessageRow): Promise<'took' | 'refused' | 'gone'>;
  /** @returns false when the instance has ended */
  signal(instance: string, signal: Pick<SignalRow, '_id' | 'name' | 'variables'>): Promise<boolean>;
  /** @returns workflow id of what this has begun; undefined while another one runs under that key */
  start(begin: MessageStart): Promise<string | undefined>;
}

/** How long a hand-over waits for another one of the same name and key. */
const channelWaitMs = 5000;
/** One without a time to live is held out once, at once: not when a worker comes back after hours. */
const firstAttemptMs = 15_000;

/**
 * Hands over what waits under a name and key.
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
  // Who does not answer keeps what it was asked about, and gets nothing else; the others do not wait for it.
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

/** @returns instances that do not wait (any more) */
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

/** Whether this instance has it. It stays with the instance until that is known: with another one it might be taken twice. */
async function settled(
  carrier: MessageTransport,
  message: MessageRow,
  offer: MessageRow['offer'] & object,
  held: ChannelLease,
): Promise<boolean> {
  const { instance, element, begins } = offer;
  if (begins) return beginAt(carrier, message, { ...begins, element }, held);
  const answer = await carrier.offer(instance, message);
  // It may have ended by taking it.
  const took = answer === 'took' || (answer === 'gone' && (await hasTakenMessage(instance, message._id)));
  if (took) await recordTaken(message._id, { taker: instance, element, began: false }, held.fence);
  return took;
}

/** One at a time per process and key; while one runs, the message waits for its end. */
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

/** Business key of what begins without one: the id of its message or signal, or a digest of an id that is too long for that. */
const keyOfCause = (process: string, id: string): string =>
  longestKeyIfExceeded(process, id) === undefined ? id : createHash('sha256').update(id).digest('hex');

const byProcess = (a: { process: string }, b: { process: string }): number => (a.process < b.process ? -1 : 1);

async function beginAt(
  carrier: MessageTransport,
  message: MessageRow,
  { element, ...at }: { process: string; version: number; businessKey: string; element: string },
  held: ChannelLease,
): Promise<boolean> {
  const { _id: id, facility, variables, sender } = message;
  const from = sender.instance ?? sender.staff ?? id;
  const taker = await carrier.start({ ...at, id, facility: facility ?? '', startEvent: element, variables, from });
  if (taker !== undefined) await recordTaken(id, { taker, element, began: true }, held.fence);
  return taker !== undefined;
}

const firstPauseMs = 1000;
const maxPauseMs = 60_000;

/** An occasion (somebody begins to wait, an instance ends) comes earlier; this is for those that were missed. */
function nextAttemptAt({ attempts, until }: MessageRow): string | undefined {
  if (Date.parse(until) <= Date.now()) return undefined;
  const next = backoffFrom(attempts);
  return next < until ? next : until;
}

const backoffFrom = (attempts: number): string =>
  new Date(Date.now() + Math.min(maxPauseMs, firstPauseMs * 2 ** Math.min(attempts, 10))).toISOString();

/**
 * Tells everybody who waits for a signal, as far as the rows show it; whose row comes later looks for it then. Safe to repeat.
 */
export async function broadcast(
  carrier: MessageTransport,
  signal: SignalRow,
): Promise<{ delivered: number; began: string[] }> {
  const { _id: id, name, facility, reach, sender, variables } = signal;
  const takers = (await findSignalTakers(name)).filter(
    (one) => one.instance !== sender.instance && reaches(reach, one.facility),
  );
  let delivered = 0;
  await eachOf(takers, async ({ instance }) => {
    if (await carrier.signal(instance, signal)) delivered += 1;
  });
  const began: string[] = [];
  const starts = facility === undefined ? [] : await findSignalStarts(name);
  for (const { process, version, element } of starts.sort(byProcess)) {
    const from = sender.instance ?? sender.staff ?? id;
    const businessKey = keyOfCause(process, id);
    const begin = { id, process, version, businessKey, facility: facility ?? '', startEvent: element, variables, from };
    const instance = await carrier.start(begin);
    if (instance !== undefined) began.push(instance);
  }
  await recordBroadcast(id, delivered, began);
  return { delivered, began };
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
