/**
 * Payments of patients and what of them is refunded (docs/domain.md#refund-and-compensation): several refunds may draw
 * on a payment, all of its patient, and together never beyond its amount. Each act is one conditional update of one
 * document, so that concurrent acts succeed only if both fit.
 */
import mongoose, { type QueryFilter } from 'mongoose';
import { anyJson, insertOnce, rowSchema } from '../../db/schema.ts';

export interface PaymentRefund {
  /** Business key of the refund. */
  refundId: string;
  /** Workflow id of the refund that holds the reservation. */
  instance: string;
  /** Start time of that instance: a workflow id can be reused, and each run reserves for itself. */
  startedAt?: string;
  /** Workflow id of the case that called the refund. */
  caller?: string;
  /** Key of the patient it is paid back to (`patientOfCase`); absent: no case names one. */
  patient?: string;
  amountCents: number;
  status: 'reserved' | 'paid' | 'released';
  /** The job that reserved it: its late repeat must not reserve again what was released since. */
  requestKey?: string;
  /** When it was reserved. */
  reservedAt: string;
  at: string;
}

export interface Payment {
  _id: string;
  facility: string;
  /** Record number of the patient who paid. */
  patient?: string;
  /** Description without names. */
  item: string;
  method: 'cash' | 'card' | 'transfer';
  paidAt: string;
  paidCents: number;
  /** Not reserved or refunded yet. */
  remainingCents: number;
  refunds: PaymentRefund[];
}

const schema = rowSchema<Payment>({
  facility: String,
  patient: String,
  item: String,
  method: String,
  paidAt: String,
  paidCents: Number,
  remainingCents: Number,
  refunds: anyJson,
});
schema.index({ facility: 1, _id: 1 });
schema.index({ 'refunds.instance': 1 });
schema.index({ 'refunds.caller': 1 });

export const PaymentModel = mongoose.model<Payment>('payments', schema, 'payments');

export async function findPayment(id: string): Promise<Payment | null> {
  return PaymentModel.findById(id).lean<Payment>();
}

/** Reserved or paid, so it draws on the payment. */
const drawing = { status: { $in: ['reserved', 'paid'] } };
const drawsOn = ({ status }: PaymentRefund): boolean => status !== 'released';

/** The refund that has drawn on it last. */
export const activeRefundOf = ({ refunds }: Payment): string | null => refunds.findLast(drawsOn)?.refundId ?? null;

export interface PaymentSearch {
  facilities?: string[];
  /** Only payments without a refund, or only those with one. */
  refundable?: boolean;
  /** Record number of the patient who paid. */
  patient?: string;
  /** Ids above this one. */
  after?: string;
  limit: number;
}

/** By id. */
export async function listPayments(search: PaymentSearch): Promise<Payment[]> {
  return PaymentModel.find({
    ...(search.facilities && { facility: { $in: search.facilities } }),
    ...(search.refundable !== undefined && untouched(search.refundable)),
    ...(search.patient !== undefined && { patient: search.patient }),
    ...(search.after && { _id: { $gt: search.after } }),
  })
    .sort({ _id: 1 })
    .limit(search.limit)
    .lean<Payment[]>();
}

const untouched = (is: boolean): QueryFilter<Payment> => {
  const drawn = { refunds: { $elemMatch: drawing } };
  return is ? { $nor: [drawn] } : drawn;
};

/** Number of payments of a facility, and of those without a refund. */
export async function countRefundable(facility: string): Promise<{ total: number; refundable: number }> {
  const [total, refundable] = await Promise.all([
    PaymentModel.countDocuments({ facility }),
    PaymentModel.countDocuments({ facility, ...untouched(true) }),
  ]);
  return { total, refundable };
}

/**
 * Inserts a payment once; a repeat changes nothing.
 * @returns false when the id is taken by another payment (facility, patient or amount differ), which is left unchanged
 */
