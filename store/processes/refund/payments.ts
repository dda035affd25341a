/**
 * What patients paid, and what of it is given back (docs/domain.md#refund-and-compensation): a payment is never refunded twice, never beyond what was
 * paid. Each act is one conditional update of one document, so of two at once exactly one succeeds.
 */
import mongoose from 'mongoose';
import { anyJson, rowSchema } from '../../db/schema.ts';

export interface PaymentRefund {
  refundId: string;
  amountCents: number;
  status: 'reserved' | 'paid' | 'released';
  /** The job that reserved it; a late repeat of that job does not reserve again what was released since. */
  requestKey?: string;
  at: string;
}

export interface Payment {
  _id: string;
  facility: string;
  /** What was bought, without names. */
  item: string;
  method: 'cash' | 'card' | 'transfer';
  paidAt: string;
  paidCents: number;
  /** Not yet reserved or given back. */
  remainingCents: number;
  /** The refund that holds this payment, reserved or paid. */
  activeRefund: string | null;
  refunds: PaymentRefund[];
}

const schema = rowSchema<Payment>({
  facility: String,
  item: String,
  method: String,
  paidAt: String,
  paidCents: Number,
  remainingCents: Number,
  activeRefund: { type: String, default: null },
  refunds: anyJson,
});
schema.index({ facility: 1, activeRefund: 1, _id: 1 });
schema.index({ activeRefund: 1 });

export const PaymentModel = mongoose.model<Payment>('payments', schema, 'payments');

export async function findPayment(id: string): Promise<Payment | null> {
  return PaymentModel.findById(id).lean<Payment>();
}

export interface PaymentSearch {
  facilities?: string[];
  /** Only those no refund holds, or only those one holds. */
  refundable?: boolean;
  /** Ids above this one. */
  after?: string;
  limit: number;
}

/** By id. */
export async function listPayments(search: PaymentSearch): Promise<Payment[]> {
  return PaymentModel.find({
    ...(search.facilities && { facility: { $in: search.facilities } }),
    ...(search.refundable !== undefined && { activeRefund: search.refundable ? null : { $ne: null } }),
    ...(search.after && { _id: { $gt: search.after } }),
  })
    .sort({ _id: 1 })
    .limit(search.limit)
    .lean<Payment[]>();
}

/** How many payments a facility has, and how many of them no refund holds. */
export async function countRefundable(facility: string): Promise<{ total: number; refundable: number }> {
  const [total, refundable] = await Promise.all([
    PaymentModel.countDocuments({ facility }),
    PaymentModel.countDocuments({ facility, activeRefund: null }),
  ]);
  return { total, refundable };
}

/** Enters a payment once; a repeat changes nothing. */
export async function savePayment(
  payment: Omit<Payment, 'remainingCents' | 'activeRefund' | 'refunds'>,
): Promise<void> {
  const { _id, ...fields } = payment;
  const fresh = { ...fields, remainingCents: payment.paidCents, activeRefund: null, refunds: [] };
  await PaymentModel.updateOne({ _id }, { $setOnInsert: fresh }, { upsert: true });
}

export interface RefundOf {
  paymentId: string;
  refundId: string;
  amountCents: number;
  /** ISO 8601. */
  at: string;
  requestKey?: string;
}

export type RefundRefusal = 'no-such-payment' | 'already-refunded' | 'more-than-paid' | 'not-reserved' | 'already-paid';

/** What became of it. `ok` also for a repeat. */
export type RefundResult<Code extends RefundRefusal> =
  | { ok: true; status: PaymentRefund['status']; remainingCents: number }
  | { ok: false; code: Code; message: string };

type Reserved = RefundResult<'no-such-payment' | 'already-refunded' | 'more-than-paid'>;

/**
 * Holds the amount for this refund. The same refund asking again gets the same answer.
 * @param refund `amountCents` is a whole number above zero
 */
