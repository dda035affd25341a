/** How the store keeps refunds and the payments they draw on. */
import { type Collection, replaceNewer } from '../../runtime/row-writing.ts';
import type { ProcessStore } from '../process-store.ts';
import { PaymentModel } from './payments.ts';
import { RefundModel } from './refunds.ts';

export const refundStore: ProcessStore = {
  process: 'refund',
  models: [RefundModel, PaymentModel],
  write: async (row) => (await replaceNewer(RefundModel.collection as unknown as Collection, [row])).length === 0,
  async endedOutside(refundId, endedAt) {
    await RefundModel.updateOne(
      { _id: refundId, status: { $ne: 'paid' } },
      { $set: { status: 'ended', updatedAt: endedAt }, $max: { seq: Date.parse(endedAt) + 1 } },
    );
  },
};
