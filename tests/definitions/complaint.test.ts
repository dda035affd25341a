/** The complaint process as stories (docs/domain.md#complaint-lifecycle): who does what, when, and what is true then. */
import { describe, expect, it } from 'vitest';
import type { Variables } from '../../engine/model/plan.ts';
import { aStory, failure, type Story, type StorySettings } from '../kit/index.ts';

const registered: Variables = {
  channel: 'hotline',
  receivedAt: '2026-11-04T02:00:00.000Z',
  emergency: false,
  seriousEvent: false,
};

const aComplaint = (settings: Partial<StorySettings> = {}): Promise<Story> =>
  aStory({
    definition: 'complaint',
    businessKey: 'BJ2026110001',
    variables: registered,
    given: { caseNumber: 'BJ2026110001' },
    ...settings,
  });

const approve = { decision: 'approve' };

function untilPlan(story: Story, classification: string): void {
  story.complete('AcceptComplaint');
  story.complete('ContactPatient', { contactResult: 'reached', contactChannel: 'phone' });
  story.complete('Classify', { classification });
  if (classification.startsWith('medical'))
    story.complete('ExpertReview', {
      expertOne: 'dr-a',
      expertTwo: 'dr-b',
      recusal: 'confirmed',
      finding: 'minor-fault',
    });
}

function untilNegotiation(story: Story, classification: string, plan: Variables = { kind: 'apology' }): void {
  untilPlan(story, classification);
  story.complete('ProposePlan', plan);
  if (!classification.startsWith('medical')) story.complete('DepartmentHeadApproval', approve);
  story.complete('PresidentApproval', approve);
}

function close(story: Story): void {
  story.complete('CloseCase', { outcome: 'accepted' });
  story.complete('InternalHandling', { penaltyLevel: 'none' });
  story.complete('PreventRecurrence', {
    improvement: '候诊超过半小时由前台主动说明',
    improvementOwner: 'cs-director-bj',
    improvementDueOn: '2026-11-20',
  });
}

function payByCash(story: Story): void {
  story.complete('ApplyRefund', { paymentId: 'PAY-1', amountCents: 300000, method: 'cash' });
  story.complete('CsDirectorCosign', approve);
  story.complete('DepartmentHeadDecision', approve);
  story.complete('PresidentDecision', approve);
  story.complete('FinanceConfirm', { financeConfirmation: 'confirmed' });
  story.complete('PatientSigns', { patientSignature: 'signed' });
  story.complete('PreparePayment', { cashierConfirmation: 'ready' });
}

