/** Refunds of a case, for other processes. */
import { listRefunds } from '../../../store/processes/refund/refunds.ts';
import type { RefundView } from './schemas.ts';

export type RefundInShort = Pick<RefundView, 'id' | 'status' | 'amountCents' | 'paidCents'>;

/** For readers of the case. Newest first, at most 50. */
export async function refundsOfCase(caseNumber: string): Promise<RefundInShort[]> {
  const rows = await listRefunds({ caseNumber, access: { all: undefined, sources: [] }, limit: 50 });
  return rows.map(({ _id, status, amountCents, paidCents }) => ({ id: _id, status, amountCents, paidCents }));
}