export async function savePayment(payment: Omit<Payment, 'remainingCents' | 'refunds'>): Promise<boolean> {
  const { _id, facility, patient = null, paidCents } = payment;
  if (await insertOnce(PaymentModel, { ...payment, remainingCents: paidCents, refunds: [] })) return true;
  return (await PaymentModel.exists({ _id, facility, patient, paidCents } as QueryFilter<Payment>)) !== null;
}

/** The requesting refund, identified by workflow id and start time. */
export interface RefundSubject {
  instance: string;
  /** ISO 8601, process time. */
  startedAt?: string;
  facility: string;
  /** ISO 8601, process time. */
  at: string;
}

export interface Reservation extends RefundSubject {
  paymentId: string;
  /** Business key of the refund. */
  refundId: string;
  caller?: string;
  patient?: { key: string; recordNumber?: string };
  amountCents: number;
  requestKey?: string;
}

export type RefundRefusal =
  | 'no-such-payment'
  | 'other-patient'
  | 'already-refunded'
  | 'more-than-paid'
  | 'not-reserved';

/** The outcome; `ok` also for a repeat. */
export type RefundResult<Code extends RefundRefusal> =
  | { ok: true; status: PaymentRefund['status']; remainingCents: number }
  | { ok: false; code: Code; message: string };

type Reserved = RefundResult<Exclude<RefundRefusal, 'not-reserved'>>;

/**
 * Reserves the amount for this refund. Idempotent.
 * @param refund `amountCents` is a positive integer
 */
export async function reserve(refund: Reservation): Promise<Reserved> {
  const { paymentId, facility, amountCents, patient } = refund;
  const reserved = await PaymentModel.findOneAndUpdate(
    {
      _id: paymentId,
      facility,
      remainingCents: { $gte: amountCents },
      ...(patient?.recordNumber !== undefined && { patient: { $in: [patient.recordNumber, null] } }),
      $nor: [
        { refunds: { $elemMatch: { ...lifeOf(refund), ...drawing } } },
        ...(patient ? [{ refunds: { $elemMatch: { patient: { $nin: [patient.key, null] }, ...drawing } } }] : []),
        ...(refund.requestKey ? [{ refunds: { $elemMatch: { requestKey: refund.requestKey } } }] : []),
      ],
    } as QueryFilter<Payment>,
    { $inc: { remainingCents: -amountCents }, $push: { refunds: entryOf(refund) } },
    { returnDocument: 'after' },
  ).lean<Payment>();
  if (reserved) return { ok: true, status: 'reserved', remainingCents: reserved.remainingCents };
  return whyNotReserved(refund);
}

function entryOf(refund: Reservation): PaymentRefund {
  const { refundId, instance, startedAt, caller, patient, amountCents, requestKey, at } = refund;
  return {
    refundId,
    instance,
    ...(startedAt !== undefined && { startedAt }),
    ...(caller !== undefined && { caller }),
    ...(patient && { patient: patient.key }),
    amountCents,
    status: 'reserved',
    ...(requestKey !== undefined && { requestKey }),
    reservedAt: at,
    at,
  };
}

async function whyNotReserved(refund: Reservation): Promise<Reserved> {
  const { paymentId, facility, amountCents, patient, requestKey } = refund;
  const payment = await findPayment(paymentId);
  if (!payment || payment.facility !== facility)
    return refused('no-such-payment', `There is no payment ${paymentId} at ${facility}.`);
  const own = payment.refunds.findLast((one) => isOf(refund, one) && drawsOn(one));
  const repeat = own ?? payment.refunds.find((one) => requestKey !== undefined && one.requestKey === requestKey);
  if (repeat?.amountCents === amountCents)
    return { ok: true, status: repeat.status, remainingCents: payment.remainingCents };
  if (own)
    return refused(
      'already-refunded',
      `This refund draws on payment ${paymentId} already, with ${own.amountCents} cents.`,
    );
  const others = payment.refunds.some(
    (one) => drawsOn(one) && one.patient !== undefined && one.patient !== patient?.key,
  );
  const isPayer = patient?.recordNumber === undefined || [patient.recordNumber, undefined].includes(payment.patient);
  if (patient && (others || !isPayer))
    return refused('other-patient', `Payment ${paymentId} belongs to another patient than this case.`);
  if (payment.remainingCents === 0) return refused('already-refunded', `Nothing is left of payment ${paymentId}.`);
  return refused('more-than-paid', `Of payment ${paymentId} ${payment.remainingCents} cents are left.`);
}

