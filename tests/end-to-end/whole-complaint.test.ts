/** The main line of the domain from login to the end, with every part killed (-9) and started again on the way. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ComplaintStatus } from '../../workflows/processes/complaint/messages.ts';
import { type Careloop, startCareloop, until, untilReady } from '../support/careloop.ts';
import { applies, decides, does, journalOf, openTask, register, toPlan } from './acts.ts';

let careloop: Careloop;
beforeAll(async () => {
  careloop = await startCareloop();
});
afterAll(() => careloop?.close());

interface Case {
  stage: string;
  status: string;
  overdue: boolean;
  incident: boolean;
  waits: { element: string; waitingFor: string[]; dueAt?: string }[];
  clocks: { id: string; dueAt: string; status: string }[];
  refunds: { id: string; status: string; amountCents: number; paidCents: number }[];
  outcome?: string;
}
const caseOf = async (caseNumber: string) =>
  (await careloop.as<Case>('cs-director-bj', `GET /api/complaints/${caseNumber}`)).body;

/** The row people read says what the running process itself answers. */
async function readModelAgrees(caseNumber: string): Promise<void> {
  const temporal = await careloop.temporal();
  await until('the read model has caught up', async () => {
    const told = await temporal.workflow.getHandle(`complaint/${caseNumber}`).query<ComplaintStatus>('complaintStatus');
    const shown = await caseOf(caseNumber);
    const clocks = shown.clocks.map(({ id, dueAt, status }) => ({ id, dueAt, status }));
    expect({ ...shown, clocks, waits: shown.waits.map((wait) => wait.element) }).toMatchObject({
      stage: told.stage,
      status: told.status,
      overdue: told.overdue,
      incident: told.incident,
      clocks: told.clocks.map(({ id, dueAt, status }) => ({ id, dueAt, status })),
      waits: told.waitsFor.map((wait) => wait.element),
    });
    return true;
  });
}

it('brings a complaint with a refund from the desk to its end, and loses nothing when parts are killed', async () => {
  const { caseNumber } = await register(careloop, { demandCents: 300_000 });
  await does(careloop, 'cs-director-bj', caseNumber, 'AcceptComplaint', { handler: 'handler-bj' });
  await does(careloop, 'handler-bj', caseNumber, 'ContactPatient', { contactResult: 'no-answer' });
  await does(careloop, 'handler-bj', caseNumber, 'ContactPatient', { contactResult: 'reached' });
  await readModelAgrees(caseNumber);

  await careloop.kill('worker');
  await careloop.start('worker');
  await does(careloop, 'cs-director-bj', caseNumber, 'Classify', { classification: 'service' });
  await does(careloop, 'cs-director-bj', caseNumber, 'ProposePlan', { kind: 'refund', amountCents: 300_000 });
  await does(careloop, 'department-head-bj', caseNumber, 'DepartmentHeadApproval', { decision: 'approve' });

  await Promise.all([careloop.kill('temporal'), careloop.kill('mongodb')]);
  await Promise.all([careloop.start('temporal'), careloop.start('mongodb')]);
  await untilReady(careloop);
  await does(careloop, 'president-bj', caseNumber, 'PresidentApproval', { decision: 'approve' });
  await does(careloop, 'cs-director-bj', caseNumber, 'Negotiate', { negotiationResult: 'another-round' });
  await does(careloop, 'cs-director-bj', caseNumber, 'Negotiate', { negotiationResult: 'agreed' });
  await does(careloop, 'cs-director-bj', caseNumber, 'SignAgreement', { agreement: 'signed' });

  await openTask(careloop, caseNumber, 'ApplyRefund');
  await careloop.kill('api');
  await careloop.start('api');
  await untilReady(careloop);
  await applies(careloop, 'consultant-bj', caseNumber, 300_000);
  const refundId = `${caseNumber}-R1`;
  await openTask(careloop, caseNumber, 'CsDirectorCosign');
  await readModelAgrees(caseNumber);
  for (const staff of ['cs-director-bj', 'department-head-bj', 'president-bj'])
    await decides(careloop, staff, refundId, 'approve');
  await careloop.kill('worker');
  await careloop.start('worker');
  await does(careloop, 'finance-bj', caseNumber, 'FinanceConfirm', { financeConfirmation: 'confirmed' });
  await does(careloop, 'consultant-bj', caseNumber, 'PatientSigns', { patientSignature: 'signed' });
  await does(careloop, 'cashier-bj', caseNumber, 'PreparePayment', { cashierConfirmation: 'ready' });

  await does(careloop, 'cs-director-bj', caseNumber, 'CloseCase', { outcome: 'satisfied' });
  await does(careloop, 'cs-general-director', caseNumber, 'InternalHandling', { penaltyLevel: 'I' });
  await readModelAgrees(caseNumber);
  await does(careloop, 'medical-affairs-bj', caseNumber, 'PreventRecurrence', {
    improvement: '调整叫号规则',
    improvementOwner: 'cs-director-bj',
    improvementDueOn: '2026-12-01',
  });

  const ended = await until('the case has ended', async () => {
    const shown = await caseOf(caseNumber);
    return shown.status === 'completed' && shown;
  });
  expect(ended).toMatchObject({
    stage: 'prevention',
    outcome: 'satisfied',
    overdue: false,
    incident: false,
    waits: [],
    refunds: [{ id: refundId, status: 'paid', amountCents: 300_000, paidCents: 300_000 }],
  });
  await journalIsWhole(`complaint/${caseNumber}`, [
    'TellPatient',
    'AcceptComplaint',
    'ContactPatient',
    'ContactPatient',
    'InvestigateAndContact',
    'Classify',
    'ProposePlan',
    'DepartmentHeadApproval',
    'PresidentApproval',
    'Negotiate',
    'Negotiate',
    'Negotiation',
    'SignAgreement',
    'RefundPatient',
    'CloseCase',
    'FileCase',
    'TellPatientClosed',
    'HandleComplaint',
    'InternalHandling',
    'PreventRecurrence',
  ]);
  await journalIsWhole(`refund/${refundId}`, [
    'ApplyRefund',
    'ReserveRefund',
    'CsDirectorCosign',
    'DepartmentHeadDecision',
    'PresidentDecision',
    'FinanceConfirm',
    'PatientSigns',
    'PreparePayment',
    'OrderPayment',
    'ApproveAndOrder',
  ]);
});

