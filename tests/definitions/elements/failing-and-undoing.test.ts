/** The definitions in examples/events about errors, escalations and compensation, run to their ends. */
import { describe, it } from 'vitest';
import { bpmnError } from '../../kit/index.ts';
import { example } from './example.ts';

describe('an error', () => {
  it('thrown at an end is caught at the border', async () => {
    const story = await example('events/error-boundary', { jobs: { 'charge-card': { covered: false } } });
    story.expectWaitingAt('TakeCash');
    story.complete('TakeCash');
    story.expectCompleted();
    story.expectNotPassed('PaidByCard');
  });

  it('thrown by a job is caught at the same border', async () => {
    const story = await example('events/error-boundary', { jobs: { 'charge-card': bpmnError('card-declined') } });
    story.complete('TakeCash');
    story.expectCompleted();
  });

  it('that does not occur changes nothing', async () => {
    const story = await example('events/error-boundary', { jobs: { 'charge-card': { covered: true } } });
    story.expectCompleted();
    story.expectPassed('PaidByCard');
  });

  it.each(['ship-sample', 'fetch-report'])('of the job %s begins the event subprocess', async (type) => {
    const story = await example('events/error-event-sub-process', { jobs: { [type]: bpmnError('sample-lost') } });
    story.expectWaitingAt('CallLab');
    story.complete('CallLab');
    story.expectCompleted();
    story.expectNotPassed('ReportFiled');
  });

  it('that no job throws leaves no trace', async () => {
    (await example('events/error-event-sub-process')).expectCompleted();
  });
});

describe('an escalation', () => {
  it('is heard beside the subprocess, which continues', async () => {
    const story = await example('events/escalation-boundary');
    story.complete('MeasureFirst');
    story.expectWaitingAt('CallDoctor', 'LookAtWound');
    story.complete('CallDoctor');
    story.complete('LookAtWound', { bleeding: false });
    story.expectCompleted();
    story.expectPassed('WatchDone');
  });

  it('at an end may interrupt', async () => {
    const story = await example('events/escalation-boundary');
    story.complete('MeasureFirst');
    story.complete('LookAtWound', { bleeding: true });
    story.expectWaitingAt('CallDoctor', 'BackToTheatre');
    story.complete('CallDoctor');
    story.complete('BackToTheatre');
    story.expectCompleted();
    story.expectNotPassed('WatchDone');
  });

  it('begins an event subprocess beside the flow that throws it', async () => {
    const story = await example('events/escalation-event-sub-process');
    story.complete('Count');
    story.expectWaitingAt('WriteList', 'Explain');
    story.complete('Explain');
    story.complete('WriteList');
    story.expectCompleted();
  });
});

describe('compensation', () => {
  it('undoes what was completed, last first, and then continues', async () => {
    const story = await example('events/compensation-throw');
    story.complete('AskAgain', { keeps: false });
    story.expectJobs('take-deposit', 'add-points', 'take-points-back', 'refund-deposit');
    story.complete('SellNew');
    story.expectCompleted();
  });

  it('that nobody asks for undoes nothing', async () => {
    const story = await example('events/compensation-throw');
    story.complete('AskAgain', { keeps: true });
    story.expectCompleted();
    story.expectJobs('take-deposit', 'add-points');
  });

  it('may be an end', async () => {
    const story = await example('events/compensation-end');
    story.advance('P30D');
    story.complete('AskToStay', { stays: false });
    story.expectCompleted();
    story.expectJobs('open-card', 'close-card');
  });

  it('is left out where the trial is liked', async () => {
    const story = await example('events/compensation-end');
    story.advance('P30D');
    story.complete('AskToStay', { stays: true });
    story.expectCompleted();
    story.expectJobs('open-card');
  });

  it('undoes a subprocess as a whole', async () => {
    const story = await example('events/compensation-event-sub-process');
    story.complete('FinalCheck', { fit: false });
    story.expectCompleted();
    story.expectJobs('book-hotel', 'book-car', 'cancel-trip');
  });

  it('is not begun by an end without it', async () => {
    const story = await example('events/compensation-event-sub-process');
    story.complete('FinalCheck', { fit: true });
    story.expectCompleted();
    story.expectJobs('book-hotel', 'book-car');
  });
});
