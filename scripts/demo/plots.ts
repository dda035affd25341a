/** How far each case goes, told as the steps of the definition (docs/complaint-process.md). */
import type { DemoCase, Plot } from './cases.ts';
import { begin, type Play, type Stage, type Task } from './play.ts';
import { decideBySignal, decideByTask, openRefund, payOut, stuckAtPayment } from './refunds.ts';

const DAY = 86_400_000;

const isQuality = (play: Play) => play.case.classification.startsWith('medical');

const accept = (play: Play) =>
  play.does('cs-director', 'AcceptComplaint', { handler: `handler-${play.case.facility.toLowerCase()}` });

const contact = (play: Play, contactResult: string) =>
  play.does('handler', 'ContactPatient', { contactResult, contactChannel: 'phone' });

async function classify(play: Play): Promise<void> {
  await accept(play);
  await contact(play, 'reached');
  await play.does('cs-director', 'Classify', { classification: play.case.classification });
}

async function propose(play: Play, refund = false): Promise<void> {
  await classify(play);
  if (isQuality(play)) {
    await play.does('medical-affairs', 'ExpertReview', {
      expertOne: 'expert-1',
      expertTwo: 'expert-2',
      recusal: 'confirmed',
      finding: 'minor-fault',
    });
  }
  const amountCents = play.case.demandCents;
  const plan = refund && amountCents ? { kind: 'refund', amountCents } : { kind: 'service-repair' };
  await play.does('cs-director', 'ProposePlan', plan);
}

async function approve(play: Play, refund = false): Promise<void> {
  await propose(play, refund);
  if (!isQuality(play)) await play.does('department-head', 'DepartmentHeadApproval', { decision: 'approve' });
  await play.does('president', 'PresidentApproval', { decision: 'approve' });
}

async function agree(play: Play, refund = false): Promise<void> {
  await approve(play, refund);
  await play.does('cs-director', 'Negotiate', { negotiationResult: 'agreed' });
  await play.does(isQuality(play) ? 'medical-affairs' : 'cs-director', 'SignAgreement', { agreement: 'signed' });
}

async function close(play: Play): Promise<void> {
  await play.does('cs-director', 'CloseCase', { outcome: 'satisfied', summary: '患者接受处理结果。' });
}

export async function closeWithoutRefund(play: Play): Promise<void> {
  await agree(play);
  await close(play);
}

/** Agreed on a refund, and the consultant's application lies with the directors. False when there is nothing to refund from. */
async function applied(play: Play, stage: Stage, method: 'cash' | 'card'): Promise<boolean> {
  await agree(play, true);
  return openRefund(play, stage, method);
}

const nobody = () => false;
const rejects = (step: Task) => step.candidateGroups.includes('president');
const sendsBack = (step: Task) => step.candidateGroups.includes('department-head');

