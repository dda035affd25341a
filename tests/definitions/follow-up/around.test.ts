/** Stories of the processes around follow-up chains: remarks, the figures of the week, birthdays, the monthly lot. */
import { expect, it } from 'vitest';
import { aStory } from '../../kit/index.ts';

const aRemark = () =>
  aStory({
    definition: 'remark',
    startEvent: 'RemarkMade',
    businessKey: 'BJ-E1#first-visit-satisfaction@V1',
    now: '2027-03-02T15:00',
    variables: {
      patient: 'P-1',
      chain: 'BJ-E1',
      touchId: 'first-visit-satisfaction@V1',
      department: 'plastic-surgery',
      remark: '等候太久',
      score: 60,
      caller: 'callback-bj',
    },
  });

it('a remark is handled, checked, and solved', async () => {
  const story = await aRemark();
  story.expectDue('HandleRemark', '2027-03-03T15:00');
  story.complete('HandleRemark', { handling: 'handled', measure: '加派前台' });
  story.complete('CheckRemark', { solved: 'yes' });
  story.expectCompleted({ remarkStatus: 'solved', answer: '加派前台', answeredBy: 'cs-director-bj' });
});

it('a remark goes to the department, and comes back until it is solved', async () => {
  const story = await aRemark();
  story.complete('HandleRemark', { handling: 'department', measure: '请科室说明' });
  story.complete('AskDepartment', { measure: '调整排班' });
  story.complete('CheckRemark', { solved: 'no' });
  story.expectWaitingAt('HandleRemark');
  story.complete('HandleRemark', { handling: 'handled', measure: '已向患者致歉' });
  story.complete('CheckRemark', { solved: 'yes' });
  story.expectCompleted({ remarkStatus: 'solved' });
});

it('a remark that nobody handles in three days is told to the general director', async () => {
  const story = await aRemark();
  story.advance('P2DT23H59M');
  story.expectNobodyTold();
  story.advance('PT1M');
  story.expectTold('cs-general-director', 'remark');
  story.expectWaitingAt('HandleRemark');
});

it('the figures of the week go to four roles', async () => {
  const figures = {
    report: 'BJ/2027-03-05',
    calls: 12,
    reached: 9,
    meanScore: '88.5',
    redFlags: 1,
    remarksOpen: 2,
  };
  const story = await aStory({
    definition: 'satisfactionReport',
    startEvent: 'FridayAfternoon',
    jobs: { 'satisfaction-figures': figures },
  });
  story.expectCompleted({ report: 'BJ/2027-03-05', meanScore: '88.5' });
  expect(story.jobs.at(-1)).toMatchObject({
    type: 'send-message',
    headers: { to: 'cs-general-director, president, callback-lead, cs-director', template: 'weekly-figures' },
    input: figures,
  });
});

it('greetings and the monthly lot keep how many there were', async () => {
  const greeting = await aStory({
    definition: 'birthdayGreeting',
    startEvent: 'EveryMorning',
    jobs: { 'greet-birthdays': { greeted: 3 } },
  });
  greeting.expectCompleted({ greeted: 3 });
  const lot = await aStory({
    definition: 'monthlySample',
    startEvent: 'FirstOfMonth',
    jobs: { 'draw-patients': { sampled: 20, audited: 5 } },
  });
  lot.expectCompleted({ sampled: 20, audited: 5 });
  expect(lot.jobs.at(-1)?.input).toMatchObject({ sample: 20, audit: 5 });
});
