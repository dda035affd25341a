/** Sends what stands in the outbox through the gateway, one after the other, again after a failure; an outage is waited out. */
import type { Gateway } from '../activities/gateways/gateway.ts';
import { claimDue, markFailed, markSent } from '../store/messaging/outbox.ts';
import { findFacility } from '../store/organisation/facilities.ts';
import type { Log } from './log.ts';
import { type Pauses, pausesUntil } from './pause.ts';

const idleMs = 1000;
const firstRetryMs = 5000;
const maxRetryMs = 3_600_000;
const maxAttempts = 12;

export interface OutboxCounts {
  sent(): void;
  failed(): void;
}

/** Runs until the signal is aborted; a message being sent is finished first. */
export async function runOutbox(gateway: Gateway, log: Log, counts: OutboxCounts, stop: AbortSignal): Promise<void> {
  const pauses = pausesUntil(stop);
  while (!stop.aborted) {
    try {
      if (!(await sendNext(gateway, log, counts))) await pauses.pause(idleMs);
    } catch (error) {
      await afterOutage(error, log, pauses);
    }
  }
}

async function sendNext(gateway: Gateway, log: Log, counts: OutboxCounts): Promise<boolean> {
  const now = new Date().toISOString();
  const message = await claimDue(now);
  if (!message) return false;
  const { _id: id, facility, to, channel, template, subject, body, data, createdAt, attempts } = message;
  try {
    const letter = {
      id,
      facility,
      to,
      channel,
      subject,
      body,
      createdAt,
      zone: (await findFacility(facility))?.zone ?? 'UTC',
      ...(template && { template }),
      ...(data && { data }),
    };
    const { receipt } = await gateway.send(letter);
    await markSent(id, new Date().toISOString(), receipt);
    counts.sent();
  } catch (error) {
    const delay = Math.min(maxRetryMs, firstRetryMs * 2 ** (attempts - 1));
    const retryAt = attempts < maxAttempts ? new Date(Date.now() + delay).toISOString() : undefined;
    const reason = error instanceof Error ? error.message : String(error);
    log.warn({ message: id, gateway: gateway.name, attempts, retryAt, reason }, 'A message could not be sent');
    counts.failed();
    await markFailed(id, reason, retryAt);
  }
  return true;
}

async function afterOutage(error: unknown, log: Log, pauses: Pauses): Promise<void> {
  log.warn(
    { reason: error instanceof Error ? error.message : String(error) },
    'The outbox cannot be read; trying again',
  );
  await pauses.pause(2 * idleMs);
}
