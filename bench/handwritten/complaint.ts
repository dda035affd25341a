/** The complaint process of definitions/complaint, written by hand as one would without an engine: service complaints, no refund. */
import { condition, defineUpdate, scheduleLocalActivity, setHandler, workflowInfo } from '@temporalio/workflow';
import type { Variables } from '../../engine/model/plan.ts';
import { addWorkingDays } from '../../engine/time/calendar.ts';
import { addDuration } from '../../engine/time/duration.ts';
import { openCase, type TaskToDo } from './case.ts';
import type { ComplaintInput, Limits, Settings } from './messages.ts';

const oneOf =
  (field: string, ...options: string[]) =>
  (values: Variables): string[] =>
    options.includes(String(values[field])) ? [] : [field];

const approval = (values: Variables): string[] => {
  const problems = oneOf('decision', 'approve', 'reject', 'send-back')(values);
  if (values['decision'] !== 'approve' && !values['reason']) problems.push('reason');
  return problems;
};

const planCheck = (values: Variables): string[] => {
  const problems = oneOf('kind', 'apology', 'service-repair', 'refund', 'compensation', 'other')(values);
  const money = values['kind'] === 'refund' || values['kind'] === 'compensation';
  if (money && !(Number(values['amountCents']) > 0)) problems.push('amountCents');
  return problems;
};

const filled =
  (...fields: string[]) =>
  (values: Variables): string[] =>
    fields.filter((field) => typeof values[field] !== 'string' || values[field] === '');

