/** The definitions in examples/subprocesses, run to their ends. */
import { describe, expect, it } from 'vitest';
import { example } from './example.ts';

describe('a subprocess', () => {
  it('is left when nothing in it is left to do', async () => {
    const story = await example('subprocesses/sub-process');
    story.complete('DrawBlood');
    story.expectWaitingAt('RecordEcg');
    story.complete('RecordEcg');
    story.complete('Summarise');
    story.expectCompleted();
  });
});

describe('an event subprocess', () => {
  const course = { variables: { course: 'C-1' } };

  it('that interrupts takes the place of what was under way', async () => {
    const story = await example('subprocesses/event-sub-process-interrupting', course);
    story.complete('FirstSession');
    story.message('courseBrokenOff', 'C-1');
    story.expectWaitingAt('SettleRest');
    story.complete('SettleRest');
    story.expectCompleted();
    story.expectNotPassed('CourseDone');
  });

  it('that is not started changes nothing', async () => {
    const story = await example('subprocesses/event-sub-process-interrupting', course);
    story.complete('FirstSession');
    story.complete('SecondSession');
    story.expectCompleted();
  });

  it('that does not interrupt runs beside, as often as its event comes', async () => {
    const story = await example('subprocesses/event-sub-process-non-interrupting', { variables: { bed: 4 } });
    story.message('familyCalled', '4');
    story.message('familyCalled', '4');
    story.expectWaitingAt('WatchPatient', 'TellFamily', 'TellFamily');
    story.complete('WatchPatient');
    story.complete('Discharge');
    story.complete('TellFamily');
    story.expectStatus('active');
    story.complete('TellFamily');
    story.expectCompleted();
  });
});

describe('a transaction', () => {
  it('keeps what was done in it when it succeeds', async () => {
    const story = await example('subprocesses/transaction');
    story.complete('AskAnaesthetist', { anaesthetistFree: true });
    story.expectCompleted();
    story.expectJobs('book-theatre');
  });

  it('that is cancelled undoes what was done, and is left by its cancel event', async () => {
    const story = await example('subprocesses/transaction');
    story.complete('AskAnaesthetist', { anaesthetistFree: false });
    story.expectJobs('book-theatre', 'release-theatre');
    story.complete('AgreeOtherDate');
    story.expectCompleted();
    story.expectNotPassed('SurgeryBooked');
  });
});

describe('an ad-hoc subprocess', () => {
  it('lets things be done side by side, until its condition holds', async () => {
    const variables = { historyTaken: false, photosTaken: false };
    const story = await example('subprocesses/ad-hoc-parallel', { variables });
    story.expectWaitingAt('TakeHistory', 'TakePhotos', 'OfferTea', 'ShowAround');
    story.complete('OfferTea');
    story.complete('TakePhotos', { photosTaken: true });
    story.complete('TakeHistory', { historyTaken: true });
    story.expectWaitingAt('Consult');
    story.complete('Consult');
    story.expectCompleted();
    story.expectNotPassed('ShowAround');
  });

  it('may be gone through whole', async () => {
    const variables = { historyTaken: false, photosTaken: false };
    const story = await example('subprocesses/ad-hoc-parallel', { variables });
    for (const task of ['ShowAround', 'OfferTea', 'TakePhotos', 'TakeHistory']) story.complete(task);
    story.complete('Consult');
    story.expectCompleted();
  });

  it('that is sequential lets one thing be done at a time', async () => {
    const story = await example('subprocesses/ad-hoc-sequential');
    for (const task of ['Cleanse', 'Mask', 'Massage']) {
      expect(story.waitingAt()).toEqual([task]);
      story.complete(task);
    }
    story.expectCompleted();
  });
});
