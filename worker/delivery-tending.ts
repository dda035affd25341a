/** Recovers letters of crashed senders, and resolves those with an unknown outcome. */
import { askForUnknown } from '../gateway/delivery/ask.ts';
import type { Gateway } from '../gateway/port.ts';
import { noteGateway } from '../store/messaging/gateway-states.ts';
import type { Audience } from '../store/messaging/outbox.ts';
import { releaseExpiredClaims } from '../store/messaging/outbox-claims.ts';
import type { Log } from './log.ts';
import { repeatRounds } from './rounds.ts';

const usualEveryMs = 5000;

/** Shared with the sender of the same gateway. */
export interface GatewayHealth {
  /** Reason of its unavailability; absent: available. */
  away?: string;
}

export interface Tending {
  audience: Audience;
  gateway: Gateway;
  log: Log;
  stop: AbortSignal;
  leaseMs: number;
  answerMs: number;
  askAgainMs?: readonly number[];
  everyMs?: number;
}

export async function tendLetters(tending: Tending, health: GatewayHealth): Promise<void> {
  const { audience, gateway, log, stop } = tending;
  const round = async (): Promise<void> => {
    await noteGateway(audience, gateway, health.away);
    const released = await releaseExpiredClaims();
    if (released.unknown > 0) log.warn(released, 'Letters of crashed senders found; querying their gateway');
    while (!stop.aborted && (await askForUnknown(tending)) !== undefined);
  };
  await repeatRounds(round, {
    everyMs: tending.everyMs ?? usualEveryMs,
    log,
    onFailure: 'Cannot recover letters; retrying',
    stop,
  });
}