describe('a complaint about service', () => {
  it('begins by a message, too, when a patient called for follow-up is not satisfied', async () => {
    const variables = { ...registered, channel: 'callback' };
    const story = await aComplaint({ startEvent: 'FollowUpComplained', variables, given: {} });
    story.expectWaitingAt('AcceptComplaint');
    story.expectVariables({ caseNumber: 'BJ2026110001', channel: 'callback' });
  });

  it('goes from registration through closure to prevention', async () => {
    const story = await aComplaint();
    expect(story.jobs.map((job) => [job.type, job.headers['to']])).toEqual([['send-message', 'patient']]);
    story.expectWaitingAt('AcceptComplaint');
    expect(story.task('AcceptComplaint')).toMatchObject({
      candidateGroups: ['cs-director'],
      dueAt: '2026-11-04T14:00:00.000Z',
    });
    story.complete('AcceptComplaint', { handler: 'handler-bj' });
    expect(story.stage()).toBe('investigation');
    expect(story.task('ContactPatient').dueReason).toEqual({ kind: 'duration', from: story.now(), duration: 'PT24H' });
    story.complete('ContactPatient', { contactResult: 'reached' });
    story.complete('Classify', { classification: 'service' });
    story.complete('ProposePlan', { kind: 'service-repair', note: '免费护理一次' });
    story.complete('DepartmentHeadApproval', approve);
    story.complete('PresidentApproval', approve);
    story.complete('Negotiate', { negotiationResult: 'agreed' });
    story.complete('SignAgreement', { agreement: 'signed' });
    story.expectWaitingAt('CloseCase');
    close(story);
    story.expectCompleted();
    story.expectNoIncident();
    story.expectNobodyTold();
    expect(story.jobs.map((job) => job.type)).toEqual(['send-message', 'file-case', 'send-message']);
    expect(story.variable('agreed')).toBe(true);
    expect(story.variable('outcome')).toBe('accepted');
    expect(story.variable('acceptedAt')).toBe(story.now());
    expect(story.variable('plan')).toEqual({ kind: 'service-repair', amountCents: 0, note: '免费护理一次' });
    expect(['handOver', 'firstContact', 'closure'].map((id) => story.clock(id).status)).toEqual(['met', 'met', 'met']);
  });

  it('logs each attempt to reach the patient and each round of negotiation', async () => {
    const story = await aComplaint();
    story.complete('AcceptComplaint');
    story.complete('ContactPatient', { contactResult: 'no-answer' });
    story.advance('PT2H');
    story.expectWaitingAt('ContactPatient');
    story.complete('ContactPatient', { contactResult: 'reached', contactChannel: 'in-person' });
    expect(story.variable('contactLog')).toEqual([
      { at: '2026-11-04T02:00:00.000Z', channel: 'phone', result: 'no-answer' },
      { at: '2026-11-04T04:00:00.000Z', channel: 'in-person', result: 'reached' },
    ]);
    expect(story.variable('firstContactAt')).toBe('2026-11-04T04:00:00.000Z');
    story.complete('Classify', { classification: 'suggestion' });
    story.complete('ProposePlan', { kind: 'apology' });
    story.complete('DepartmentHeadApproval', approve);
    story.complete('PresidentApproval', approve);
    story.complete('Negotiate', { negotiationResult: 'another-round' });
    story.complete('Negotiate', { negotiationResult: 'agreed' });
    expect(story.variable('negotiationRound')).toBe(2);
    expect(story.variable('negotiationLog')).toMatchObject([
      { round: 1, result: 'another-round' },
      { round: 2, result: 'agreed' },
    ]);
  });

  it('takes a plan that is sent back to its author again, with a new due date', async () => {
    const story = await aComplaint();
    untilPlan(story, 'service');
    story.complete('ProposePlan', { kind: 'refund', amountCents: 900000 });
    expect(story.tryToComplete('DepartmentHeadApproval', { decision: 'send-back' })?.code).toBe('form-invalid');
    story.complete('DepartmentHeadApproval', { decision: 'send-back', reason: '金额偏高' });
    story.expectWaitingAt('ProposePlan');
    expect(story.variable('reason')).toBe('金额偏高');
    story.advance('PT30H');
    story.complete('ProposePlan', { kind: 'refund', amountCents: 300000 });
    story.complete('DepartmentHeadApproval', approve);
    story.complete('PresidentApproval', { decision: 'reject', reason: '先致歉' });
    story.expectWaitingAt('ProposePlan');
    expect(story.task('ProposePlan').dueAt).toBe('2026-11-06T08:00:00.000Z');
  });

  it('is renegotiated by the president, and continues as quality when refused again', async () => {
    const story = await aComplaint();
    untilNegotiation(story, 'service');
    story.complete('Negotiate', { negotiationResult: 'refused' });
    expect(story.task('PresidentRenegotiation').candidateGroups).toEqual(['president']);
    story.complete('PresidentRenegotiation', { negotiationResult: 'refused' });
    expect(story.variable('quality')).toBe(true);
    story.expectWaitingAt('ExpertReview');
    story.complete('ExpertReview', { expertOne: 'a', expertTwo: 'b', recusal: 'confirmed', finding: 'no-fault' });
    story.complete('ProposePlan', { kind: 'apology' });
    story.expectWaitingAt('PresidentApproval');
    story.complete('PresidentApproval', approve);
    expect(story.task('Negotiate').candidateGroups).toContain('medical-affairs');
    story.complete('Negotiate', { negotiationResult: 'agreed' });
    expect(story.task('SignAgreement').candidateGroups).toEqual(['medical-affairs']);
  });

  it('ends well where the patient follows the president', async () => {
    const story = await aComplaint();
    untilNegotiation(story, 'service');
    story.complete('Negotiate', { negotiationResult: 'refused' });
    story.complete('PresidentRenegotiation', { negotiationResult: 'agreed' });
    story.complete('SignAgreement', { agreement: 'signed' });
    close(story);
    story.expectCompleted();
  });
});

