/**
 * Sends what stands in the outbox through the gateway, several letters at a time and each with a deadline of its own, so that a slow one holds
 * up no others. An outage is waited out however long it takes; a letter that is refused again and again is given up and shown to people.
 */
import type { Gateway } from '../activities/gateways/gateway.ts';
import { isOutage } from '../activities/gateways/outage.ts';
import { isUnavailable } from '../store/db/availability.ts';
import { claimDue, markRefused, markSent, markUnreached, type OutboxMessage } from '../store/messaging/outbox.ts';
import { findFacility } from '../store/organisation/facilities.ts';
import type { Log } from './log.ts';
import { backoffMs, pausesUntil } from './pause.ts';

const idleMs = 1000;
const atATime = 8;
/** Less than the lease of a letter. */
const letterMs = 30_000;
const firstRetryMs = 5000;
const maxRefusedRetryMs = 3_600_000;
const maxUnreachedRetryMs = 300_000;
const maxAttempts = 12;
/** So many outages in a row are the gateway's, not one letter's: the others wait with it. */
const outagesOfGateway = 3;

export interface OutboxCounts {
  sent(): void;
  failed(): void;
}

export interface OutboxOptions {
  gateway: Gateway;
  log: Log;
  counts: OutboxCounts;
  stop: AbortSignal;
  /** How long the gateway has for one letter, in milliseconds. */
  letterMs?: number;
  /** The pause before a letter is tried again, in milliseconds; it grows with each try. */
  firstRetryMs?: number;
}

/** Runs until the signal is aborted; letters being sent are finished first. */
export async function runOutbox(options: OutboxOptions): Promise<void> {
  const { log, stop } = options;
  const pauses = pausesUntil(stop);
  const underWay = new Set<Promise<void>>();
  let outages = 0;
  while (!stop.aborted) {
    try {
      const isAway = outages >= outagesOfGateway;
      if (underWay.size >= (isAway ? 1 : atATime)) {
        await Promise.race(underWay);
        continue;
      }
      if (isAway) await pauses.pause(backoffMs(outages - outagesOfGateway));
      const letter = stop.aborted ? null : await claimDue();
      if (!letter) {
        await pauses.pause(idleMs);
        continue;
      }
      const work = send(letter, options)
        .then((result) => {
          outages = result === 'unreached' ? outages + 1 : 0;
        })
        .catch((error: unknown) => log.warn({ reason: reasonOf(error) }, 'The outbox cannot be written'))
        .finally(() => underWay.delete(work));
      underWay.add(work);
    } catch (error) {
      log.warn({ reason: reasonOf(error) }, 'The outbox cannot be read; trying again');
      await pauses.pause(2 * idleMs);
    }
  }
  await Promise.all(underWay);
}

async function send(letter: OutboxMessage, options: OutboxOptions): Promise<'sent' | 'unreached' | 'refused'> {
  const { gateway, log, counts } = options;
  const { _id: id, attempts, outages = 0 } = letter;
  const first = options.firstRetryMs ?? firstRetryMs;
  let receipt: string;
  try {
    receipt = await handOver(letter, gateway, options.letterMs ?? letterMs);
  } catch (error) {
    const reason = reasonOf(error);
    if (isOutage(error) || isUnavailable(error)) {
      await markUnreached(letter, reason, Math.min(maxUnreachedRetryMs, first * 2 ** Math.min(outages, 20)));
      log.warn({ message: id, gateway: gateway.name, outages: outages + 1, reason }, 'The gateway is away');
      return 'unreached';
    }
    const isGivenUp = attempts + 1 >= maxAttempts;
    await markRefused(letter, reason, isGivenUp ? undefined : Math.min(maxRefusedRetryMs, first * 2 ** attempts));
    const about = { message: id, gateway: gateway.name, attempts: attempts + 1, reason };
    if (isGivenUp) log.error(about, 'A letter is given up; see GET /api/letters?status=failed');
    else log.warn(about, 'A letter was refused');
    counts.failed();
    return 'refused';
  }
  if (await markSent(letter, receipt)) counts.sent();
  return 'sent';
}

/** @throws what the gateway threw, or that it took too long */
async function handOver(letter: OutboxMessage, gateway: Gateway, within: number): Promise<string> {
  const { _id: id, facility, to, channel, template, subject, body, data, createdAt } = letter;
  const deadline = AbortSignal.timeout(within);
  const isOver = new Promise<never>((_, reject) => {
    deadline.addEventListener('abort', () => reject(deadline.reason));
  });
  const sent = gateway.send(
    {
      id,
      facility,
      to,
      channel,
      subject,
      body,
      createdAt,
      zone: (await findFacility(facility))?.zone ?? 'UTC',
      ...(template !== undefined && { template }),
      ...(data && { data }),
    },
    deadline,
  );
  return (await Promise.race([sent, isOver])).receipt;
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