export async function complaint(input: ComplaintInput): Promise<{ status: string; variables: Variables }> {
  const it = openCase(input);
  const { file } = it;
  const v = file.variables;
  const { receivedAt, caseNumber, channel, emergency, seriousEvent } = input;
  let withdrawn = false;
  setHandler(
    defineUpdate<void, [{ name: string }]>('correlate'),
    () => {
      withdrawn = true;
    },
    {
      validator({ name }) {
        if (name !== 'complaintWithdrawn' || !file.withdrawable) throw new Error('Nobody waits for this message.');
      },
    },
  );
  const ask = { instance: workflowInfo().workflowId, facility: input.facility, now: file.startedAt };
  const settings: Settings = await scheduleLocalActivity('loadSettings', [ask], {
    startToCloseTimeout: '10s',
    localRetryThreshold: '2s',
    summary: '载入规则',
  });
  const { calendar, rules } = settings;
  const limits = rules.limits as unknown as Limits;
  const now = () => new Date().toISOString();
  const after = (from: string, duration: string) => addDuration(from, duration, calendar.zone);
  const answerBy = addWorkingDays(calendar, receivedAt, limits.firstContactWorkingDays);
  it.begin(settings);
  const showing = it.showAll();

  Object.assign(v, { caseNumber, channel, receivedAt, emergency, seriousEvent, businessKey: caseNumber, rules });
  Object.assign(v, { facility: input.facility, startedAt: file.startedAt, startedBy: input.startedBy.id });
  Object.assign(v, { quality: false, agreed: false, contactLog: [], planRound: 0, negotiationRound: 0 });
  Object.assign(v, { negotiationLog: [], refundRound: 1, outcome: null });

  /** A task from its opening to the flow that leaves it. */
  async function person(task: TaskToDo, flow?: string, stage?: string, meanwhile?: () => void): Promise<Variables> {
    if (stage) it.stage(stage);
    const { key, done } = it.open(task);
    const { by, values } = await done;
    meanwhile?.();
    Object.assign(v, values, { completedBy: by.id });
    it.leave(task.element, key, flow);
    return values;
  }

  it.pass('ComplaintRegistered', 'ComplaintRegisteredToTellPatient');
  const told = await it.job(
    'TellPatient',
    'sendMessage',
    { caseNumber, answerBy: answerBy.at },
    { to: 'patient', template: 'complaint-registered', channel: 'sms' },
  );
  it.leave('TellPatient', told, 'TellPatientToAcceptComplaint');

  const handOver = it.promise('HandOverLimit', {
    id: 'handOver',
    name: '受理时限',
    dueAt: after(receivedAt, limits.handOver),
    provisional: false,
    tell: ['cs-director', 'cs-general-director', 'president'],
  });
  await person(
    {
      element: 'AcceptComplaint',
      roles: ['cs-director'],
      dueAt: after(receivedAt, limits.handOver),
      formId: 'acceptance',
      priority: emergency ? 90 : 50,
    },
    'AcceptComplaintToHandleComplaint',
    'accepted',
    handOver,
  );
  v['acceptedAt'] = now();

  const handling = it.enter('HandleComplaint');
  file.withdrawable = true;
  const closureDue = after(now(), limits.closure);
  const closure = it.promise('ClosureLimit', {
    id: 'closure',
    name: '结案时限',
    dueAt: closureDue,
    provisional: false,
    tell: ['cs-general-director', 'president'],
  });
  it.pass('HandlingStarted', 'HandlingStartedToInvestigateAndContact');
  const how = await Promise.race([handle(), condition(() => withdrawn).then(() => 'withdrawn' as const)]);
  file.withdrawable = false;
  closure();
  it.leave('HandleComplaint', handling, 'HandleComplaintToInternalHandling');

  if (how === 'withdrawn') {
    await person({ element: 'RecordWithdrawal', roles: ['cs-director'], dueAt: due('filing'), formId: 'withdrawal' });
    Object.assign(v, { outcome: 'withdrawn', closedAt: now() });
  } else {
    await person(
      {
        element: 'InternalHandling',
        roles: ['cs-general-director'],
        dueAt: due('internalHandling'),
        formId: 'internal-handling',
        check: oneOf('penaltyLevel', 'none', 'I', 'II', 'III', 'IV', 'V'),
      },
      'InternalHandlingToPreventRecurrence',
      'internal-handling',
    );
    await person(
      {
        element: 'PreventRecurrence',
        roles: ['cs-director', 'medical-affairs'],
        dueAt: due('prevention'),
        formId: 'prevention',
        check: filled('improvement', 'improvementOwner', 'improvementDueOn'),
      },
      'PreventRecurrenceToComplaintFinished',
      'prevention',
    );
  }
  it.pass('ComplaintFinished');
  it.leave('complaint', '1');
  it.end('completed');
  await showing;
  return { status: file.status, variables: v };

  function due(limit: 'filing' | 'approval' | 'formalities' | 'internalHandling' | 'prevention'): string {
    return after(now(), limits[limit]);
  }

  async function handle(): Promise<'closed'> {
    await contact();
    await person(
      {
        element: 'Classify',
        roles: ['cs-director', 'medical-affairs'],
        dueAt: after(now(), limits.classificationAndPlan),
        formId: 'classification',
        check: oneOf('classification', 'service', 'suggestion'),
      },
      'ClassifyToIsQuality',
      'classification',
    );
    it.pass('IsQuality', 'IsQualityToReadyToPlan');
    do await makePlan();
    while (v['decision'] !== 'approve');
    do await negotiate();
    while (v['negotiationResult'] === 'another-round');
    v['agreed'] = v['negotiationResult'] === 'agreed';
    it.pass('IsAgreed', 'IsAgreedToSignAgreement');
    await person(
      {
        element: 'SignAgreement',
        roles: ['cs-director'],
        dueAt: due('formalities'),
        formId: 'agreement',
        check: oneOf('agreement', 'signed'),
      },
      'SignAgreementToIsMoneyOwed',
      'formalities',
    );
    it.pass('IsMoneyOwed', 'IsMoneyOwedToNothingToPay');
    it.pass('NothingToPay', 'NothingToPayToReadyToClose');
    it.pass('ReadyToClose', 'ReadyToCloseToCloseCase');
    await person(
      {
        element: 'CloseCase',
        roles: ['cs-director'],
        dueAt: due('filing'),
        formId: 'closing',
        check: oneOf('outcome', 'satisfied', 'accepted', 'unresolved', 'legal'),
      },
      'CloseCaseToFileCase',
      'closing',
    );
    const filing = await it.job('FileCase', 'fileCase', v, {
      copiesTo: 'gm-office,medical-affairs',
      template: 'case-filed',
    });
    v['closedAt'] = now();
    it.leave('FileCase', filing, 'FileCaseToTellPatientClosed');
    const headers = { to: 'patient', template: 'complaint-closed', channel: 'sms' };
    const told = await it.job(
      'TellPatientClosed',
      'sendMessage',
      { caseNumber, outcome: v['outcome'] ?? null },
      headers,
    );
    it.leave('TellPatientClosed', told, 'TellPatientClosedToCaseClosed');
    it.pass('CaseClosed');
    return 'closed';
  }

  async function contact(): Promise<void> {
    it.stage('investigation');
    const investigating = it.enter('InvestigateAndContact');
    const firstContact = it.promise('FirstContactLimit', {
      id: 'firstContact',
      name: '首次联系时限',
      dueAt: answerBy.at,
      provisional: answerBy.provisional,
      tell: ['cs-director', 'cs-general-director', 'president'],
    });
    it.pass('InvestigationStarted', 'InvestigationStartedToNextAttempt');
    do {
      it.pass('NextAttempt', 'NextAttemptToContactPatient');
      const values = await person(
        {
          element: 'ContactPatient',
          roles: ['cs-director', 'handler'],
          dueAt: after(now(), limits.investigation),
          formId: 'contact',
          priority: emergency ? 90 : 50,
          check: oneOf('contactResult', 'reached', 'no-answer', 'busy', 'wrong-number'),
        },
        'ContactPatientToIsReached',
      );
      const { contactResult: result = null, contactChannel = 'phone' } = values;
      v['contactLog'] = [...(v['contactLog'] as []), { at: now(), channel: contactChannel, result }];
      const reached = result === 'reached';
      it.pass('IsReached', reached ? 'IsReachedToFirstContactDone' : 'IsReachedToNextAttempt');
    } while (v['contactResult'] !== 'reached');
    it.pass('FirstContactDone');
    firstContact();
    v['firstContactAt'] = now();
    it.leave('InvestigateAndContact', investigating, 'InvestigateAndContactToClassify');
  }

  async function makePlan(): Promise<void> {
    it.pass('ReadyToPlan', 'ReadyToPlanToProposePlan');
    const from = v['planRound'] === 0 ? String(v['firstContactAt']) : now();
    const dueAt = after(from, limits.classificationAndPlan);
    const { kind = null, note = '' } = await person(
      { element: 'ProposePlan', roles: ['cs-director'], dueAt, formId: 'plan', check: planCheck },
      'ProposePlanToNeedsDepartmentHead',
      'plan',
    );
    Object.assign(v, { plan: { kind, amountCents: 0, note }, planRound: Number(v['planRound']) + 1 });
    it.pass('NeedsDepartmentHead', 'NeedsDepartmentHeadToDepartmentHeadApproval');
    if (!(await approve('DepartmentHeadApproval', 'department-head', 'DoesDepartmentHeadAgree', 'ForPresident')))
      return;
    it.pass('ForPresident', 'ForPresidentToPresidentApproval');
    await approve('PresidentApproval', 'president', 'DoesPresidentAgree', 'ReadyToNegotiate');
  }

  async function approve(element: string, role: string, gateway: string, next: string): Promise<boolean> {
    const { decision, reason = null } = await person(
      { element, roles: [role], dueAt: due('approval'), formId: 'plan-approval', check: approval },
      `${element}To${gateway}`,
      'approval',
    );
    v['reason'] = decision === 'approve' ? null : reason;
    it.pass(gateway, `${gateway}To${decision === 'approve' ? next : 'PlanToChange'}`);
    return decision === 'approve';
  }

  async function negotiate(): Promise<void> {
    it.pass('ReadyToNegotiate', 'ReadyToNegotiateToNegotiation');
    it.stage('negotiation');
    const negotiating = it.enter('Negotiation');
    it.pass('NegotiationStarted', 'NegotiationStartedToNextRound');
    it.pass('NextRound', 'NextRoundToNegotiate');
    const { negotiationResult: result = null } = await person(
      {
        element: 'Negotiate',
        roles: ['cs-director'],
        dueAt: closureDue,
        formId: 'negotiation',
        check: oneOf('negotiationResult', 'agreed', 'another-round', 'refused'),
      },
      'NegotiateToNegotiationAnswer',
    );
    const round = Number(v['negotiationRound']) + 1;
    const log = [...(v['negotiationLog'] as []), { round, at: now(), by: 'cs-director', result }];
    Object.assign(v, { negotiationRound: round, negotiationLog: log });
    it.pass('NegotiationAnswer', 'NegotiationAnswerToNegotiationAgreed');
    it.pass('NegotiationAgreed');
    it.leave('Negotiation', negotiating, 'NegotiationToIsAgreed');
  }
}
