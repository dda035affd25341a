/**
 * Resolves letters with an unknown outcome by querying the gateway for our id. A letter the gateway has never received
 * is resent once; a marketing letter never.
 */

import type { Audience, OutboxMessage } from '../../store/messaging/outbox.ts';
import { claimUnknown } from '../../store/messaging/outbox-claims.ts';
import { type Answer, answerUnknown } from '../../store/messaging/outbox-outcomes.ts';
import type { Gateway, QueryOutcome } from '../port.ts';
import { handedOf } from './handed.ts';

/** Interval between two queries: gateways list letters with a delay. */
const askAgainMs = [60_000, 300_000, 900_000];
const maxRepeats = 1;

export interface Asking {
  audience: Audience;
  gateway: Gateway;
  leaseMs: number;
  answerMs: number;
  /** Overrides the intervals (tests). */
  askAgainMs?: readonly number[];
}

/** @returns the result for the letter waiting longest; undefined when there is none to query */
export async function askForUnknown(asking: Asking): Promise<Answer['is'] | undefined> {
  const letter = await claimUnknown(asking.audience, asking.gateway.name, asking.leaseMs);
  if (!letter) return undefined;
  const outcome = await asking.gateway.query(handedOf(letter), AbortSignal.timeout(asking.answerMs));
  const answer = answerOf(letter, outcome, asking.askAgainMs ?? askAgainMs);
  await answerUnknown(letter, answer);
  return answer.is;
}

function answerOf(letter: OutboxMessage, outcome: QueryOutcome, pauses: readonly number[]): Answer {
  switch (outcome.kind) {
    case 'accepted':
      return { is: 'sent', providerId: outcome.providerId };
    case 'delivered':
      return { is: 'delivered', providerId: outcome.providerId };
    case 'failed':
      return { is: 'failed', reason: 'refused', error: `${outcome.code}: ${outcome.message}` };
    case 'unknown':
      return { is: 'open', error: outcome.reason, askInMs: pauses[0] ?? 0, asked: false };
    case 'missing': {
      const askInMs = pauses[letter.asked ?? 0];
      if (askInMs !== undefined) return { is: 'open', error: 'missing', askInMs, asked: true };
      if (letter.lane !== 'marketing' && (letter.repeats ?? 0) < maxRepeats) return { is: 'repeat' };
      return { is: 'failed', reason: 'unresolved', error: 'missing' };
    }
  }
}
