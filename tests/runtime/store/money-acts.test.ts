/** What moves money asks the store for itself: whose job it is, what was reserved, and who has approved it. */
import { readFile } from 'node:fs/promises';
import { ApplicationFailure } from '@temporalio/common';
import { beforeAll, expect, test } from 'vitest';
import { jobActivities } from '../../../activities/jobs/index.ts';
import type { JobContext } from '../../../activities/jobs/job.ts';
import type { Variables } from '../../../engine/model/plan.ts';
import { saveFacility } from '../../../store/organisation/facilities.ts';
import { saveRules } from '../../../store/organisation/rule-sets.ts';
import { saveStaff } from '../../../store/organisation/staff.ts';
import { complaintStore } from '../../../store/processes/complaint/complaint-store.ts';
import { findDrawnBy, findDrawnForCase, findPayment, savePayment } from '../../../store/processes/refund/payments.ts';
import type { RefundApproval, RefundRow } from '../../../store/processes/refund/refund-row.ts';
import { refundStore } from '../../../store/processes/refund/refund-store.ts';
import { aComplaintRow } from '../../store/builders.ts';
import { aStaff, saveRefundStaff } from '../../support/staff.ts';
import { useOwnDatabase } from './database.ts';

useOwnDatabase();

const at = '2026-11-24T08:00:00.000Z';
const later = '2026-11-24T09:00:00.000Z';
const muchLater = '2026-12-24T09:00:00.000Z';
const { reserveRefund, releaseRefund, orderPayment } = jobActivities;

beforeAll(async () => {
  await saveFacility({
    _id: 'BJ',
    name: '北京',
    englishName: 'Beijing',
    region: 'beijing',
    zone: 'Asia/Shanghai',
    calendar: 'china',
  });
  const file = new URL('../../../definitions/rules/beijing.json', import.meta.url);
  await saveRules(JSON.parse(await readFile(file, 'utf8')));
  await saveRefundStaff();
  await saveStaff(
    aStaff('cs-general-director', { _id: 'general', roles: [{ role: 'cs-general-director', facility: '*' }] }),
  );
  await saveStaff(aStaff('gm', { _id: 'gm', roles: [{ role: 'gm', facility: '*' }] }));
  await saveStaff(aStaff('president', { _id: 'president-sh', roles: [{ role: 'president', facility: 'SH' }] }));
  await saveStaff(aStaff('president', { _id: 'former-bj', roles: [{ role: 'president', facility: 'BJ', until: at }] }));
  await saveStaff(
    aStaff('president', { _id: 'coming-bj', roles: [{ role: 'president', facility: 'BJ', from: muchLater }] }),
  );
  await saveStaff(
    aStaff('president', {
      _id: 'both-bj',
      roles: [
        { role: 'president', facility: 'BJ' },
        { role: 'department-head', facility: 'BJ' },
      ],
    }),
  );
});

const contextOf = (businessKey: string, about: Partial<JobContext> = {}): JobContext => ({
  instance: `refund/${businessKey}`,
  businessKey,
  facility: 'BJ',
  definition: { key: 'refund', version: 1, hash: 'one' },
  element: 'Work',
  key: 'w1',
  now: at,
  headers: {},
  ...about,
});

const failureOf = async (work: Promise<Variables>): Promise<unknown> => {
  const error = await work.catch((thrown: unknown) => thrown);
  return error instanceof ApplicationFailure ? { code: error.details?.[0], message: error.message } : error;
};

let serial = 0;
const aRefund = (): { key: string; paymentId: string } => {
  serial += 1;
  return { key: `R${serial}`, paymentId: `PAY${serial}` };
};

const pays = (paymentId: string, paidCents: number) =>
  savePayment({ _id: paymentId, facility: 'BJ', item: '种植', method: 'card', paidAt: at, paidCents });

const approval = (paymentId: string, role: string, about: Partial<RefundApproval> = {}): RefundApproval => ({
  by: `${role}-bj`,
  role,
  decision: 'approve',
  at: later,
  amountCents: 4_000,
  paymentId,
  method: '',
  ...about,
});

/** As no process writes it. */
const withoutMethod = ({ method: _, ...rest }: RefundApproval) => rest as RefundApproval;

const usual = ['cs-director', 'department-head', 'president', 'finance'];

const writeRefund = (key: string, approvals: RefundApproval[], about: Partial<RefundRow> = {}) =>
  refundStore.write?.({
    _id: key,
    seq: ++serial,
    instance: `refund/${key}`,
    facility: 'BJ',
    status: 'approved',
    amountCents: 4_000,
    paidCents: 0,
    applicants: ['consultant-bj'],
    approvals,
    decisions: [],
    updatedAt: later,
    ...about,
  } as RefundRow);

