/** Which letters go next: urgent before service before marketing, the facilities of a lane in turn. */

import { type Audience, type Lane, lanes, type OutboxMessage } from '../../store/messaging/outbox.ts';
import { claimLetters, facilitiesQueued } from '../../store/messaging/outbox-claims.ts';

/** Letters of a lane that may be under way at once: none of them keeps those of another lane from going. */
const lanePlaces: Record<Lane, number> = { urgent: 16, service: 32, marketing: 32 };

export interface Round {
  audience: Audience;
  leaseMs: number;
  paused: readonly Lane[];
  underWay: Readonly<Record<Lane, number>>;
  /** How many may go in all. */
  most: number;
  /** Where the last round of a lane ended. */
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

/** Begins behind the one that was served last. */
export function inTurn(facilities: string[], last: string | undefined): string[] {
  const from = last === undefined ? 0 : facilities.findIndex((one) => one > last);
  return from <= 0 ? facilities : [...facilities.slice(from), ...facilities.slice(0, from)];
}
