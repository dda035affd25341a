/** The refund process as stories (docs/domain.md#refund-and-compensation): who decides, from which amount on, and what becomes of the money. */
import { describe, expect, it } from 'vitest';
import { aStory, bpmnError, failure, type Story, type StorySettings } from '../kit/index.ts';

const approve = { decision: 'approve' };
const application = { paymentId: 'PAY-1', amountCents: 300000, method: 'cash', applicationReason: '疗程未开始' };

const aRefund = (settings: Partial<StorySettings> = {}): Promise<Story> =>
  aStory({ definition: 'refund', businessKey: 'R-2026110001', startedBy: 'consultant-bj', ...settings });

function pay(story: Story): void {
  story.complete('FinanceConfirm', { financeConfirmation: 'confirmed' });
  story.complete('PatientSigns', { patientSignature: 'signed' });
  story.complete('PreparePayment', { cashierConfirmation: 'ready' });
}

describe('a refund', () => {
  it('is paid in cash after four signatures', async () => {
    const story = await aRefund();
    story.expectWaitingAt('ApplyRefund');
    expect(story.task('ApplyRefund').dueAt).toBe('2026-11-06T02:00:00.000Z');
    story.complete('ApplyRefund', application);
    expect(story.variable('refundStatus')).toBe('approving');
    story.complete('CsDirectorCosign', approve);
    story.complete('DepartmentHeadDecision', approve);
    story.complete('PresidentDecision', approve);
    expect(story.task('FinanceConfirm').candidateGroups).toEqual(['finance']);
    pay(story);
    story.expectCompleted();
    expect(story.variable('refundStatus')).toBe('paid');
    expect(story.variable('paidCents')).toBe(300000);
    expect(story.variable('refundId')).toBe('R-2026110001');
    story.expectJobs('reserve-refund', 'order-payment');
    story.expectLimit('refund', 'met');
  });

  it('by card is complete only when the money arrived, about 7 working days later', async () => {
    const story = await aRefund();
    story.complete('ApplyRefund', { ...application, method: 'card' });
    story.complete('CsDirectorCosign', approve);
    story.complete('DepartmentHeadDecision', approve);
    story.complete('PresidentDecision', approve);
    pay(story);
    expect(story.variable('refundStatus')).toBe('approved');
    story.expectLimit('refund', 'met');
    expect(story.task('ConfirmArrival')).toMatchObject({
      candidateGroups: ['cashier'],
      dueReason: { kind: 'working-days', days: 7 },
    });
    story.complete('ConfirmArrival', { arrival: 'arrived' });
    expect(story.variable('refundStatus')).toBe('paid');
    story.expectCompleted();
  });

  it.each([
    [2_000_000, []],
    [2_000_001, ['GeneralDirectorDecision']],
    [5_000_000, ['GeneralDirectorDecision']],
    [5_000_001, ['GeneralDirectorDecision', 'GmDecision']],
  ])('of %i cents asks more people: %j', async (amountCents, more) => {
    const story = await aRefund();
    story.complete('ApplyRefund', { ...application, amountCents });
    const asked: string[] = [];
    while (!story.waitingAt().includes('FinanceConfirm')) {
      const [element = ''] = story.waitingAt();
      story.complete(element, approve);
      asked.push(element);
    }
    const expected = ['CsDirectorCosign', 'DepartmentHeadDecision', 'PresidentDecision'];
    if (more.includes('GeneralDirectorDecision')) expected.splice(2, 0, 'GeneralDirectorDecision');
    if (more.includes('GmDecision')) expected.push('GmDecision');
    expect(asked).toEqual(expected);
  });

  it.each(['CsDirectorCosign', 'DepartmentHeadDecision', 'GeneralDirectorDecision', 'PresidentDecision', 'GmDecision'])(
    'rejected at %s gives the reservation back and pays nothing',
    async (element) => {
      const story = await aRefund();
      story.complete('ApplyRefund', { ...application, amountCents: 6_000_000 });
      while (!story.waitingAt().includes(element)) story.complete(story.waitingAt()[0] ?? '', approve);
      story.complete(element, { decision: 'reject', reason: '项目已全部完成' });
      story.expectCompleted();
      expect(story.variable('refundStatus')).toBe('rejected');
      expect(story.variable('reason')).toBe('项目已全部完成');
      expect(story.variable('paidCents')).toBe(0);
      story.expectJobs('reserve-refund', 'release-refund');
    },
  );

  it('needs a reason for what is not approved', async () => {
    const story = await aRefund();
    story.complete('ApplyRefund', application);
    const refusal = story.tryToComplete('CsDirectorCosign', { decision: 'reject' });
    expect(refusal).toMatchObject({ code: 'form-invalid', details: [{ field: 'reason', code: 'required' }] });
    story.expectWaitingAt('CsDirectorCosign');
  });

  it('sent back is applied for again and goes through all hands again', async () => {
    const story = await aRefund();
    story.complete('ApplyRefund', { ...application, amountCents: 900000 });
    story.complete('CsDirectorCosign', approve);
    story.complete('DepartmentHeadDecision', { decision: 'send-back', reason: '请扣除已做部分' });
    expect(story.variable('refundStatus')).toBe('sent-back');
    expect(story.variable('reason')).toBe('请扣除已做部分');
    story.complete('ApplyRefund', application);
    story.expectWaitingAt('CsDirectorCosign');
    story.expectJobs('reserve-refund', 'release-refund', 'reserve-refund');
  });

  it.each(['more-than-paid', 'already-refunded', 'no-such-payment'])(
    'goes back to the applicant when the check says %s',
    async (problem) => {
      const story = await aRefund({ jobs: { 'reserve-refund': bpmnError(problem) } });
      story.complete('ApplyRefund', application);
      story.expectWaitingAt('ApplyRefund');
      expect(story.variable('applicationProblem')).toBe(problem === 'no-such-payment' ? 'check-failed' : problem);
      story.expectNoIncident();
      story.mockJob('reserve-refund', { reserved: true });
      story.complete('ApplyRefund', application);
      expect(story.variable('applicationProblem')).toBeNull();
      story.expectWaitingAt('CsDirectorCosign');
    },
  );

  it('is never approved by who applied for it', async () => {
    const story = await aRefund();
    const forged = { ...application, completedBy: 'somebody-else', applicant: 'x' };
    expect(story.tryToComplete('ApplyRefund', forged, 'cs-director-bj')).toMatchObject({
      code: 'form-invalid',
      details: [{ field: 'completedBy' }, { field: 'applicant', code: 'unknown-field' }],
    });
    story.complete('ApplyRefund', application, 'cs-director-bj');
    expect(story.variable('applicant')).toBe('cs-director-bj');
    expect(story.tryToComplete('CsDirectorCosign', approve, 'cs-director-bj')?.code).toBe('own-application');
    story.complete('CsDirectorCosign', approve, 'other-director-bj');
    story.expectWaitingAt('DepartmentHeadDecision');
  });

  it('refuses an amount of nothing and fractions of a cent', async () => {
    const story = await aRefund();
    for (const amountCents of [0, -5, '300'])
      expect(story.tryToComplete('ApplyRefund', { ...application, amountCents })?.code).toBe('form-invalid');
  });

  it('tells the customer service director and the president when 48 hours have passed', async () => {
    const story = await aRefund();
    story.complete('ApplyRefund', application);
    story.advance('PT48H');
    expect(story.told()).toEqual([
      { limit: 'refund', roles: ['cs-director', 'president'], at: '2026-11-06T02:00:00.000Z' },
    ]);
    story.expectWaitingAt('CsDirectorCosign');
  });

  it.each(['CsDirectorCosign', 'DepartmentHeadDecision', 'GeneralDirectorDecision', 'PresidentDecision', 'GmDecision'])(
    'sent back at %s can be applied for again, for less, and is paid',
    async (element) => {
      const story = await aRefund();
      story.complete('ApplyRefund', { ...application, amountCents: 6_000_000 });
      while (!story.waitingAt().includes(element)) story.complete(story.waitingAt()[0] ?? '', approve);
      story.complete(element, { decision: 'send-back', reason: '金额与协议不符' });
      story.expectWaitingAt('ApplyRefund');
      story.expectVariables({ refundStatus: 'sent-back', reason: '金额与协议不符' });
      story.complete('ApplyRefund', application);
      for (const step of ['CsDirectorCosign', 'DepartmentHeadDecision', 'PresidentDecision'])
        story.complete(step, approve);
      pay(story);
      story.expectCompleted({ refundStatus: 'paid', paidCents: 300000, reason: null });
      story.expectJobs('reserve-refund', 'release-refund', 'reserve-refund', 'order-payment');
    },
  );

  it('tells of its limit once, also when it is sent back, and is paid all the same', async () => {
    const story = await aRefund();
    story.complete('ApplyRefund', application);
    story.advance('P2D');
    story.complete('CsDirectorCosign', { decision: 'send-back', reason: '请补充' });
    story.complete('ApplyRefund', application);
    story.advance('P5D');
    for (const step of ['CsDirectorCosign', 'DepartmentHeadDecision', 'PresidentDecision'])
      story.complete(step, approve);
    pay(story);
    story.expectCompleted({ refundStatus: 'paid' });
    expect(story.told()).toHaveLength(1);
    story.expectLimit('refund', 'breached');
  });

  it('to a card waits for the money over holidays: 7 working days from 30 September', async () => {
    const story = await aRefund({ now: '2026-09-30T10:00' });
    story.complete('ApplyRefund', { ...application, method: 'card' });
    for (const step of ['CsDirectorCosign', 'DepartmentHeadDecision', 'PresidentDecision'])
      story.complete(step, approve);
    pay(story);
    story.expectDue('ConfirmArrival', '2026-10-15');
    story.advance('P60D');
    story.expectNobodyTold();
    story.complete('ConfirmArrival', { arrival: 'arrived' });
    story.expectCompleted({ refundStatus: 'paid', paidCents: 300000 });
  });

  it.each([
    ['reserve-refund', 'ReserveRefund'],
    ['release-refund', 'ReleaseRefund'],
  ])('stops when %s fails, and continues when it is tried again', async (type, element) => {
    const story = await aRefund({ jobs: { [type]: failure('the database is away') } });
    story.complete('ApplyRefund', application);
    if (type === 'release-refund') story.complete('CsDirectorCosign', { decision: 'reject', reason: '项目已全部完成' });
    story.expectIncident(element, 'job-failed');
    story.mockJob(type, {});
    story.retry(element);
    story.expectNoIncident();
    expect(story.variable('refundStatus')).toBe(type === 'release-refund' ? 'rejected' : 'approving');
  });

  it('is paid once when the payment order has to be tried again', async () => {
    const story = await aRefund({ jobs: { 'order-payment': failure('no answer from the cashier') } });
    story.complete('ApplyRefund', application);
    for (const step of ['CsDirectorCosign', 'DepartmentHeadDecision', 'PresidentDecision'])
      story.complete(step, approve);
    pay(story);
    story.expectIncident('OrderPayment', 'job-failed');
    story.expectVariables({ refundStatus: 'approving', paidCents: 0 });
    story.mockJob('order-payment', { orderId: 'PAY-1', paidCents: 300000 });
    story.retry('OrderPayment');
    story.expectCompleted({ refundStatus: 'paid', paidCents: 300000 });
  });
});