describe('a complaint about quality', () => {
  it('needs two experts and the president alone', async () => {
    const story = await aComplaint();
    story.complete('AcceptComplaint');
    story.complete('ContactPatient', { contactResult: 'reached' });
    story.complete('Classify', { classification: 'medical-result' });
    expect(story.stage()).toBe('expert-review');
    const one = { expertOne: 'dr-a', recusal: 'confirmed', finding: 'fault' };
    expect(story.tryToComplete('ExpertReview', one)?.code).toBe('form-invalid');
    story.complete('ExpertReview', { ...one, expertTwo: 'dr-b' });
    story.complete('ProposePlan', { kind: 'compensation', amountCents: 800000 });
    story.expectWaitingAt('PresidentApproval');
  });

  it('climbs through medical affairs, the group and the general manager to legal, and is closed without agreement', async () => {
    const story = await aComplaint();
    untilNegotiation(story, 'medical-result', { kind: 'compensation', amountCents: 800000 });
    story.complete('Negotiate', { negotiationResult: 'refused' });
    story.complete('MedicalAffairsNegotiation', { negotiationResult: 'refused' });
    const experts = { expertOne: 'x', expertTwo: 'y', recusal: 'confirmed', finding: 'minor-fault' };
    story.complete('GroupExpertReview', experts);
    story.complete('GmOpinionApproval', { decision: 'reject', reason: '请补充外院专家意见' });
    story.complete('GroupExpertReview', experts);
    story.complete('GmOpinionApproval', approve);
    story.complete('GroupNegotiation', { negotiationResult: 'refused' });
    expect(story.stage()).toBe('legal');
    story.complete('LegalHandling', { negotiationResult: 'judged' });
    expect(story.variable('agreed')).toBe(false);
    story.expectWaitingAt('CloseCase');
    close(story);
    story.expectCompleted();
    story.expectNoIncident();
  });

  it.each(['MedicalAffairsNegotiation', 'GroupNegotiation', 'LegalHandling'])('settles at %s', async (element) => {
    const story = await aComplaint();
    untilNegotiation(story, 'medical-support');
    story.complete('Negotiate', { negotiationResult: 'refused' });
    const ladder = [
      'MedicalAffairsNegotiation',
      'GroupExpertReview',
      'GmOpinionApproval',
      'GroupNegotiation',
      'LegalHandling',
    ];
    for (const rung of ladder) {
      if (rung === element) break;
      if (rung === 'GmOpinionApproval') story.complete(rung, approve);
      else if (rung === 'GroupExpertReview')
        story.complete(rung, { expertOne: 'x', expertTwo: 'y', recusal: 'confirmed', finding: 'fault' });
      else story.complete(rung, { negotiationResult: 'refused' });
    }
    story.complete(element, { negotiationResult: 'agreed' });
    story.expectWaitingAt('SignAgreement');
  });
});

describe('money promised in the settlement', () => {
  it('is paid by the refund process before the case is closed', async () => {
    const story = await aComplaint();
    untilNegotiation(story, 'service', { kind: 'refund', amountCents: 300000 });
    story.complete('Negotiate', { negotiationResult: 'agreed' });
    story.complete('SignAgreement', { agreement: 'signed' });
    story.expectWaitingAt('ApplyRefund');
    payByCash(story);
    expect(story.variable('refund')).toEqual({ refundId: 'BJ2026110001-R1', status: 'paid', paidCents: 300000 });
    close(story);
    story.expectCompleted();
  });

  it.each([
    ['replan', 'ProposePlan'],
    ['renegotiate', 'Negotiate'],
  ])('leads back by %s when the refund is rejected, and is asked for under a new number', async (nextStep, element) => {
    const story = await aComplaint();
    untilNegotiation(story, 'service', { kind: 'refund', amountCents: 300000 });
    story.complete('Negotiate', { negotiationResult: 'agreed' });
    story.complete('SignAgreement', { agreement: 'signed' });
    story.complete('ApplyRefund', { paymentId: 'PAY-1', amountCents: 300000, method: 'cash' });
    story.complete('CsDirectorCosign', { decision: 'reject', reason: '项目已全部完成' });
    expect(story.variable('refund')).toMatchObject({ refundId: 'BJ2026110001-R1', status: 'rejected', paidCents: 0 });
    story.complete('DecideAfterRefund', { nextStep });
    story.expectWaitingAt(element);
    if (element === 'ProposePlan') {
      story.complete('ProposePlan', { kind: 'refund', amountCents: 300000 });
      story.complete('DepartmentHeadApproval', approve);
      story.complete('PresidentApproval', approve);
    }
    story.complete('Negotiate', { negotiationResult: 'agreed' });
    story.complete('SignAgreement', { agreement: 'signed' });
    payByCash(story);
    expect(story.variable('refund')).toMatchObject({ refundId: 'BJ2026110001-R2', status: 'paid' });
  });
});

