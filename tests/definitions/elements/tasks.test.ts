/** The definitions in examples/tasks, run to their ends. */
import { describe, expect, it } from 'vitest';
import { failure } from '../../kit/index.ts';
import { example } from './example.ts';

describe('a task', () => {
  it('without a type is passed at once', async () => {
    const story = await example('tasks/task');
    story.expectPassed('ChangeClothes', 'StoreValuables');
    story.complete('CheckIdentity');
    story.expectCompleted();
  });

  it('done by hand is passed at once', async () => {
    const story = await example('tasks/manual-task');
    story.expectPassed('WipeSurfaces', 'UltravioletLight');
    story.complete('SignRecord');
    story.expectCompleted();
  });

  it('for a person waits for somebody of its role, until its due date and beyond', async () => {
    const story = await example('tasks/user-task', { now: '2026-11-06T10:00' });
    expect(story.task('CallPatient')).toMatchObject({ candidateGroups: ['consultant'] });
    story.expectDue('CallPatient', '2026-11-09');
    story.complete('CallPatient', { swollen: true });
    story.complete('InviteBack');
    story.expectCompleted();
  });

  it('for a person takes what its form asks for', async () => {
    const story = await example('tasks/user-task');
    expect(story.tryToComplete('CallPatient', { swollen: 'much' })?.code).toBe('form-invalid');
    story.complete('CallPatient', { swollen: false });
    story.expectCompleted();
    story.expectNotPassed('InviteBack');
  });
});

describe('a service task', () => {
  const variables = { day: '2026-11-05' };
  const jobs = { 'find-room': { room: 'R-3' }, 'book-room': { bookingNumber: 'B-9' } };

  it('passes its mapped inputs and takes its mapped outputs', async () => {
    const story = await example('tasks/service-task', { variables, jobs });
    story.expectCompleted({ room: 'R-3', bookingNumber: 'B-9' });
    expect(story.jobs).toMatchObject([
      { type: 'find-room', input: { day: '2026-11-05' } },
      { type: 'book-room', input: { room: 'R-3', day: '2026-11-05' }, headers: { calendar: 'consulting-rooms' } },
    ]);
  });

  it('that fails is an incident, and continues when it is tried again', async () => {
    const story = await example('tasks/service-task', { variables, jobs: { ...jobs, 'book-room': failure() } });
    story.expectIncident('BookRoom', 'job-failed');
    story.mockJob('book-room', { bookingNumber: 'B-10' });
    story.retry('BookRoom');
    story.expectCompleted({ bookingNumber: 'B-10' });
  });
});

describe('a send task', () => {
  it('lets a worker send, or publishes its message', async () => {
    const story = await example('tasks/send-task', { variables: { appointment: 'A-5' } });
    story.expectCompleted();
    story.expectJobs('send-text');
    expect(story.sent).toMatchObject([{ name: 'patientExpected', correlationKey: 'A-5' }]);
  });
});

describe('a receive task', () => {
  it('waits for the message with its key', async () => {
    const story = await example('tasks/receive-task', { variables: { sample: 'S-1' } });
    story.complete('TakeBlood');
    expect(story.tryMessage('labResult', 'S-2')?.code).toBeDefined();
    story.expectWaitingAt('AwaitResult');
    story.message('labResult', 'S-1', { glucose: 5.4 });
    story.complete('ReadResult');
    story.expectCompleted({ glucose: 5.4 });
  });

  it('starts the instance by its message', async () => {
    const story = await example('tasks/receive-task-starting', { startEvent: 'PatientEntered' });
    story.expectWaitingAt('GreetPatient');
    story.complete('GreetPatient');
    story.expectCompleted();
  });
});

describe('a script task', () => {
  it('works out its result', async () => {
    const story = await example('tasks/script-task', {
      variables: { itemCents: [120000, 30000], depositCents: 50000 },
    });
    story.expectVariables({ totalCents: 150000, dueCents: 100000 });
    story.complete('TakePayment');
    story.expectCompleted();
  });
});

describe('a business rule task', () => {
  it.each([
    ['gold', true, 80000],
    ['gold', false, 85000],
    ['silver', true, 90000],
    ['silver', false, 100000],
  ])('gives a %s member, in the month of birth: %s, the price of %i cents', async (level, birthMonth, cents) => {
    const story = await example('tasks/business-rule-task', { variables: { level, birthMonth, priceCents: 100000 } });
    story.expectVariables({ memberPriceCents: cents });
    story.complete('TellPrice');
    story.expectCompleted();
  });
});

describe('a call activity', () => {
  it('waits for the process it calls, and gets what that ends with', async () => {
    const story = await example('tasks/call-activity', { variables: { setNumber: '17' } });
    story.expectWaitingAt('RunSteriliser');
    story.complete('RunSteriliser');
    story.expectWaitingAt('Operate');
    story.complete('Operate');
    story.expectCompleted({ batch: 'S-17' });
  });

  it('calls a global task, from as many places as there are', async () => {
    const story = await example('tasks/call-activity-global-task');
    story.expectWaitingAt('SecondSignature_task');
    story.complete('SecondSignature_task', {}, 'department-head-bj');
    story.complete('FetchDrug');
    story.complete('SecondSignature_task');
    story.expectCompleted();
  });
});
