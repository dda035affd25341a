/** Maps the response of a gateway to the next state of a letter. */
import { pauseLane } from '../../store/messaging/gateway-states.ts';
import { endLetter, markSent, markUnknown, postpone } from '../../store/messaging/outbox-outcomes.ts';
import { optOut } from '../../store/patients/contacts.ts';
import type { SendOutcome } from '../port.ts';
import { freeDay, type Prepared } from './prepare.ts';

/** `held`: the lane is paused and the letter waits with it. */
export type Result = 'sent' | 'unreached' | 'unknown' | 'refused' | 'failed' | 'held';

const maxAttempts = 12;
const maxUnreachedMs = 300_000;
const maxRefusedMs = 3_600_000;
/** Gateways list a letter some time after accepting it. */
const firstAskMs = 30_000;

export async function recordOutcome(
  prepared: Prepared,
  outcome: SendOutcome,
  { firstRetryMs, askMs = firstAskMs }: { firstRetryMs: number; askMs?: number },
): Promise<Result> {
  const { letter } = prepared;
  switch (outcome.kind) {
    case 'accepted':
      await markSent(letter, outcome.providerId);
      return 'sent';
    case 'unknown':
      await markUnknown(letter, outcome.reason, askMs);
      return 'unknown';
    case 'unreached': {
      const inMs = Math.min(maxUnreachedMs, firstRetryMs * 2 ** Math.min(letter.outages ?? 0, 20));
      await freeDay(prepared);
      await postpone(letter, { error: outcome.reason, reason: 'gateway-away', counts: 'outage', inMs });
      return 'unreached';
    }
    case 'rejected':
      return refused(prepared, outcome, firstRetryMs);
  }
}

async function refused(
  prepared: Prepared,
  { code, message, retry, personRefuses }: Extract<SendOutcome, { kind: 'rejected' }>,
  firstRetryMs: number,
): Promise<Result> {
  const { letter } = prepared;
  const error = `${code}: ${message}`;
  await freeDay(prepared);
  if (retry === 'pause-lane') {
    await pauseLane(letter.audience, letter.lane, code, message);
    await postpone(letter, { error, reason: 'lane-paused', inMs: firstRetryMs });
    return 'held';
  }
  if (personRefuses && letter.patient !== undefined) await optOut(letter.patient, new Date().toISOString(), 'gateway');
  if (retry === 'never' || letter.attempts + 1 >= maxAttempts) {
    await endLetter(letter, {
      status: 'failed',
      reason: retry === 'never' ? 'refused' : 'too-often',
      error,
      refused: true,
    });
    return 'failed';
  }
  const inMs = Math.max(retry.afterMs, Math.min(maxRefusedMs, firstRetryMs * 2 ** letter.attempts));
  await postpone(letter, { error, reason: 'refused-for-now', counts: 'attempt', inMs });
  return 'refused';
}