describe('promises', () => {
  it('tells the named roles when acceptance is late', async () => {
    const story = await aComplaint();
    story.advance('PT12H');
    expect(story.told()).toEqual([
      {
        limit: 'handOver',
        roles: ['cs-director', 'cs-general-director', 'president'],
        at: '2026-11-04T14:00:00.000Z',
      },
    ]);
    story.expectWaitingAt('AcceptComplaint');
  });

  it('tells the named roles when nobody reached the patient within 3 working days', async () => {
    const story = await aComplaint();
    story.complete('AcceptComplaint');
    story.complete('ContactPatient', { contactResult: 'no-answer' });
    story.advance('P2D');
    story.expectNobodyTold();
    story.advance('P4D');
    expect(story.told()).toMatchObject([
      { limit: 'firstContact', roles: ['cs-director', 'cs-general-director', 'president'] },
    ]);
    expect(story.clock('firstContact')).toMatchObject({
      status: 'breached',
      reason: { kind: 'working-days', days: 3 },
    });
    story.complete('ContactPatient', { contactResult: 'reached' });
    expect(story.clock('firstContact')).toMatchObject({ status: 'breached', endedAt: story.now() });
    story.expectWaitingAt('Classify');
  });

  it.each([
    ['beijing', '2026-11-11T03:00:00.000Z'],
    ['elsewhere', '2026-11-18T03:00:00.000Z'],
  ])('%s closes within its limit from acceptance, or the general director supervises', async (rules, closeBy) => {
    const story = await aComplaint({ rules });
    story.advance('PT1H');
    story.complete('AcceptComplaint');
    story.complete('ContactPatient', { contactResult: 'reached' });
    expect(story.clock('closure').dueAt).toBe(closeBy);
    story.advance('P15D');
    expect(story.told()).toEqual([{ limit: 'closure', roles: ['cs-general-director', 'president'], at: closeBy }]);
    story.expectWaitingAt('Classify', 'SuperviseClosure');
    story.complete('SuperviseClosure', { measure: '每日通报进展' });
    story.expectWaitingAt('Classify');
  });

  it('does not count internal handling and prevention into the closure limit', async () => {
    const story = await aComplaint();
    untilNegotiation(story, 'service');
    story.complete('Negotiate', { negotiationResult: 'agreed' });
    story.complete('SignAgreement', { agreement: 'signed' });
    story.complete('CloseCase', { outcome: 'satisfied' });
    story.expectLimit('closure', 'met');
    story.advance('P30D');
    story.expectNobodyTold();
    story.expectWaitingAt('InternalHandling');
  });
});

describe('a patient who withdraws', () => {
  it('ends the handling, whatever was open, once the reason is recorded', async () => {
    const story = await aComplaint();
    untilNegotiation(story, 'service');
    story.message('complaintWithdrawn', 'BJ2026110001');
    story.expectWaitingAt('RecordWithdrawal');
    expect(story.tryToComplete('RecordWithdrawal')?.code).toBe('form-invalid');
    story.complete('RecordWithdrawal', { reason: '患者表示问题已解决' });
    story.expectCompleted();
    expect(story.variable('outcome')).toBe('withdrawn');
  });

  it('frees the money that a refund still holds', async () => {
    const story = await aComplaint();
    untilNegotiation(story, 'service');
    story.message('complaintWithdrawn', 'BJ2026110001');
    story.complete('RecordWithdrawal', { reason: '患者表示问题已解决' });
    expect(story.jobs.filter(({ type }) => type === 'release-refund')).toHaveLength(1);
  });
});

/** Every task between acceptance and closing, and what completes it on the way of a service complaint with a refund. */
const wayToClosing: [task: string, variables: Variables][] = [
  ['ContactPatient', { contactResult: 'reached' }],
  ['Classify', { classification: 'service' }],
  ['ProposePlan', { kind: 'refund', amountCents: 300000 }],
  ['DepartmentHeadApproval', approve],
  ['PresidentApproval', approve],
  ['Negotiate', { negotiationResult: 'refused' }],
  ['PresidentRenegotiation', { negotiationResult: 'agreed' }],
  ['SignAgreement', { agreement: 'signed' }],
  ['ApplyRefund', { paymentId: 'PAY-1', amountCents: 300000, method: 'cash' }],
  ['CsDirectorCosign', approve],
  ['DepartmentHeadDecision', approve],
  ['PresidentDecision', approve],
  ['FinanceConfirm', { financeConfirmation: 'confirmed' }],
  ['PatientSigns', { patientSignature: 'signed' }],
  ['PreparePayment', { cashierConfirmation: 'ready' }],
  ['CloseCase', { outcome: 'accepted' }],
];