test('a refund is reserved, released, reserved again, approved and paid once, whatever its variables say', async () => {
  const { key, paymentId } = aRefund();
  await pays(paymentId, 5_000);
  const context = contextOf(key);
  const asked = { paymentId, amountCents: 4_000 };
  expect(await failureOf(reserveRefund({ ...asked, amountCents: 6_000 }, context))).toMatchObject({
    code: 'more-than-paid',
  });
  expect(await reserveRefund(asked, context)).toEqual({ reserved: true, remainingCents: 1_000 });
  expect(await releaseRefund({ refundId: 'another' }, context)).toEqual({ reserved: false });
  expect(await reserveRefund(asked, { ...context, key: 'w2' })).toMatchObject({ reserved: true });
  await writeRefund(
    key,
    usual.map((role) => approval(paymentId, role)),
  );
  for (const forged of [{ amountCents: 8_800_000 }, { paymentId: 'another' }])
    expect(await failureOf(orderPayment({ ...asked, ...forged }, context))).toMatchObject({ code: 'not-reserved' });
  const paid = { orderId: `PAY-${key}`, paidCents: 4_000, paidAt: later };
  expect(await orderPayment({ ...asked, refundId: 'another' }, { ...context, now: later })).toEqual(paid);
  expect(await orderPayment({}, { ...context, now: later })).toEqual(paid);
  expect(await releaseRefund({}, context)).toEqual({ reserved: false });
  expect(await findPayment(paymentId)).toMatchObject({ remainingCents: 1_000, refunds: [{}, { status: 'paid' }] });
});

/** What is stored, and why nothing is paid. */
const wanting: [string, (paymentId: string) => RefundApproval[], Partial<RefundRow>, RegExp][] = [
  ['nothing is approved', () => [], {}, /cs-director .* not on record/],
  ...usual.map((missing): (typeof wanting)[number] => [
    `${missing} has not approved`,
    (paymentId) => usual.filter((role) => role !== missing).map((role) => approval(paymentId, role)),
    {},
    new RegExp(`approval of ${missing} .* not on record`),
  ]),
  [
    'one person has approved in two roles',
    (paymentId) =>
      usual.map((role) =>
        approval(paymentId, role, ['president', 'department-head'].includes(role) ? { by: 'both-bj' } : {}),
      ),
    {},
    /both-bj has approved it twice/,
  ],
  [
    'the applicant has approved',
    (paymentId) => usual.map((role) => approval(paymentId, role)),
    { applicants: ['president-bj'] },
    /president-bj has applied/,
  ],
  [
    'nobody has applied',
    (paymentId) => usual.map((role) => approval(paymentId, role)),
    { applicants: [] },
    /No applicant/,
  ],
  [
    'an approver is not known',
    (paymentId) => usual.map((role) => approval(paymentId, role, role === 'president' ? { by: 'ghost' } : {})),
    {},
    /president .* not on record/,
  ],
  [
    'an approver holds another role',
    (paymentId) => usual.map((role) => approval(paymentId, role, role === 'president' ? { by: 'cashier-bj' } : {})),
    {},
    /president .* not on record/,
  ],
  [
    'an approver holds the role at another facility',
    (paymentId) => usual.map((role) => approval(paymentId, role, role === 'president' ? { by: 'president-sh' } : {})),
    {},
    /president .* not on record/,
  ],
  ...['former-bj', 'coming-bj'].map((by): (typeof wanting)[number] => [
    `an approver did not hold the role at that time: ${by}`,
    (paymentId) => usual.map((role) => approval(paymentId, role, role === 'president' ? { by } : {})),
    {},
    /president .* not on record/,
  ]),
  [
    'another amount was approved',
    (paymentId) => usual.map((role) => approval(paymentId, role, { amountCents: 3_999 })),
    {},
    /not on record/,
  ],
  [
    'the approvals do not say how it is paid',
    (paymentId) => usual.map((role) => withoutMethod(approval(paymentId, role))),
    {},
    /not on record/,
  ],
  ['another payment was approved', () => usual.map((role) => approval('PAY0', role)), {}, /not on record/],
  [
    'it was approved before it was reserved',
    (paymentId) => usual.map((role) => approval(paymentId, role, { at: '2026-11-24T07:59:59.999Z' })),
    {},
    /not on record/,
  ],
  [
    'somebody has sent it back',
    (paymentId) => [
      ...usual.map((role) => approval(paymentId, role)),
      approval(paymentId, 'president', { decision: 'send-back' }),
    ],
    {},
    /has not approved it \(send-back\)/,
  ],
];

