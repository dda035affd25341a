/** Delivery receipts of letters: idempotent and order-independent; "delivered" is final. */
import type { QueryFilter } from 'mongoose';
import { databaseTime } from '../db/database-time.ts';
import { type OutboxMessage, OutboxModel } from './outbox.ts';

export interface LetterReceipt {
  mark?: string;
  providerId?: string;
  delivered: boolean;
  code?: string;
}

/** @returns the letter; null when it is unknown */
export async function applyReceipt({
  mark,
  providerId,
  delivered,
  code,
}: LetterReceipt): Promise<OutboxMessage | null> {
  const known: QueryFilter<OutboxMessage> | undefined =
    mark !== undefined ? { mark } : providerId !== undefined ? { providerId } : undefined;
  const letter = known ? await OutboxModel.findOne(known).lean<OutboxMessage>() : null;
  if (!letter?.handedAt) return null;
  const now = (await databaseTime()).toISOString();
  const { _id } = letter;
  const settled = { claim: '', leaseUntil: '', error: '', reason: '' } as const;
  if (delivered)
    await OutboxModel.updateOne(
      { _id, status: { $in: ['sending', 'unknown', 'sent', 'failed'] } },
      {
        $set: { status: 'delivered', deliveredAt: now, ...(providerId !== undefined && { providerId }) },
        $unset: { ...settled, endedAt: '' },
      },
    );
  else
    await OutboxModel.updateOne(
      { _id, status: { $in: ['sending', 'unknown', 'sent'] } },
      {
        $set: { status: 'failed', reason: 'not-delivered', error: code ?? 'unknown', endedAt: now },
        $unset: { claim: '', leaseUntil: '' },
      },
    );
  return letter;
}