describe('a withdrawal', () => {
  it.each(wayToClosing.map(([task]) => task))('at %s ends what is open, and the refund with it', async (open) => {
    const story = await aComplaint();
    story.complete('AcceptComplaint');
    for (const [task, variables] of wayToClosing) {
      if (task === open) break;
      story.complete(task, variables);
    }
    story.expectWaitingAt(open);
    story.message('complaintWithdrawn', 'BJ2026110001');
    story.expectWaitingAt('RecordWithdrawal');
    expect(story.stage()).toBe('withdrawal');
    story.complete('RecordWithdrawal', { reason: '患者表示问题已解决' });
    story.expectCompleted({ outcome: 'withdrawn', withdrawalReason: '患者表示问题已解决' });
    story.expectNotPassed('CloseCase', 'InternalHandling', 'PreventRecurrence');
    story.expectNobodyTold();
    // Nothing of it fires later.
    story.advance('P60D');
    story.expectNobodyTold();
    story.expectWaitingAt();
  });

  it('leaves a supervision that has begun to be recorded', async () => {
    const story = await aComplaint();
    story.complete('AcceptComplaint');
    story.advance('P8D');
    story.expectWaitingAt('ContactPatient', 'SuperviseClosure');
    story.message('complaintWithdrawn', 'BJ2026110001');
    story.complete('RecordWithdrawal', { reason: '患者表示问题已解决' });
    story.expectWaitingAt('SuperviseClosure');
    story.complete('SuperviseClosure', { measure: '已与患者确认撤诉' });
    story.expectCompleted({ outcome: 'withdrawn' });
  });

  it('is not awaited before acceptance, nor after closing, nor under another number', async () => {
    const story = await aComplaint();
    const withdraw = (key: string) => story.tryMessage('complaintWithdrawn', key)?.code;
    expect(withdraw('BJ2026110001')).toBe('message-not-expected');
    untilNegotiation(story, 'service');
    expect(withdraw('BJ2026110002')).toBe('message-not-expected');
    story.complete('Negotiate', { negotiationResult: 'agreed' });
    story.complete('SignAgreement', { agreement: 'signed' });
    story.complete('CloseCase', { outcome: 'accepted' });
    expect(withdraw('BJ2026110001')).toBe('message-not-expected');
    story.expectWaitingAt('InternalHandling');
  });

  it('names the reservation of the refund that is running', async () => {
    const story = await aComplaint({ calls: { refund: { refundId: 'x', refundStatus: 'rejected', paidCents: 0 } } });
    untilNegotiation(story, 'service', { kind: 'refund', amountCents: 300000 });
    story.complete('Negotiate', { negotiationResult: 'agreed' });
    story.complete('SignAgreement', { agreement: 'signed' });
    story.complete('DecideAfterRefund', { nextStep: 'renegotiate' });
    story.message('complaintWithdrawn', 'BJ2026110001');
    story.complete('RecordWithdrawal', { reason: '患者表示问题已解决' });
    expect(story.jobs.filter(({ type }) => type === 'release-refund')).toHaveLength(1);
  });
});