test.each(wanting)('no payment is ordered when %s', async (_what, approvals, about, why) => {
  const { key, paymentId } = aRefund();
  await pays(paymentId, 5_000);
  await reserveRefund({ paymentId, amountCents: 4_000 }, contextOf(key));
  await writeRefund(key, approvals(paymentId), about);
  const failure = await failureOf(orderPayment({}, contextOf(key, { now: later })));
  expect(failure).toMatchObject({ code: 'not-approved', message: expect.stringMatching(why) });
  expect(await findPayment(paymentId)).toMatchObject({ refunds: [{ status: 'reserved' }] });
});

test.each([
  ['cash', { method: 'card' }],
  ['cash', {}],
  ['', { method: 'card' }],
])('what is approved to be paid by %j is not paid by %j', async (method, ordered) => {
  const { key, paymentId } = aRefund();
  await pays(paymentId, 5_000);
  await reserveRefund({ paymentId, amountCents: 4_000 }, contextOf(key));
  await writeRefund(
    key,
    usual.map((role) => approval(paymentId, role, { method })),
  );
  const context = contextOf(key, { now: later });
  expect(await failureOf(orderPayment(ordered, context))).toMatchObject({ code: 'not-approved' });
  expect(await findPayment(paymentId)).toMatchObject({ refunds: [{ status: 'reserved' }] });
  expect(await orderPayment({ ...(method && { method }) }, context)).toMatchObject({ paidCents: 4_000 });
});

test.each([
  [2_000_001, ['cs-general-director']],
  [5_000_001, ['cs-general-director', 'gm']],
])('%i cents need %j as well, by the rule set and not by the rules among the variables', async (amountCents, more) => {
  const { key, paymentId } = aRefund();
  await pays(paymentId, 9_000_000);
  await reserveRefund({ paymentId, amountCents }, contextOf(key));
  const by: Record<string, string> = { 'cs-general-director': 'general', gm: 'gm' };
  const approvals = [...usual, ...more].map((role) =>
    approval(paymentId, role, { amountCents, ...(by[role] !== undefined && { by: by[role] }) }),
  );
  const lenient = { rules: { refund: { generalDirectorAboveCents: 1e9, gmAboveCents: 1e9 } } };
  await writeRefund(key, approvals.slice(0, -1));
  expect(await failureOf(orderPayment(lenient, contextOf(key)))).toMatchObject({ code: 'not-approved' });
  await writeRefund(key, approvals);
  expect(await orderPayment(lenient, contextOf(key))).toMatchObject({ paidCents: amountCents });
});

test('a process of another name cannot pay by the approvals of a refund', async () => {
  const { key, paymentId } = aRefund();
  await pays(paymentId, 9_000);
  await reserveRefund({ paymentId, amountCents: 4_000 }, contextOf(key));
  await writeRefund(
    key,
    usual.map((role) => approval(paymentId, role)),
  );
  const drawn = contextOf(key, { instance: `drawn/${key}`, definition: { key: 'drawn', version: 1, hash: 'd' } });
  expect(await failureOf(orderPayment({ refundId: key }, drawn))).toMatchObject({ code: 'not-reserved' });
  await reserveRefund({ paymentId, amountCents: 4_000 }, drawn);
  expect(await failureOf(orderPayment({ refundId: key }, drawn))).toMatchObject({ code: 'not-approved' });
});

test('the rules of another region do not count', async () => {
  const { key, paymentId } = aRefund();
  await saveRules({
    key: 'lenient',
    name: 'x',
    region: 'elsewhere',
    validFrom: '2026-01-01',
    version: 1,
    rules: { refund: { approvers: ['finance'], generalDirectorAboveCents: 1e9, gmAboveCents: 1e9 } },
  });
  await pays(paymentId, 9_000);
  await reserveRefund({ paymentId, amountCents: 4_000 }, contextOf(key));
  await writeRefund(key, [approval(paymentId, 'finance')]);
  const context = contextOf(key, { ruleSet: { key: 'lenient', version: 1 } });
  expect(await failureOf(orderPayment({}, context))).toMatchObject({ code: 'not-approved' });
});