/** Every line from the first to the last, none twice, none missing, in the order of the definition. */
async function journalIsWhole(instance: string, activities: string[]): Promise<void> {
  const lines = await until(`the journal of ${instance} has its end`, async () => {
    const all = await journalOf(careloop, instance);
    return all.at(-1)?.kind === 'instance-ended' && all;
  });
  expect(lines.map((line) => line.n)).toEqual(lines.map((_, index) => index + 1));
  expect(lines.map((line) => line.at)).toEqual(lines.map((line) => line.at).sort());
  const completed = lines.filter((line) => line.kind === 'element-completed').map((line) => line.element);
  expect(completed.filter((element) => element !== undefined && activities.includes(element))).toEqual(activities);
}

it('does an act once when it is repeated because no worker was there', async () => {
  const { caseNumber } = await register(careloop);
  await toPlan(careloop, caseNumber);
  const { id } = await openTask(careloop, caseNumber, 'ProposePlan');
  await careloop.kill('worker');
  const act = { body: { variables: { kind: 'apology' } }, key: 'the-plan-of-this-case' };
  const route = `POST /api/tasks/${id}/complete`;
  const unanswered = await careloop.as<{ code: string; hint: string }>('cs-director-bj', route, act);
  expect(unanswered.status).toBe(503);
  expect(unanswered.headers.get('Retry-After')).toMatch(/^[1-9]\d*$/);
  expect(unanswered.body).toMatchObject({ code: 'no-worker', hint: expect.stringContaining('Idempotency-Key') });

  await careloop.start('worker');
  const done = await until('the repeat is answered', async () => {
    const reply = await careloop.as('cs-director-bj', route, act);
    return reply.status !== 503 && reply;
  });
  expect(done.status).toBe(200);
  await openTask(careloop, caseNumber, 'DepartmentHeadApproval');
  const plans = (await journalOf(careloop, `complaint/${caseNumber}`)).filter(
    (line) => line.kind === 'task-completed' && line.element === 'ProposePlan',
  );
  expect(plans).toHaveLength(1);
});