describe('limits', () => {
  it('of first contact count working days: a Saturday worked in lieu, not the holidays', async () => {
    const receivedAt = '2026-09-30T02:00:00.000Z';
    const story = await aComplaint({ now: receivedAt, variables: { ...registered, receivedAt } });
    story.complete('AcceptComplaint');
    story.expectDue('FirstContactLimit', '2026-10-10');
    story.advanceTo('2026-10-10T23:59');
    story.expectLimit('firstContact', 'running');
    story.advanceTo('2026-10-11');
    story.expectTold(['cs-director', 'cs-general-director', 'president'], 'firstContact');
  });

  it('are each told once, and the case continues to its end', async () => {
    const story = await aComplaint();
    story.advance('PT13H');
    story.complete('AcceptComplaint');
    story.advance('P6D');
    story.complete('ContactPatient', { contactResult: 'reached' });
    story.advance('P3D');
    story.complete('SuperviseClosure', { measure: '每日通报进展' });
    story.complete('Classify', { classification: 'suggestion' });
    story.complete('ProposePlan', { kind: 'apology' });
    story.complete('DepartmentHeadApproval', approve);
    story.complete('PresidentApproval', approve);
    story.complete('Negotiate', { negotiationResult: 'agreed' });
    story.complete('SignAgreement', { agreement: 'signed' });
    close(story);
    story.expectCompleted({ outcome: 'accepted' });
    expect(story.told().map(({ limit }) => limit)).toEqual(['handOver', 'firstContact', 'closure']);
    for (const limit of ['handOver', 'firstContact', 'closure']) story.expectLimit(limit, 'breached');
  });

  it('of the refund it pays are told beside its own', async () => {
    const story = await aComplaint();
    untilNegotiation(story, 'service', { kind: 'refund', amountCents: 300000 });
    story.complete('Negotiate', { negotiationResult: 'agreed' });
    story.complete('SignAgreement', { agreement: 'signed' });
    story.advance('P7D');
    story.expectTold(['cs-director', 'president'], 'refund');
    story.expectTold(['cs-general-director', 'president'], 'closure');
    story.expectWaitingAt('ApplyRefund', 'SuperviseClosure');
  });

  it('are met by an act in the last minute', async () => {
    const story = await aComplaint();
    story.advance('PT11H59M');
    story.complete('AcceptComplaint');
    story.advance('P1D');
    story.expectLimit('handOver', 'met');
    story.expectNobodyTold();
  });
});

describe('due dates', () => {
  it('of each task are those of the rules', async () => {
    const story = await aComplaint();
    story.expectDue('AcceptComplaint', '2026-11-04T22:00');
    story.complete('AcceptComplaint');
    story.expectDue('ContactPatient', '2026-11-05');
    story.expectDue('ClosureLimit', '2026-11-11T10:00');
    story.complete('ContactPatient', { contactResult: 'reached' });
    story.expectDue('Classify', '2026-11-05');
    story.complete('Classify', { classification: 'medical-result' });
    story.expectDue('ExpertReview', '2026-11-05');
    story.complete('ExpertReview', { expertOne: 'a', expertTwo: 'b', recusal: 'confirmed', finding: 'fault' });
    story.expectDue('ProposePlan', '2026-11-05');
    story.complete('ProposePlan', { kind: 'apology' });
    story.expectDue('PresidentApproval', '2026-11-05');
    story.complete('PresidentApproval', approve);
    story.expectDue('Negotiate', '2026-11-11T10:00');
    story.complete('Negotiate', { negotiationResult: 'agreed' });
    story.expectDue('SignAgreement', '2026-11-06');
    story.complete('SignAgreement', { agreement: 'signed' });
    story.expectDue('CloseCase', '2026-11-05');
    story.complete('CloseCase', { outcome: 'accepted' });
    story.expectDue('InternalHandling', '2026-11-06');
    story.complete('InternalHandling', { penaltyLevel: 'none' });
    story.expectDue('PreventRecurrence', '2026-11-11');
  });
});

describe('what the machine does', () => {
  it.each([
    ['file-case', 'FileCase', 'TellPatientClosed'],
    ['send-message', 'TellPatient', 'AcceptComplaint'],
  ])('by %s stops the case when it fails, and continues when it is tried again', async (type, element, next) => {
    const story = await aComplaint({ jobs: { [type]: failure('the other system is away') } });
    if (type === 'file-case') {
      untilNegotiation(story, 'service');
      story.complete('Negotiate', { negotiationResult: 'agreed' });
      story.complete('SignAgreement', { agreement: 'signed' });
      story.complete('CloseCase', { outcome: 'accepted' });
    }
    story.expectIncident(element, 'job-failed');
    story.mockJob(type, {});
    story.retry(element);
    story.expectNoIncident();
    story.expectPassed(element);
    expect([...story.path(), ...story.waitingAt()]).toContain(next);
  });

  it('tells the patient by when an answer is promised', async () => {
    const [told] = (await aComplaint()).jobs;
    expect(told).toMatchObject({
      type: 'send-message',
      input: { caseNumber: 'BJ2026110001', answerBy: '2026-11-09T15:59:59.999Z' },
    });
  });
});

describe('an emergency', () => {
  it('puts the case before the others', async () => {
    const story = await aComplaint({ variables: { ...registered, emergency: true } });
    expect(story.task('AcceptComplaint').priority).toBe(90);
  });
});