export async function reserve(refund: RefundOf): Promise<Reserved> {
  const { paymentId, refundId, amountCents, at, requestKey } = refund;
  const entry: PaymentRefund = { refundId, amountCents, status: 'reserved', at, ...(requestKey && { requestKey }) };
  const reserved = await PaymentModel.findOneAndUpdate(
    {
      _id: paymentId,
      activeRefund: null,
      remainingCents: { $gte: amountCents },
      ...(requestKey && { 'refunds.requestKey': { $ne: requestKey } }),
    },
    { $set: { activeRefund: refundId }, $inc: { remainingCents: -amountCents }, $push: { refunds: entry } },
    { returnDocument: 'after' },
  ).lean<Payment>();
  if (reserved) return { ok: true, status: 'reserved', remainingCents: reserved.remainingCents };
  const payment = await findPayment(paymentId);
  if (!payment) return refused('no-such-payment', `There is no payment ${paymentId}.`);
  const repeat =
    payment.activeRefund === refundId
      ? payment.refunds.findLast((one) => one.refundId === refundId && one.status !== 'released')
      : payment.refunds.find((one) => requestKey !== undefined && one.requestKey === requestKey);
  if (repeat && repeat.amountCents === amountCents)
    return { ok: true, status: repeat.status, remainingCents: payment.remainingCents };
  if (payment.activeRefund !== null)
    return refused('already-refunded', `Payment ${paymentId} is held by refund ${payment.activeRefund} already.`);
  return refused('more-than-paid', `Of payment ${paymentId} ${payment.remainingCents} cents are left.`);
}

/** The payment this refund has reserved, while it is not paid. */
export async function findReservedBy(refundId: string): Promise<Payment | null> {
  return PaymentModel.findOne({
    activeRefund: refundId,
    refunds: { $elemMatch: { refundId, status: 'reserved' } },
  }).lean<Payment>();
}

/** Gives a reservation back; what is paid stays paid. */
export async function release(
  refund: Omit<RefundOf, 'amountCents' | 'requestKey'>,
): Promise<RefundResult<'no-such-payment' | 'already-paid'>> {
  const { paymentId, refundId, at } = refund;
  const payment = await findPayment(paymentId);
  if (!payment) return refused('no-such-payment', `There is no payment ${paymentId}.`);
  const held = payment.refunds.findLast((one) => one.refundId === refundId);
  if (!held || held.status === 'released')
    return { ok: true, status: 'released', remainingCents: payment.remainingCents };
  if (held.status === 'paid') return refused('already-paid', `Refund ${refundId} is paid; it cannot be released.`);
  const index = payment.refunds.lastIndexOf(held);
  const released = await PaymentModel.findOneAndUpdate(
    { _id: paymentId, activeRefund: refundId, [`refunds.${index}.status`]: 'reserved' },
    {
      $set: { activeRefund: null, [`refunds.${index}.status`]: 'released', [`refunds.${index}.at`]: at },
      $inc: { remainingCents: held.amountCents },
    },
    { returnDocument: 'after' },
  ).lean<Payment>();
  // Somebody else was quicker: look again, it is released or paid now.
  return released ? { ok: true, status: 'released', remainingCents: released.remainingCents } : release(refund);
}

/** Marks the reserved amount as given back, once. */
export async function pay(
  refund: Omit<RefundOf, 'requestKey'>,
): Promise<RefundResult<'no-such-payment' | 'not-reserved'>> {
  const { paymentId, refundId, amountCents, at } = refund;
  const paid = await PaymentModel.findOneAndUpdate(
    {
      _id: paymentId,
      activeRefund: refundId,
      refunds: { $elemMatch: { refundId, status: 'reserved', amountCents } },
    },
    { $set: { 'refunds.$.status': 'paid', 'refunds.$.at': at } },
    { returnDocument: 'after' },
  ).lean<Payment>();
  if (paid) return { ok: true, status: 'paid', remainingCents: paid.remainingCents };
  const payment = await findPayment(paymentId);
  if (!payment) return refused('no-such-payment', `There is no payment ${paymentId}.`);
  const held = payment.refunds.findLast((one) => one.refundId === refundId);
  if (held?.status === 'paid' && held.amountCents === amountCents)
    return { ok: true, status: 'paid', remainingCents: payment.remainingCents };
  return refused('not-reserved', `Refund ${refundId} holds no reservation of ${amountCents} cents on ${paymentId}.`);
}

const refused = <Code extends RefundRefusal>(code: Code, message: string) => ({ ok: false as const, code, message });
