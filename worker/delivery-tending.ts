/** Looks after letters that nobody sends any more: those whose sender has died, and those of which nobody knows whether they are out. */
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
  /** Why it is away; absent: it takes letters. */
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
    await noteGateway(audience, gateway.name, health.away);
    const released = await releaseExpiredClaims();
    if (released.unknown > 0) log.warn(released, 'Senders died with letters in hand; their gateway is asked for them');
    while (!stop.aborted && (await askForUnknown(tending)) !== undefined);
  };
  await repeatRounds(round, {
    everyMs: tending.everyMs ?? usualEveryMs,
    log,
    onFailure: 'Cannot look after letters; trying again',
    stop,
  });
}
