/** Stories of follow-up chains (docs/follow-up-process.md). */
import { describe, expect, it } from 'vitest';
import type { StorySettings } from '../../kit/index.ts';
import { aChain, day, facts, planIn, reachable, resultOf, sentTemplates, told, touchesIn } from './builders.ts';

/** On the day after a first visit, with its call open. */
async function aCall(settings: Partial<StorySettings> = {}) {
  const story = await aChain({ days: { firstVisit: day('2027-03-01', 'V1') } }, settings);
  story.advanceTo('2027-03-02T14:00');
  return story;
}
const callOf = 'first-visit-satisfaction';

describe('a call', () => {
  it('is due the same day until 20:00 and ends with its answers and a score', async () => {
    const story = await aCall();
    story.expectDue('CallPatient', '2027-03-02T20:00');
    story.complete('CallPatient', { outcome: 'reached', advice: '4', doctor: '0', overall: '5', recommend: '9' });
    expect(touchesIn(story).find((one) => one.id.startsWith(callOf))).toMatchObject({
      result: 'reached',
      score: 90,
      answers: { advice: '4', doctor: '0', overall: '5', recommend: '9' },
    });
    story.expectNobodyTold();
  });

  it('is tried twice at different hours, then a message goes instead', async () => {
    const story = await aCall();
    story.complete('CallPatient', { outcome: 'no-answer' });
    story.expectDue('NextTry', '2027-03-02T18:00');
    story.advanceTo('2027-03-02T18:00');
    story.complete('CallPatient', { outcome: 'busy' });
    expect(resultOf(story, callOf)).toBe('message-instead');
    expect(sentTemplates(story)).toEqual(['first-visit-thanks', 'first-visit-satisfaction-instead']);
  });

  it('in the late afternoon is tried again the same evening, in the evening the next morning', async () => {
    const afternoon = await aCall();
    afternoon.advanceTo('2027-03-02T16:00');
    afternoon.complete('CallPatient', { outcome: 'off' });
    afternoon.expectDue('NextTry', '2027-03-02T19:00');
    const evening = await aCall();
    evening.advanceTo('2027-03-02T18:00');
    evening.complete('CallPatient', { outcome: 'off' });
    evening.expectDue('NextTry', '2027-03-03T10:00');
  });

  it('that nobody made until the next evening becomes a message, and the director is told', async () => {
    const story = await aCall();
    story.advanceTo('2027-03-03T19:59');
    story.expectNobodyTold();
    story.advance('PT1M');
    story.expectTold('cs-director', 'call');
    expect(resultOf(story, callOf)).toBe('message-instead');
  });

  it('is made again when the patient asked for it, as often as they like', async () => {
    const story = await aCall();
    for (const hour of ['16', '18', '19']) {
      story.complete('CallPatient', { outcome: 'call-back', callBackOn: '2027-03-02', callBackHour: hour });
      story.expectDue('NextTry', `2027-03-02T${hour}:00`);
      story.advanceTo(`2027-03-02T${hour}:00`);
    }
    story.complete('CallPatient', { outcome: 'refused' });
    expect(resultOf(story, callOf)).toBe('refused');
  });

  it.each(['wrong-number', 'empty-number'])('to a %s has it corrected, and counts its tries again', async (outcome) => {
    const story = await aCall();
    story.complete('CallPatient', { outcome: 'no-answer' });
    story.advanceTo('2027-03-02T18:00');
    story.complete('CallPatient', { outcome });
    story.complete('CorrectNumber', { numberFound: 'corrected' });
    story.complete('CallPatient', { outcome: 'no-answer' });
    story.expectWaitingAt('EpisodeChanged', 'TouchDue', 'NextTry');
  });

  it('is told to the director when nobody corrects the number within a day', async () => {
    const story = await aCall();
    story.complete('CallPatient', { outcome: 'wrong-number' });
    story.advance('P1D');
    story.expectTold('cs-director', 'number');
    story.complete('CorrectNumber', { numberFound: 'none' });
  });

  it.each([
    [
      'of the 45th day is the group’s',
      { suturesRemoved: day('2027-01-15', 'R0') },
      ['group-callback', 'callback-lead'],
    ],
    ['of the monthly sample is the callers’', { sampled: day('2027-03-01', 'S1') }, ['callback', 'callback-lead']],
    ['that audits another one is the head’s', { audited: day('2027-03-01', 'V1') }, ['callback-lead']],
  ])('%s', async (_what, days, groups) => {
    const story = await aChain({ days }, { now: '2027-03-01T10:00' });
    expect(story.task('CallPatient').candidateGroups).toEqual(groups);
  });

  it('to a number that nobody can correct is left, without a message to it', async () => {
    const story = await aCall();
    story.complete('CallPatient', { outcome: 'wrong-number' });
    story.complete('CorrectNumber', { numberFound: 'none' });
    expect(resultOf(story, callOf)).toBe('no-number');
    expect(sentTemplates(story)).toEqual(['first-visit-thanks']);
  });
});

