import { expect, test } from 'vitest';
import {
  activeRefundOf,
  findDrawnBy,
  findDrawnForCase,
  findPayment,
  listPayments,
  type Payment,
  pay,
  type Reservation,
  releaseHeld,
  reserve,
  savePayment,
} from '../../../store/processes/refund/payments.ts';
import { useOwnDatabase } from './database.ts';

useOwnDatabase();

const at = '2026-11-22T08:00:00.000Z';
let serial = 0;

async function aPayment(paidCents: number, about: Partial<Payment> = {}): Promise<string> {
  const _id = `P${++serial}`;
  await savePayment({ _id, facility: 'BJ', item: '疗程', method: 'card', paidAt: at, paidCents, ...about });
  return _id;
}

const ofRefund = (id: string) => ({ refundId: id, instance: `refund/${id}`, facility: 'BJ', at });
const reserving = (paymentId: string, id: string, amountCents: number, about: Partial<Reservation> = {}) =>
  reserve({ ...ofRefund(id), paymentId, amountCents, ...about });

async function paying(id: string) {
  const [held] = await findDrawnBy(ofRefund(id));
  if (!held) throw new Error(`${id} holds nothing.`);
  return pay(held, at);
}

test('of twenty refunds of one payment at once as many get their share as fit', async () => {
  const paymentId = await aPayment(10_000);
  const results = await Promise.all(
    Array.from({ length: 20 }, (_, n) => reserving(paymentId, `${paymentId}-R${n}`, 3_000)),
  );
  expect(results.filter((result) => result.ok)).toHaveLength(3);
  expect(results.filter((result) => !result.ok && result.code === 'more-than-paid')).toHaveLength(17);
  expect(await findPayment(paymentId)).toMatchObject({ remainingCents: 1_000 });
});

test('a number is entered once: a repeat changes nothing, another payment under it is refused', async () => {
  const payment = {
    facility: 'BJ',
    patient: 'MR-9',
    item: '疗程',
    method: 'card' as const,
    paidAt: at,
    paidCents: 5_000,
  };
  const _id = await aPayment(5_000, payment);
  expect(await savePayment({ _id, ...payment })).toBe(true);
  for (const other of [{ patient: 'MR-2' }, { facility: 'SH' }, { paidCents: 9_000_000 }])
    expect(await savePayment({ _id, ...payment, ...other })).toBe(false);
  expect(await findPayment(_id)).toMatchObject({ ...payment, remainingCents: 5_000 });
});

test('two refunds may draw on one payment, and nothing is left then', async () => {
  const paymentId = await aPayment(5_000);
  expect(await reserving(paymentId, 'T1', 2_000)).toMatchObject({ ok: true, remainingCents: 3_000 });
  expect(await reserving(paymentId, 'T2', 3_000)).toMatchObject({ ok: true, remainingCents: 0 });
  expect(await reserving(paymentId, 'T3', 1)).toMatchObject({ ok: false, code: 'already-refunded' });
  await releaseHeld(ofRefund('T2'));
  const payment = await findPayment(paymentId);
  expect(payment).toMatchObject({ remainingCents: 3_000 });
  expect(payment && activeRefundOf(payment)).toBe('T1');
});

test('the same refund asking ten times at once reserves once', async () => {
  const paymentId = await aPayment(100_000);
  const results = await Promise.all(Array.from({ length: 10 }, () => reserving(paymentId, 'S', 40_000)));
  expect(results.every((result) => result.ok)).toBe(true);
  expect(await findPayment(paymentId)).toMatchObject({ remainingCents: 60_000, refunds: [{ refundId: 'S' }] });
  expect(await reserving(paymentId, 'S', 1_000)).toMatchObject({ ok: false, code: 'already-refunded' });
});

test('more than was paid is refused', async () => {
  const paymentId = await aPayment(5_000);
  expect(await reserving(paymentId, 'M', 5_001)).toMatchObject({ code: 'more-than-paid' });
  expect(await reserving(paymentId, 'M', 5_000)).toMatchObject({ ok: true });
});

test('a payment of another facility is none', async () => {
  const paymentId = await aPayment(5_000, { facility: 'SH' });
  expect(await reserving(paymentId, 'F', 1_000)).toMatchObject({ ok: false, code: 'no-such-payment' });
  expect(await findPayment(paymentId)).toMatchObject({ remainingCents: 5_000 });
});

