/** Order of sending: urgent before service before marketing, and the facilities of a lane round-robin. */

import { type Audience, type Lane, lanes, type OutboxMessage } from '../../store/messaging/outbox.ts';
import { claimLetters, facilitiesQueued } from '../../store/messaging/outbox-claims.ts';

/** Concurrent letters per lane, so that no lane blocks another. */
const lanePlaces: Record<Lane, number> = { urgent: 16, service: 32, marketing: 32 };

export interface Round {
  audience: Audience;
  leaseMs: number;
  paused: readonly Lane[];
  underWay: Readonly<Record<Lane, number>>;
  /** Total limit. */
  most: number;
  /** Last facility served, by lane. */
  lastFacility: Map<Lane, string>;
}

export async function claimRound(round: Round): Promise<OutboxMessage[]> {
  const { audience, leaseMs, paused, underWay, lastFacility } = round;
  const claimed: OutboxMessage[] = [];
  for (const lane of lanes) {
    if (paused.includes(lane)) continue;
    let free = Math.min(lanePlaces[lane] - underWay[lane], round.most - claimed.length);
    if (free <= 0) continue;
    const facilities = inTurn(await facilitiesQueued(audience, lane), lastFacility.get(lane));
    for (const [index, facility] of facilities.entries()) {
      const limit = Math.ceil(free / (facilities.length - index));
      if (limit <= 0) break;
      const letters = await claimLetters({ audience, lane, facility, limit, leaseMs });
      if (letters.length > 0) lastFacility.set(lane, facility);
      claimed.push(...letters);
      free -= letters.length;
    }
  }
  return claimed;
}

/** Starts after the facility served last. */
export function inTurn(facilities: string[], last: string | undefined): string[] {
  const from = last === undefined ? 0 : facilities.findIndex((one) => one > last);
  return from <= 0 ? facilities : [...facilities.slice(from), ...facilities.slice(0, from)];
}