describe('an answer', () => {
  it('with a red flag goes to medical affairs at once, with two hours', async () => {
    const story = await aCall();
    story.complete('CallPatient', { outcome: 'reached', redFlag: true });
    expect(story.task('UrgentReview')).toMatchObject({ priority: 95, candidateGroups: ['medical-affairs'] });
    story.advance('PT1H59M');
    story.expectNobodyTold();
    story.advance('PT1M');
    story.expectTold(['president', 'cs-general-director'], 'redFlag');
    story.complete('UrgentReview', { reviewOutcome: 'handled' });
    expect(touchesIn(story).find((one) => one.id.startsWith(callOf))).toMatchObject({
      result: 'reached',
      redFlag: true,
    });
  });

  it('of somebody not satisfied opens a complaint by one click, with what was said', async () => {
    const story = await aCall();
    story.complete('CallPatient', { outcome: 'reached', openComplaint: true, remark: '等候太久' });
    expect(story.jobs.at(-1)).toMatchObject({
      type: 'open-complaint',
      input: { patient: 'P-1', caller: 'callback-bj', remark: '等候太久', touch: 'first-visit-satisfaction@V1' },
    });
    expect(touchesIn(story).find((one) => one.id.startsWith(callOf))).toMatchObject({ caseNumber: 'BJ2027030001' });
  });

  it.each([
    ['a remark', { overall: '5', remark: '前台态度好，等候长' }, true],
    ['a mark of 3', { overall: '5', advice: '3' }, true],
    ['good marks only', { overall: '5', advice: '4', doctor: '0' }, false],
  ])('with %s is passed on to be tracked: %s', async (_what, answers, isPassedOn) => {
    const story = await aCall();
    story.complete('CallPatient', { outcome: 'reached', ...answers });
    expect(resultOf(story, callOf)).toBe('reached');
    expect(story.sent.map(({ name, correlationKey }) => [name, correlationKey])).toEqual(
      isPassedOn ? [['remarkMade', 'BJ-E1#first-visit-satisfaction@V1']] : [],
    );
  });

  it('with a complaint is not tracked besides', async () => {
    const story = await aCall();
    story.complete('CallPatient', { outcome: 'reached', overall: '1', openComplaint: true });
    expect(story.sent).toEqual([]);
  });

  it('counts only when the patient was reached', async () => {
    const story = await aCall();
    expect(story.tryToComplete('CallPatient', { outcome: 'no-answer', redFlag: true })?.code).toBe('form-invalid');
  });
});

describe('while a complaint is open', () => {
  it('calls go to who has it', async () => {
    const story = await aCall({
      jobs: { 'look-at-patient': { ...reachable, complaintOpen: true, owner: 'handler-bj' } },
    });
    expect(story.task('CallPatient')).toMatchObject({
      candidateGroups: ['cs-director', 'handler'],
      assignee: 'handler-bj',
    });
  });

  it('also one that waits already, when the complaint comes', async () => {
    const story = await aCall();
    story.signal('patient.P-1.complaint', { open: true, owner: null });
    expect(story.task('CallPatient')).toMatchObject({ candidateGroups: ['cs-director', 'handler'], assignee: null });
  });

  it('continues to whoever takes the complaint over, and back to the callers when it is closed', async () => {
    const story = await aCall();
    story.signal('patient.P-1.complaint', { open: true, owner: null });
    story.signal('patient.P-1.complaint', { open: true, owner: 'handler-bj' });
    expect(story.task('CallPatient').assignee).toBe('handler-bj');
    story.signal('patient.P-1.complaint', { open: false, owner: null });
    expect(story.task('CallPatient')).toMatchObject({ candidateGroups: ['callback', 'callback-lead'], assignee: null });
    story.expectDue('CallPatient', '2027-03-02T20:00');
  });
});