export interface HeldReservation extends PaymentRefund {
  paymentId: string;
}

type Life = Pick<RefundSubject, 'instance' | 'startedAt'>;

const lifeOf = ({ instance, startedAt }: Life) => ({ instance, startedAt: startedAt ?? { $exists: false } });

export const isOf = ({ instance, startedAt }: Life, one: Life): boolean =>
  one.instance === instance && one.startedAt === startedAt;

/** What this run of the refund draws on payments: reserved and paid. */
export async function findDrawnBy(refund: Omit<RefundSubject, 'at'>): Promise<HeldReservation[]> {
  return (await drawnInAllLives(refund)).filter((one) => isOf(refund, one));
}

async function drawnInAllLives({ instance, facility }: Omit<RefundSubject, 'at'>): Promise<HeldReservation[]> {
  const payments = await PaymentModel.find({ facility, 'refunds.instance': instance }).lean<Payment[]>();
  return drawnOf(payments).filter((one) => one.instance === instance);
}

/** What all refunds of a case draw on payments. */
export async function findDrawnForCase(caller: string, facility: string): Promise<HeldReservation[]> {
  return drawnOf(await PaymentModel.find({ facility, 'refunds.caller': caller }).lean<Payment[]>()).filter(
    (one) => one.caller === caller,
  );
}

const drawnOf = (payments: Payment[]): HeldReservation[] =>
  payments.flatMap(({ _id, refunds }) => refunds.filter(drawsOn).map((one) => ({ ...one, paymentId: _id })));

/** Releases the reservations of this refund, or of the refunds of this case; paid amounts stay paid. Idempotent. */
export async function releaseHeld(refund: RefundSubject): Promise<void> {
  const { instance, facility, at } = refund;
  await release([...(await findDrawnBy(refund)), ...(await findDrawnForCase(instance, facility))], facility, at);
}

/** Releases reservations left by earlier runs of this refund that ended without doing so. */
export async function releaseEarlierLives(refund: RefundSubject): Promise<void> {
  const { startedAt = '', facility, at } = refund;
  const held = await drawnInAllLives(refund);
  await release(
    held.filter((one) => (one.startedAt ?? '') < startedAt),
    facility,
    at,
  );
}

async function release(held: HeldReservation[], facility: string, at: string): Promise<void> {
  for (const { paymentId, ...one } of held)
    if (one.status === 'reserved')
      await PaymentModel.updateOne(
        { _id: paymentId, facility, refunds: { $elemMatch: exactly(one) } },
        { $set: { 'refunds.$.status': 'released', 'refunds.$.at': at }, $inc: { remainingCents: one.amountCents } },
      );
}

const exactly = (refund: PaymentRefund) => ({
  ...lifeOf(refund),
  amountCents: refund.amountCents,
  reservedAt: refund.reservedAt,
  status: 'reserved' as const,
});

/** Marks a reservation as paid, once. */
export async function pay(held: HeldReservation, at: string): Promise<RefundResult<'not-reserved'>> {
  const { paymentId, amountCents } = held;
  const paid = await PaymentModel.findOneAndUpdate(
    { _id: paymentId, refunds: { $elemMatch: exactly(held) } },
    { $set: { 'refunds.$.status': 'paid', 'refunds.$.at': at } },
    { returnDocument: 'after' },
  ).lean<Payment>();
  const payment = paid ?? (await findPayment(paymentId));
  const isPaid = payment?.refunds.some(
    (one) => isOf(held, one) && one.status === 'paid' && one.amountCents === amountCents,
  );
  if (payment && isPaid) return { ok: true, status: 'paid', remainingCents: payment.remainingCents };
  return refused('not-reserved', `Payment ${paymentId} no longer has a reservation.`);
}

const refused = <Code extends RefundRefusal>(code: Code, message: string) => ({ ok: false as const, code, message });
