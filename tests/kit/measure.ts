/** `npx tsx tests/kit/measure.ts`: how many stories a second the kit tells, on one core, coverage counted. */
import type { Variables } from '../../engine/model/plan.ts';
import { definitionsOf, type StorySettings, tell } from './story.ts';

const agreed: [task: string, variables: Variables][] = [
  ['AcceptComplaint', {}],
  ['ContactPatient', { contactResult: 'reached' }],
  ['Classify', { classification: 'service' }],
  ['ProposePlan', { kind: 'apology' }],
  ['DepartmentHeadApproval', { decision: 'approve' }],
  ['PresidentApproval', { decision: 'approve' }],
  ['Negotiate', { negotiationResult: 'agreed' }],
  ['SignAgreement', { agreement: 'signed' }],
  ['CloseCase', { outcome: 'accepted' }],
  ['InternalHandling', { penaltyLevel: 'none' }],
  [
    'PreventRecurrence',
    { improvement: '增加复核', improvementOwner: 'cs-director-bj', improvementDueOn: '2026-11-20' },
  ],
];
const rejected: [task: string, variables: Variables][] = [
  ['ApplyRefund', { paymentId: 'PAY-1', amountCents: 300000, method: 'cash' }],
  ['CsDirectorCosign', { decision: 'reject', reason: '项目已全部完成' }],
];
const registered = { caseNumber: 'BJ2026110001', channel: 'hotline', receivedAt: '2026-11-04T02:00:00.000Z' };
const cases: { name: string; settings: StorySettings; acts: [string, Variables][] }[] = [
  {
    name: 'complaint, registration to prevention, 11 tasks',
    settings: { definition: 'complaint', variables: { ...registered, emergency: false, seriousEvent: false } },
    acts: agreed,
  },
  { name: 'refund, rejected, 2 tasks', settings: { definition: 'refund' }, acts: rejected },
  {
    name: 'callback (docs/testing-processes.md), 1 task',
    settings: { definition: new URL('../definitions/examples/callback.bpmn', import.meta.url) },
    acts: [['CallPatient', { content: true }]],
  },
];

for (const { name, settings, acts } of cases) {
  const definitions = await definitionsOf(settings);
  const story = () => {
    const told = tell(definitions, settings);
    for (const [task, variables] of acts) told.complete(task, variables);
    told.expectCompleted();
  };
  for (let i = 0; i < 300; i++) story();
  const since = process.cpuUsage();
  const runs = 3000;
  for (let i = 0; i < runs; i++) story();
  const { user, system } = process.cpuUsage(since);
  const seconds = (user + system) / 1e6;
  console.log(
    `${name}: ${Math.round(runs / seconds)} stories per CPU second, ${((seconds * 1000) / runs).toFixed(2)} ms each`,
  );
}
