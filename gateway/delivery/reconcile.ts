/** Queries the gateway for one sent letter without a receipt (store/messaging/reconciliations.ts). */
import { letterMark } from '../../store/messaging/outbox.ts';
import { claimWithoutReceipt, type Finding, type Night, recordFinding } from '../../store/messaging/reconciliations.ts';
import type { Gateway, QueryOutcome } from '../port.ts';
import { handedOf } from './handed.ts';

const findingOf: Record<QueryOutcome['kind'], Finding> = {
  accepted: 'open',
  delivered: 'delivered',
  failed: 'failed',
  missing: 'missing',
  unknown: 'unknown',
};

/** @returns what was found; undefined where no letter is left for tonight */
export async function reconcileOne(night: Night, gateway: Gateway, answerMs: number): Promise<Finding | undefined> {
  const letter = await claimWithoutReceipt(night, gateway.name);
  if (!letter) return undefined;
  const outcome = await gateway.query(handedOf(letter), AbortSignal.timeout(answerMs));
  const finding = findingOf[outcome.kind];
  const about = { ...letter, mark: letterMark(letter._id) };
  await recordFinding(night, about, finding, outcome.kind === 'failed' ? outcome.code : undefined);
  return finding;
}