describe('dates', () => {
  const operated = (sutures: string, more = {}) => ({
    ...more,
    days: { surgery: day('2027-03-01', 'R0'), suturesDue: day(sutures, 'R0') },
  });

  it('move with the sutures: reminded of the new day only, and the old one on record', async () => {
    const story = await aChain(operated('2027-03-08'));
    story.message('episodeEvent', 'BJ-E1', told(operated('2027-03-12', { revision: 2 })));
    story.advanceTo('2027-03-11T10:00');
    expect(resultOf(story, 'sutures-reminder@R0/2027-03-08')).toBe('moved');
    expect(resultOf(story, 'sutures-reminder@R0/2027-03-12')).toBe('sent');
    expect(sentTemplates(story)).toEqual(['sutures-reminder']);
  });

  it('that come back are planned again', async () => {
    const story = await aChain(operated('2027-03-08'));
    story.message('episodeEvent', 'BJ-E1', told(operated('2027-03-12', { revision: 2 })));
    story.message('episodeEvent', 'BJ-E1', told(operated('2027-03-08', { revision: 3 })));
    story.advanceTo('2027-03-07T10:00');
    expect(resultOf(story, 'sutures-reminder@R0/2027-03-08')).toBe('sent');
    expect(resultOf(story, 'sutures-reminder@R0/2027-03-12')).toBe('moved');
  });

  it('of older facts change nothing', async () => {
    const story = await aChain(operated('2027-03-08', { revision: 5 }));
    story.message('episodeEvent', 'BJ-E1', told(operated('2027-03-12', { revision: 4 })));
    expect(planIn(story).some(({ id }) => id === 'sutures-reminder@R0/2027-03-08')).toBe(true);
    story.expectVariables({ revision: 5 });
  });

  it('not recorded as done by the evening are a task of today', async () => {
    const story = await aChain(operated('2027-03-02'));
    story.advanceTo('2027-03-02T19:00');
    story.expectDue('CheckSutures', '2027-03-02T21:00');
    story.complete('CheckSutures', { suturesOutcome: 'elsewhere', suturesOn: '2027-03-08' });
    expect(resultOf(story, 'sutures-check')).toBe('elsewhere');
    expect(story.jobs.at(-1)).toMatchObject({
      type: 'record-sutures',
      input: { patient: 'P-1', episode: 'BJ-E1', outcome: 'elsewhere', day: '2027-03-08' },
    });
  });

  it('that nobody has found out about keep the chain listening', async () => {
    const story = await aChain({ days: { suturesDue: day('2027-03-02', 'R0') } });
    story.advanceTo('2027-09-01T12:00');
    story.expectWaitingAt('EpisodeChanged', 'TouchDue', 'CheckSutures');
    story.message('episodeEvent', 'BJ-E1', told({ revision: 2, days: { revisit: day('2027-09-01', 'V2') } }));
    expect(planIn(story)).toMatchObject([{ id: 'revisit-thanks@V2' }]);
    story.advance('P1D');
    story.advance('P200D');
    story.expectCompleted();
  });

  it('told of while somebody finds out: the task is gone', async () => {
    const story = await aChain(operated('2027-03-02'));
    story.advanceTo('2027-03-02T19:30');
    story.expectWaitingAt('EpisodeChanged', 'TouchDue', 'CheckSutures');
    const removed = { surgery: day('2027-03-01', 'R0'), suturesRemoved: day('2027-03-02', 'R0') };
    story.message('episodeEvent', 'BJ-E1', told({ revision: 2, days: removed }));
    story.expectWaitingAt('EpisodeChanged', 'TouchDue');
    expect(touchesIn(story).find(({ id }) => id.startsWith('sutures-check'))).toMatchObject({
      result: 'moved',
      whyNot: 'no-longer-needed',
    });
  });

  it('that nobody finds out by noon are told to the head of callbacks', async () => {
    const story = await aChain(operated('2027-03-02'));
    story.advanceTo('2027-03-03T12:00');
    story.expectTold('callback-lead', 'sutures');
    story.expectWaitingAt('EpisodeChanged', 'TouchDue', 'CheckSutures');
  });

  it('take an open call about the old day with them', async () => {
    const story = await aChain(operated('2027-03-03', { inpatient: true }));
    story.advanceTo('2027-03-02T14:00');
    story.message('episodeEvent', 'BJ-E1', told(operated('2027-03-10', { inpatient: true, revision: 2 })));
    story.expectWaitingAt('EpisodeChanged', 'TouchDue');
    expect(touchesIn(story).find(({ id }) => id === 'sutures-call@R0/2027-03-03')).toMatchObject({
      result: 'moved',
      whyNot: 'day-moved',
    });
    story.advanceTo('2027-03-09T14:00');
    story.expectDue('CallPatient', '2027-03-09T20:00');
  });

  it('do not end an urgent review that is open', async () => {
    const story = await aChain({ need: 'A', days: { surgery: day('2027-02-22', 'R0') } });
    story.complete('CallPatient', { outcome: 'reached', redFlag: true });
    story.message(
      'episodeEvent',
      'BJ-E1',
      told({ need: 'A', round: 1, revision: 2, days: { surgery: day('2027-03-01', 'R1') } }),
    );
    story.complete('UrgentReview', { reviewOutcome: 'emergency' });
    expect(resultOf(story, 'midterm-surgery@R0')).toBe('reached');
  });

  it('begin again with a re-operation: what is open of the first one is void, the first visit is not asked about again', async () => {
    const first = { firstVisit: day('2027-02-28', 'V1') };
    const story = await aChain({
      need: 'A',
      days: { ...first, surgery: day('2027-02-22', 'R0') },
    });
    story.complete('CallPatient', { outcome: 'reached' });
    story.expectWaitingAt('EpisodeChanged', 'TouchDue', 'CallPatient');
    story.message(
      'episodeEvent',
      'BJ-E1',
      told({ need: 'A', round: 1, revision: 2, days: { ...first, surgery: day('2027-03-01', 'R1') } }),
    );
    story.expectWaitingAt('EpisodeChanged', 'TouchDue');
    expect(resultOf(story, 'midterm-surgery@R0')).toBe('replaced');
    expect(planIn(story).filter(({ id }) => id.startsWith('first-visit'))).toEqual([]);
    expect(planIn(story)[0]).toMatchObject({ id: 'midterm-surgery@R1' });
  });
});

