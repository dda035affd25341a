import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { findCaseStatistics } from '../../store/processes/complaint/case-statistics.ts';
import { findComplaint } from '../../store/processes/complaint/complaints.ts';
import { findPayment, savePayment } from '../../store/processes/refund/payments.ts';
import { findRefund } from '../../store/processes/refund/refunds.ts';
import type { ComplaintStatus } from '../../workflows/processes/complaint/messages.ts';
import { deployShipped } from '../support/definitions.ts';
import { decideBySignal, play, refundedComplaint } from '../support/play.ts';
import { type Runtime, startRuntime } from '../support/runtime.ts';
import { saveRefundStaff } from '../support/staff.ts';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await startRuntime({ temporalAddress: inject('temporalAddress'), mongodbUri: inject('mongodbUri') }, []);
  await deployShipped(runtime, 'complaint');
  await deployShipped(runtime, 'refund');
  await saveRefundStaff();
  await savePayment({
    _id: 'P1',
    facility: 'BJ',
    item: '光子嫩肤疗程',
    method: 'cash',
    paidAt: '2026-10-01T02:00:00.000Z',
    paidCents: 500_000,
  });
});
afterAll(() => runtime?.close());

test('a complaint is registered, approved, refunded by signal, closed and followed up', async () => {
  const caseNumber = 'BJ2026110001';
  const handle = await runtime.start('complaint', {
    businessKey: caseNumber,
    startedBy: { id: 'intake-bj', role: 'intake' },
    variables: {
      caseNumber,
      channel: 'hotline',
      receivedAt: new Date().toISOString(),
      emergency: false,
      seriousEvent: false,
    },
  });
  await play(runtime, handle, refundedComplaint, decideBySignal);
  const status = await handle.query<ComplaintStatus>('complaintStatus');
  expect(status).toMatchObject({ caseNumber, status: 'completed', stage: 'prevention', classification: 'service' });

  const complaint = await findComplaint(caseNumber);
  expect(complaint).toMatchObject({ status: 'completed', refundStatus: 'paid', outcome: 'satisfied', overdue: false });
  expect(complaint?.closedAt).toBeDefined();
  const refund = await findRefund(`${caseNumber}-R1`);
  expect(refund).toMatchObject({ status: 'paid', paidCents: 120_000, amountCents: 120_000 });
  expect(refund?.decisions.map((one) => one.role)).toEqual(['cs-director', 'department-head', 'president']);
  expect(await findPayment('P1')).toMatchObject({ remainingCents: 380_000 });
  expect(await findCaseStatistics(caseNumber)).toMatchObject({ facility: 'BJ' });
});
