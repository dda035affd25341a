import { expect, test } from 'vitest';
import {
  findPayment,
  findReservedBy,
  pay,
  release,
  reserve,
  savePayment,
} from '../../../store/processes/refund/payments.ts';
import { useOwnDatabase } from './database.ts';

useOwnDatabase();

const at = '2026-11-22T08:00:00.000Z';
let serial = 0;

async function aPayment(paidCents: number): Promise<string> {
  const _id = `P${++serial}`;
  await savePayment({ _id, facility: 'BJ', item: '疗程', method: 'card', paidAt: at, paidCents });
  return _id;
}

test('of twenty refunds of one payment at once exactly one gets it', async () => {
  const paymentId = await aPayment(100_000);
  const results = await Promise.all(
    Array.from({ length: 20 }, (_, n) => reserve({ paymentId, refundId: `R${n}`, amountCents: 1_000, at })),
  );
  expect(results.filter((result) => result.ok)).toHaveLength(1);
  expect(results.filter((result) => !result.ok && result.code === 'already-refunded')).toHaveLength(19);
  expect(await findPayment(paymentId)).toMatchObject({ remainingCents: 99_000 });
});

test('the same refund asking ten times at once reserves once', async () => {
  const paymentId = await aPayment(100_000);
  const results = await Promise.all(
    Array.from({ length: 10 }, () => reserve({ paymentId, refundId: 'R', amountCents: 40_000, at })),
  );
  expect(results.every((result) => result.ok)).toBe(true);
  expect(await findPayment(paymentId)).toMatchObject({ remainingCents: 60_000, refunds: [{ refundId: 'R' }] });
});

test('more than was paid is refused', async () => {
  const paymentId = await aPayment(5_000);
  expect(await reserve({ paymentId, refundId: 'R', amountCents: 5_001, at })).toMatchObject({ code: 'more-than-paid' });
  expect(await reserve({ paymentId, refundId: 'R', amountCents: 5_000, at })).toMatchObject({ ok: true });
});

test('a released amount can be given to another refund, a paid one never again', async () => {
  const paymentId = await aPayment(5_000);
  const first = { paymentId, refundId: 'R1', amountCents: 5_000, at };
  const second = { paymentId, refundId: 'R2', amountCents: 4_000, at };
  await reserve({ ...first, requestKey: 'job 1' });
  expect(await Promise.all([release(first), release(first)])).toMatchObject([{ ok: true }, { ok: true }]);
  expect(await findPayment(paymentId)).toMatchObject({ remainingCents: 5_000, activeRefund: null });
  // The late repeat of the job that had reserved does not take the amount again.
  expect(await reserve({ ...first, requestKey: 'job 1' })).toMatchObject({ ok: true, status: 'released' });
  expect(await reserve(second)).toMatchObject({ ok: true });
  expect(await pay(second)).toMatchObject({ ok: true, status: 'paid' });
  expect(await pay(second)).toMatchObject({ ok: true, status: 'paid' });
  expect(await release(second)).toMatchObject({ ok: false, code: 'already-paid' });
  expect(await reserve({ ...first, amountCents: 500 })).toMatchObject({ ok: false, code: 'already-refunded' });
  expect(await findPayment(paymentId)).toMatchObject({ remainingCents: 1_000 });
});

test('nothing is paid that was not reserved, nor another amount', async () => {
  const paymentId = await aPayment(5_000);
  const refund = { paymentId, refundId: 'R1', amountCents: 3_000, at };
  expect(await pay(refund)).toMatchObject({ ok: false, code: 'not-reserved' });
  await reserve(refund);
  expect(await pay({ ...refund, amountCents: 3_001 })).toMatchObject({ ok: false, code: 'not-reserved' });
});

test('released or paid, never both, when both come at once', async () => {
  for (let round = 0; round < 5; round++) {
    const paymentId = await aPayment(5_000);
    const refund = { paymentId, refundId: 'R1', amountCents: 3_000, at };
    await reserve(refund);
    const [paid, released] = await Promise.all([pay(refund), release(refund)]);
    expect([paid.ok, released.ok].filter(Boolean)).toHaveLength(1);
    const payment = await findPayment(paymentId);
    expect(payment?.remainingCents).toBe(paid.ok ? 2_000 : 5_000);
  }
});

test('what a refund holds is found by the refund alone, until it is released or paid', async () => {
  const [held, paid] = [await aPayment(5_000), await aPayment(5_000)];
  await reserve({ paymentId: held, refundId: 'RH', amountCents: 1_000, at });
  await reserve({ paymentId: paid, refundId: 'RP', amountCents: 1_000, at });
  await pay({ paymentId: paid, refundId: 'RP', amountCents: 1_000, at });
  expect((await findReservedBy('RH'))?._id).toBe(held);
  expect(await findReservedBy('RP')).toBeNull();
  await release({ paymentId: held, refundId: 'RH', at });
  expect(await findReservedBy('RH')).toBeNull();
});