test('a payment belongs to its patient', async () => {
  const [lin, wang] = ['MR-1', 'MR-2'].map((recordNumber) => ({ key: `record ${recordNumber}`, recordNumber }));
  const owned = await aPayment(5_000, { patient: 'MR-1' });
  expect(await reserving(owned, 'O2', 1_000, { patient: wang })).toMatchObject({ ok: false, code: 'other-patient' });
  expect(await reserving(owned, 'O1', 1_000, { patient: lin })).toMatchObject({ ok: true });
  // Known by name and phone only: once a refund of theirs draws on a payment, it is nobody else’s.
  const [first, second] = [{ key: 'first' }, { key: 'second' }];
  const unknown = await aPayment(5_000);
  expect(await reserving(unknown, 'O3', 1_000, { patient: first })).toMatchObject({ ok: true });
  expect(await reserving(unknown, 'O4', 1_000, { patient: second })).toMatchObject({
    ok: false,
    code: 'other-patient',
  });
  expect(await reserving(unknown, 'O5', 1_000, { patient: first })).toMatchObject({ ok: true });
  expect((await listPayments({ patient: 'MR-1', limit: 10 })).map((one) => one._id)).toEqual([owned]);
});

test('a released amount can be given to another refund, a paid one never again', async () => {
  const paymentId = await aPayment(5_000);
  await reserving(paymentId, 'R1', 5_000, { requestKey: 'job 1' });
  await Promise.all([releaseHeld(ofRefund('R1')), releaseHeld(ofRefund('R1'))]);
  expect(await findPayment(paymentId)).toMatchObject({ remainingCents: 5_000 });
  // The late repeat of the job that had reserved does not take the amount again.
  expect(await reserving(paymentId, 'R1', 5_000, { requestKey: 'job 1' })).toMatchObject({ status: 'released' });
  expect(await reserving(paymentId, 'R2', 4_000)).toMatchObject({ ok: true });
  expect(await paying('R2')).toMatchObject({ ok: true, status: 'paid' });
  expect(await paying('R2')).toMatchObject({ ok: true, status: 'paid' });
  await releaseHeld(ofRefund('R2'));
  expect(await findPayment(paymentId)).toMatchObject({ remainingCents: 1_000 });
});

test('a refund releases nothing that another one has reserved', async () => {
  const paymentId = await aPayment(5_000);
  await reserving(paymentId, 'A1', 2_000);
  await releaseHeld(ofRefund('A2'));
  await releaseHeld({ ...ofRefund('A1'), facility: 'SH' });
  expect(await findPayment(paymentId)).toMatchObject({ remainingCents: 3_000 });
});

test('a case gives back what its refunds have reserved', async () => {
  const paymentId = await aPayment(5_000);
  const caller = 'complaint/BJ2026110007';
  await reserving(paymentId, 'C1', 2_000, { caller });
  await reserving(paymentId, 'C2', 1_000, { caller: 'complaint/BJ2026110008' });
  expect(await findDrawnForCase(caller, 'BJ')).toMatchObject([{ refundId: 'C1', paymentId }]);
  await releaseHeld({ instance: caller, facility: 'BJ', at });
  expect(await findPayment(paymentId)).toMatchObject({ remainingCents: 4_000 });
});

test('a reservation is paid only unchanged', async () => {
  const paymentId = await aPayment(5_000);
  await reserving(paymentId, 'N1', 3_000);
  const [held] = await findDrawnBy(ofRefund('N1'));
  if (!held) throw new Error('Nothing is held.');
  expect(await pay({ ...held, amountCents: 3_001 }, at)).toMatchObject({ ok: false, code: 'not-reserved' });
  expect(await pay({ ...held, instance: 'refund/N2' }, at)).toMatchObject({ ok: false, code: 'not-reserved' });
});

test('released or paid, never both, when both come at once', async () => {
  for (let round = 0; round < 5; round++) {
    const paymentId = await aPayment(5_000);
    const id = `${paymentId}-B`;
    await reserving(paymentId, id, 3_000);
    const [paid] = await Promise.all([paying(id), releaseHeld(ofRefund(id))]);
    expect(await findPayment(paymentId)).toMatchObject({ remainingCents: paid.ok ? 2_000 : 5_000 });
  }
});