describe('a chain', () => {
  it('leaves out whoever may not be contacted, with the reason', async () => {
    const story = await aChain(
      { days: { firstVisit: day('2027-03-01', 'V1') } },
      { jobs: { 'look-at-patient': { ...reachable, mayContact: false, whyNot: 'consent-withdrawn' } } },
    );
    story.advanceTo('2027-03-02T14:00');
    expect(touchesIn(story)).toMatchObject([
      { result: 'skipped', whyNot: 'consent-withdrawn' },
      { result: 'skipped', whyNot: 'consent-withdrawn' },
    ]);
    story.expectJobs('look-at-patient', 'look-at-patient');
  });

  it('ends when the patient is not to be contacted any more, open calls with it', async () => {
    const story = await aCall();
    story.signal('patient.P-1.stopped', { reason: 'died' });
    story.expectCompleted({ stopReason: 'died' });
    expect(sentTemplates(story)).toEqual(['first-visit-thanks']);
  });

  it('ends a hundred days after the last day of the episode when nothing is left', async () => {
    const story = await aChain({ days: { revisit: day('2027-03-01', 'V2') } });
    story.advanceTo('2027-06-09T11:59');
    story.expectWaitingAt('EpisodeChanged', 'TouchDue');
    story.advance('PT1M');
    story.expectCompleted();
  });

  it('ends at once when the last day is long over, or there is none', async () => {
    const long = await aChain({ days: { revisit: day('2026-01-01', 'V2') } });
    long.expectCompleted();
    expect(resultOf(long, 'revisit-thanks')).toBe('overdue');
    const none = await aChain();
    none.advance('P101D');
    none.expectCompleted();
  });

  it.each([
    ['2', true],
    ['伤口有点出血', true],
    ['谢谢', false],
  ])('takes the reply %s: urgent is %s', async (reply, urgent) => {
    const story = await aChain({ days: { revisit: day('2027-03-01', 'V2') } });
    story.message('patientReplied', 'BJ-E1', { reply });
    if (!urgent) return story.expectWaitingAt('EpisodeChanged', 'TouchDue');
    expect(story.task('ReviewReply').priority).toBe(95);
    story.advance('PT2H');
    story.expectTold(['president', 'cs-general-director'], 'reply');
    story.complete('ReviewReply', { reviewOutcome: 'return-visit' });
    story.expectWaitingAt('EpisodeChanged', 'TouchDue');
  });

  it('whose dates cannot be evaluated is an incident, and never an empty plan', async () => {
    const story = await aChain({}, { variables: { ...facts(), anchors: { firstVisit: [{ on: 'soon', ref: 'V1' }] } } });
    story.expectIncident('PlanTouches', 'expression-failed');
  });
});

it('a chain that begins again does nothing twice', async () => {
  const visit = { days: { firstVisit: day('2027-03-01', 'V1') } };
  const thanks = {
    id: 'first-visit-thanks@V1',
    touch: 'first-visit-thanks',
    channel: 'message',
    dueAt: '2027-03-02T10:00',
    result: 'sent',
    round: null,
    byDay: false,
  };
  const story = await aChain(visit, { now: '2027-03-02T11:00', variables: { ...facts(visit), earlier: [thanks] } });
  story.advance('P10D');
  expect(sentTemplates(story)).toEqual(['first-visit-satisfaction-instead']);
  expect(resultOf(story, 'first-visit-thanks@V1')).toBe('sent');
});
