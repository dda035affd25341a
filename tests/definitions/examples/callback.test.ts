/** The worked example of docs/testing-processes.md: a callback after surgery. */
import { describe, it } from 'vitest';
import { aStory, bpmnError, type StorySettings } from '../../kit/index.ts';

const definition = new URL('callback.bpmn', import.meta.url);

const aCallback = (settings: Partial<StorySettings> = {}) =>
  aStory({
    definition,
    variables: { patientNumber: 'P-1' },
    jobs: { 'open-complaint': { caseNumber: 'BJ-7' } },
    ...settings,
  });

describe('a callback', () => {
  it('is over when the patient is content', async () => {
    const story = await aCallback();
    story.expectWaitingAt('CallPatient');
    story.complete('CallPatient', { content: true });
    story.expectCompleted();
    story.expectNotPassed('OpenComplaint');
  });

  it('is due two working days later, holidays not counted', async () => {
    const story = await aCallback({ now: '2026-09-30T09:00' });
    story.expectDue('CallPatient', '2026-10-09');
  });

  it('is told to the director when it is late, and still to be done', async () => {
    const story = await aCallback();
    story.advanceTo('2026-11-06T23:59');
    story.expectNobodyTold();
    story.advance('PT1M');
    story.expectTold('cs-director', 'callback');
    story.expectLimit('callback', 'breached');
    story.expectWaitingAt('CallPatient');
  });

  it('waits for the complaint it opened to be closed', async () => {
    const story = await aCallback();
    story.complete('CallPatient', { content: false });
    story.expectWaitingAt('ComplaintClosed');
    story.message('complaintClosed', 'BJ-7');
    story.expectCompleted({ caseNumber: 'BJ-7' });
  });

  it('goes to the director when no complaint can be opened', async () => {
    const story = await aCallback({ jobs: { 'open-complaint': bpmnError('unknown-patient') } });
    story.complete('CallPatient', { content: false });
    story.complete('TellDirector');
    story.expectCompleted();
  });

  it('can be tried again after a failure of the machine', async () => {
    const story = await aCallback();
    story.failJob('open-complaint');
    story.complete('CallPatient', { content: false });
    story.expectIncident('OpenComplaint', 'job-failed');
    story.mockJob('open-complaint', { caseNumber: 'BJ-8' });
    story.retry('OpenComplaint');
    story.expectWaitingAt('ComplaintClosed');
  });
});
