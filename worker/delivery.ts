/**
 * Sends letters through a gateway, concurrently, each with its own deadline. Outages are retried indefinitely; a letter
 * refused repeatedly is given up and shown to operators.
 */
import { reasonOf } from '../gateway/adapters/outage.ts';
import { claimRound } from '../gateway/delivery/claim-round.ts';
import { type Result, recordOutcome } from '../gateway/delivery/outcome.ts';
import { createPace } from '../gateway/delivery/pace.ts';
import { type Prepared, prepare } from '../gateway/delivery/prepare.ts';
import type { Gateway, SendOutcome } from '../gateway/port.ts';
import { databaseTime } from '../store/db/database-time.ts';
import { pausedLanes } from '../store/messaging/gateway-states.ts';
import type { Audience, Lane, OutboxMessage } from '../store/messaging/outbox.ts';
import { type GatewayHealth, tendLetters } from './delivery-tending.ts';
import type { Log } from './log.ts';
import { backoffMs, pausesUntil } from './pause.ts';

const idleMs = 1000;
/** Deadline of the gateway per letter. */
const usualLetterMs = 30_000;
/** Longer, to include the work before and after. */
const leaseMsFor = (letterMs: number): number => 2 * letterMs + 60_000;
const usualFirstRetryMs = 5000;
/** After this many consecutive outages the gateway is considered unavailable, and the other letters wait. */
const outagesOfGateway = 3;
const usualPerSecond = 100;

export interface DeliveryOptions {
  audience: Audience;
  gateway: Gateway;
  log: Log;
  /** Called with the outcome of a letter that was handed over. */
  count(result: Result): void;
  stop: AbortSignal;
  perSecond?: number;
  /** Deadline of the gateway for one letter, in milliseconds. */
  letterMs?: number;
  leaseMs?: number;
  /** Pause before a retry, in milliseconds; increases with each attempt. */
  firstRetryMs?: number;
  /** Pauses before a gateway is queried for a letter with an unknown outcome. */
  askMs?: number;
  askAgainMs?: readonly number[];
  /** Interval between recovery rounds. */
  everyMs?: number;
}

/** Runs until the signal is aborted; letters being sent are finished first. */
export async function runDelivery(options: DeliveryOptions): Promise<void> {
  const health: GatewayHealth = {};
  const { leaseMs = leaseMsFor(options.letterMs ?? usualLetterMs), letterMs = usualLetterMs } = options;
  await Promise.all([
    sendLetters(options, leaseMs, health),
    tendLetters({ ...options, leaseMs, answerMs: letterMs }, health),
  ]);
}

async function sendLetters(options: DeliveryOptions, leaseMs: number, health: GatewayHealth): Promise<void> {
  const { audience, gateway, log, stop, count } = options;
  const pauses = pausesUntil(stop);
  const pace = createPace(options.perSecond ?? usualPerSecond);
  const underWay: Record<Lane, number> = { urgent: 0, service: 0, marketing: 0 };
  const work = new Set<Promise<void>>();
  const lastFacility = new Map<Lane, string>();
  let outages = 0;

  const settle = (letter: OutboxMessage, { result, reason }: Settled): void => {
    count(result);
    outages = result === 'unreached' ? outages + 1 : 0;
    if (outages < outagesOfGateway) delete health.away;
    else health.away = reason ?? '';
    if (result === 'failed') log.error({ letter: letter._id, gateway: gateway.name }, 'A letter was given up');
  };
  const track = (letter: OutboxMessage, sending: Promise<Settled | undefined>): void => {
    underWay[letter.lane] += 1;
    const one = sending
      .then((settled) => settled && settle(letter, settled))
      .catch((error: unknown) => log.warn({ reason: reasonOf(error) }, 'The outcome of a letter cannot be written'))
      .then(() => {
        underWay[letter.lane] -= 1;
        work.delete(one);
      });
    work.add(one);
  };

  while (!stop.aborted) {
    try {
      const isAway = outages >= outagesOfGateway;
      // A single letter probes whether it is available again.
      if (isAway && work.size > 0) {
        await Promise.race(work);
        continue;
      }
      if (isAway) await pauses.pause(backoffMs(outages - outagesOfGateway));
      if (stop.aborted) break;
      const letters = await claimRound({
        audience,
        leaseMs,
        paused: await pausedLanes(audience),
        underWay,
        most: isAway ? 1 : pace.available(),
        lastFacility,
      });
      if (letters.length === 0) {
        await Promise.race([pauses.pause(idleMs), ...work]);
        continue;
      }
      pace.take(letters.length);
      for (const batch of inBatches(letters, gateway.batchSize)) sendBatch(batch, leaseMs, options, track);
    } catch (error) {
      log.warn({ reason: reasonOf(error) }, 'Letters cannot be read; retrying');
      await pauses.pause(2 * idleMs);
    }
  }
  await Promise.all(work);
}

interface Settled {
  result: Result;
  reason?: string;
}

type Track = (letter: OutboxMessage, sending: Promise<Settled | undefined>) => void;

function sendBatch(letters: OutboxMessage[], leaseMs: number, options: DeliveryOptions, track: Track): void {
  const { gateway } = options;
  const sent = databaseTime().then(async (now) => {
    const prepared = await Promise.all(letters.map((letter) => prepare(letter, gateway, now.getTime(), leaseMs)));
    const ready = prepared.filter((one) => one !== undefined);
    const deadline = AbortSignal.timeout(options.letterMs ?? usualLetterMs);
    const outcomes = gateway.send(
      ready.map(({ parcel }) => parcel),
      deadline,
    );
    return new Map(ready.map((one, index) => [one.letter._id, { one, outcome: within(outcomes[index], deadline) }]));
  });
  for (const letter of letters)
    track(
      letter,
      sent.then((all) => record(all.get(letter._id), options)),
    );
}

async function record(
  sent: { one: Prepared; outcome: Promise<SendOutcome> } | undefined,
  { firstRetryMs = usualFirstRetryMs, askMs }: DeliveryOptions,
): Promise<Settled | undefined> {
  if (!sent) return undefined;
  const outcome = await sent.outcome;
  const result = await recordOutcome(sent.one, outcome, { firstRetryMs, ...(askMs !== undefined && { askMs }) });
  return { result, ...('reason' in outcome && { reason: outcome.reason }) };
}

/** After the deadline the outcome is unknown. */
function within(outcome: Promise<SendOutcome> | undefined, deadline: AbortSignal): Promise<SendOutcome> {
  const isOver = new Promise<SendOutcome>((resolve) => {
    const over = () => resolve({ kind: 'unknown', reason: 'No answer in time.' });
    if (deadline.aborted) over();
    else deadline.addEventListener('abort', over, { once: true });
  });
  return outcome ? Promise.race([outcome, isOver]) : isOver;
}

function inBatches<T>(items: T[], size: number): T[][] {
  const batches: T[][] = [];
  for (let from = 0; from < items.length; from += size) batches.push(items.slice(from, from + size));
  return batches;
}