const plots: Record<Plot, (play: Play, stage: Stage) => Promise<unknown>> = {
  registered: async () => undefined,
  accepted: accept,
  async contacting(play) {
    await accept(play);
    await contact(play, 'no-answer');
  },
  async 'first-contact-late'(play, stage) {
    await accept(play);
    await contact(play, 'no-answer');
    await isBroken(play, stage, 'firstContact', 12);
  },
  classified: classify,
  planned: (play) => propose(play),
  async approving(play) {
    await propose(play);
    if (!isQuality(play)) await play.does('department-head', 'DepartmentHeadApproval', { decision: 'approve' });
  },
  async 'plan-sent-back'(play) {
    await propose(play);
    const role = isQuality(play) ? 'president' : 'department-head';
    const element = isQuality(play) ? 'PresidentApproval' : 'DepartmentHeadApproval';
    await play.does(role, element, { decision: 'send-back', reason: '方案请补充对当事人的教育措施。' });
  },
  async negotiating(play) {
    await approve(play);
    await play.does('cs-director', 'Negotiate', { negotiationResult: 'another-round' });
  },
  async renegotiating(play) {
    await approve(play);
    await play.does('cs-director', 'Negotiate', { negotiationResult: 'refused' });
  },
  async 'refund-waiting'(play, stage) {
    if (!(await applied(play, stage, 'card'))) return;
    // The last of the directors this amount needs has not decided yet.
    const amount = play.case.demandCents ?? 0;
    const last = amount > 5_000_000 ? 'gm' : amount > 2_000_000 ? 'cs-general-director' : 'president';
    await decideBySignal(play, { stopBefore: (step) => step.candidateGroups.includes(last), refuse: nobody });
  },
  async 'refund-by-signal'(play, stage) {
    if (!(await applied(play, stage, 'cash'))) return;
    await decideBySignal(play, { stopBefore: nobody, refuse: nobody });
    await payOut(play, 'cash');
  },
  async 'refund-by-api'(play, stage) {
    if (!(await applied(play, stage, 'card'))) return;
    await decideByTask(play);
    await payOut(play, 'card');
  },
  async 'refund-refused'(play, stage) {
    if (!(await applied(play, stage, 'cash'))) return;
    await decideBySignal(play, { stopBefore: nobody, refuse: rejects, decision: 'reject' });
  },
  async 'refund-sent-back'(play, stage) {
    if (!(await applied(play, stage, 'cash'))) return;
    await decideBySignal(play, { stopBefore: nobody, refuse: sendsBack, decision: 'send-back' });
  },
  async 'refund-stuck'(play, stage) {
    if (!(await applied(play, stage, 'cash'))) return;
    await decideByTask(play);
    await stuckAtPayment(play);
  },
  async 'closure-late'(play, stage) {
    await approve(play);
    await play.does('cs-director', 'Negotiate', { negotiationResult: 'another-round' });
    await isBroken(play, stage, 'closure', 15);
  },
  async closed(play, stage) {
    if (play.case.demandCents) {
      if (!(await applied(play, stage, 'cash'))) return;
      await decideBySignal(play, { stopBefore: nobody, refuse: nobody });
      await payOut(play, 'cash');
    } else await agree(play);
    await close(play);
    await play.does('cs-general-director', 'InternalHandling', { penaltyLevel: 'I' });
    await play.does('cs-director', 'PreventRecurrence', {
      improvement: '修订流程并培训当班人员。',
      improvementOwner: `cs-director-${play.case.facility.toLowerCase()}`,
      improvementDueOn: new Date(Date.now() + 14 * DAY).toISOString().slice(0, 10),
    });
  },
  'closed-without-refund': closeWithoutRefund,
  async withdrawn(play) {
    await accept(play);
    await contact(play, 'reached');
    const director = await play.person('cs-director');
    await play.until('the withdrawal is taken', async () => {
      const { items } = await director.get<{ items: Task[] }>(`/api/tasks?q=${play.caseNumber}`);
      return items.some((task) => task.element === 'Classify');
    });
    await director.post('/api/messages', { name: 'complaintWithdrawn', correlationKey: play.caseNumber });
    await play.does('cs-director', 'RecordWithdrawal', { reason: '患者表示已谅解，主动撤诉。' });
  },
};

/** Lets process time run until the promise is broken. `days`: when it is at the latest. */
async function isBroken(play: Play, stage: Stage, clock: string, days: number): Promise<void> {
  const real = (days * DAY) / stage.speed + 60_000;
  await play.until(
    `limit ${clock} passed`,
    async () => (await play.view()).clocks.some((one) => one.id === clock && one.status === 'breached'),
    real,
  );
}

const late: Plot[] = ['first-contact-late', 'closure-late'];
export const runsLate = (plot: Plot): boolean => late.includes(plot);

export async function playOut(stage: Stage, about: DemoCase, onBegun: (play: Play) => void): Promise<Play> {
  const play = await begin(stage, about, runsLate(about.plot) ? stage.speed : undefined);
  onBegun(play);
  await plots[about.plot](play, stage);
  return play;
}