test('the refunds of a case are together at most what its plan allows', async () => {
  const { paymentId } = aRefund();
  await pays(paymentId, 9_000);
  const caller = 'complaint/BJ2026110003';
  await complaintStore.write?.(aComplaintRow({ _id: 'BJ2026110003', instance: caller, planAmountCents: 5_000 }));
  const first = contextOf('BJ2026110003-R1', { caller });
  expect(await reserveRefund({ paymentId, amountCents: 4_000 }, first)).toMatchObject({ reserved: true });
  const second = contextOf('BJ2026110003-R2', { caller });
  expect(await failureOf(reserveRefund({ paymentId, amountCents: 1_001 }, second))).toMatchObject({
    code: 'more-than-planned',
  });
  expect(await reserveRefund({ paymentId, amountCents: 1_000 }, second)).toMatchObject({ reserved: true });
});

test.each([
  ['as much as the plan', 5_000, 5_000],
  ['together more than the plan', 3_000, 2_500],
  ['within the plan', 2_500, 2_500],
])('two refunds of a case reserved at once, each %s, stay within it', async (_what, one, other) => {
  for (let round = 0; round < 10; round += 1) {
    const [first, second] = [aRefund(), aRefund()];
    const caller = `complaint/BJ20261200${first.key}`;
    for (const { paymentId } of [first, second]) await pays(paymentId, 9_000);
    const id = caller.slice('complaint/'.length);
    await complaintStore.write?.(aComplaintRow({ _id: id, instance: caller, planAmountCents: 5_000 }));
    const reserves = ({ key, paymentId }: typeof first, amountCents: number) =>
      failureOf(reserveRefund({ paymentId, amountCents }, contextOf(key, { caller })));
    const outcomes = await Promise.all([reserves(first, one), reserves(second, other)]);
    const drawn = await findDrawnForCase(caller, 'BJ');
    expect(drawn.reduce((sum, held) => sum + held.amountCents, 0)).toBeLessThanOrEqual(5_000);
    const refused = outcomes.filter((outcome) => 'code' in (outcome as object));
    expect(drawn).toHaveLength(2 - refused.length);
    if (one + other <= 5_000) expect(refused).toEqual([]);
    else expect(refused.length).toBeGreaterThanOrEqual(1);
  }
});

test.each([
  ['another process', 'hotline/BJ2026110003', 'BJ'],
  ['a case that nobody has registered', 'complaint/BJ2026119999', 'BJ'],
  ['a case of another facility', 'complaint/SH2026110003', 'SH'],
])('nothing is reserved for a refund that %s has called', async (_, caller, facility) => {
  const { key, paymentId } = aRefund();
  await pays(paymentId, 9_000);
  const id = caller.split('/')[1]!;
  if (facility === 'SH')
    await complaintStore.write?.(aComplaintRow({ _id: id, instance: caller, facility, planAmountCents: 5_000 }));
  const refused = await failureOf(reserveRefund({ paymentId, amountCents: 1_000 }, contextOf(key, { caller })));
  expect(refused).toMatchObject({ code: 'no-such-case' });
  expect(await findPayment(paymentId)).toMatchObject({ remainingCents: 9_000 });
});

test.each(['released', 'reserved', 'paid'] as const)(
  'a new life of a refund reserves for itself, whatever an earlier one had %s',
  async (left) => {
    const { key, paymentId } = aRefund();
    await pays(paymentId, 9_000);
    const asked = { paymentId, amountCents: 4_000 };
    const [first, second] = [
      contextOf(key, { startedAt: at }),
      contextOf(key, { startedAt: muchLater, now: muchLater }),
    ];
    await reserveRefund(asked, first);
    if (left === 'released') await releaseRefund({}, first);
    if (left === 'paid') {
      await writeRefund(
        key,
        usual.map((role) => approval(paymentId, role)),
      );
      await orderPayment({}, first);
    }
    expect(await failureOf(orderPayment({}, second))).toMatchObject({ code: 'not-reserved' });
    const remainingCents = left === 'paid' ? 1_000 : 5_000;
    expect(await reserveRefund(asked, second)).toEqual({ reserved: true, remainingCents });
    // A late repeat of the earlier one's job takes nothing away from it, and draws on nothing again.
    await failureOf(reserveRefund(asked, first));
    const mine = { instance: `refund/${key}`, startedAt: muchLater, facility: 'BJ' };
    expect(await findDrawnBy(mine)).toMatchObject([{ amountCents: 4_000, status: 'reserved' }]);
    expect(await findPayment(paymentId)).toMatchObject({ remainingCents });
    // It was approved for the earlier one.
    expect(await failureOf(orderPayment({}, second))).toMatchObject({ code: 'not-approved' });
  },
);
