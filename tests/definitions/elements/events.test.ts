/** The definitions in examples/events that wait for a message, a time, a condition or a signal, run to their ends. */
import { describe, expect, it } from 'vitest';
import { example } from './example.ts';

describe('an event without a trigger', () => {
  it('is passed; a milestone is seen as the stage', async () => {
    const story = await example('events/none');
    story.complete('Consult');
    expect(story.stage()).toBe('plan-agreed');
    story.complete('Treat');
    story.expectCompleted();
  });
});

describe('a message', () => {
  it('begins the instance, and another is sent at its end', async () => {
    const story = await example('events/message-start-end', {
      startEvent: 'BookingCame',
      variables: { booking: 'B-1' },
    });
    story.complete('FindTime');
    story.expectCompleted();
    story.expectSent('bookingAnswered');
  });

  it('is sent, and its answer waited for', async () => {
    const story = await example('events/message-catch-throw', { variables: { prescription: 'RX-1' } });
    story.expectSent('prescriptionSent');
    story.expectWaitingAt('DrugReady');
    story.message('drugReady', 'RX-1');
    story.complete('HandOver');
    story.expectCompleted();
  });

  it('at the border is heard beside the task, or ends it', async () => {
    const story = await example('events/message-boundary', { variables: { bed: '4' } });
    story.message('bellRung', '4');
    story.message('bellRung', '4');
    story.expectWaitingAt('Infuse', 'GoToBed', 'GoToBed');
    story.message('stopWanted', '4');
    story.expectWaitingAt('GoToBed', 'GoToBed', 'RemoveNeedle');
    for (const task of ['GoToBed', 'GoToBed', 'RemoveNeedle']) story.complete(task);
    story.expectCompleted();
    story.expectNotPassed('InfusionDone');
  });

  it('at the border that does not come changes nothing', async () => {
    const story = await example('events/message-boundary', { variables: { bed: '4' } });
    story.complete('Infuse');
    story.expectCompleted();
  });
});

describe('a timer', () => {
  it('begins an instance', async () => {
    const story = await example('events/timer-start', { startEvent: 'EveryMorning', now: '2026-11-04T07:30' });
    story.complete('CheckFridges');
    story.expectCompleted();
  });

  it('holds the flow until it is time', async () => {
    const story = await example('events/timer-catch', { now: '2026-11-04T10:00' });
    story.expectDue('SevenDaysLater', '2026-11-11T10:00');
    story.advance('P7D');
    story.complete('InviteForRemoval');
    story.expectCompleted();
  });

  it('at the border tells that a task is late, and at last takes it away', async () => {
    const story = await example('events/timer-boundary', { now: '2026-11-04T10:00' });
    story.advance('P1D');
    story.expectTold('cs-director', 'price-answer');
    story.expectWaitingAt('AnswerPrice');
    story.advanceTo('2026-11-10');
    story.expectWaitingAt('DirectorAnswers');
    story.complete('DirectorAnswers');
    story.expectCompleted();
  });

  it('at the border of a task done in time is over with it', async () => {
    const story = await example('events/timer-boundary');
    story.complete('AnswerPrice');
    story.expectCompleted();
    story.expectNobodyTold();
  });

  it('begins an event subprocess, as often as its cycle says', async () => {
    const story = await example('events/timer-event-sub-process');
    story.advance('PT19M');
    story.expectWaitingAt('WaitNumb');
    story.advance('PT2H');
    story.expectWaitingAt('WaitNumb', 'TestSkin', 'TestSkin', 'TestSkin');
    story.complete('WaitNumb');
    for (let round = 0; round < 3; round++) story.complete('TestSkin');
    story.expectCompleted();
  });
});

describe('a condition', () => {
  it('begins an instance', async () => {
    const story = await example('events/conditional-start', { startEvent: 'StockLow', variables: { stock: 3 } });
    story.complete('OrderGoods');
    story.expectCompleted();
  });

  it('holds the flow until the data say so', async () => {
    const story = await example('events/conditional-catch', { variables: { group: 'G-1', members: 1 } });
    story.message('friendJoined', 'G-1');
    story.expectWaitingAt('ThreeJoined');
    story.message('friendJoined', 'G-1');
    story.expectWaitingAt('ConfirmPrice');
    story.complete('ConfirmPrice');
    story.expectCompleted({ members: 3 });
  });

  it('at the border is heard beside the task, or ends it', async () => {
    const story = await example('events/conditional-boundary', { variables: { oxygen: 98, minutesAsleep: 20 } });
    story.setVariables({ oxygen: 90 });
    story.expectWaitingAt('WatchWaking', 'GiveOxygen');
    story.complete('GiveOxygen');
    story.setVariables({ minutesAsleep: 61 });
    story.expectWaitingAt('ComeAtOnce');
    story.complete('ComeAtOnce');
    story.expectCompleted();
  });

  it('at the border that never holds changes nothing', async () => {
    const story = await example('events/conditional-boundary', { variables: { oxygen: 98, minutesAsleep: 20 } });
    story.complete('WatchWaking');
    story.expectCompleted();
  });

  it('begins an event subprocess beside the flow', async () => {
    const story = await example('events/conditional-event-sub-process', { variables: { leftCents: 300000 } });
    story.complete('TreatAndCharge', { leftCents: 40000 });
    story.expectWaitingAt('CloseAccount', 'OfferTopUp');
    story.complete('OfferTopUp');
    story.complete('CloseAccount');
    story.expectCompleted();
  });
});

describe('a link', () => {
  it('leads to its other end', async () => {
    const story = await example('events/link');
    for (const task of ['TakeData', 'ScanPapers', 'TakeHistory', 'CheckAllergies']) story.complete(task);
    story.expectCompleted();
  });
});

describe('a signal', () => {
  it('begins the instance, and another is thrown at its end', async () => {
    const story = await example('events/signal-start-end', { startEvent: 'RecallHeard' });
    story.complete('CollectDevices');
    story.expectCompleted();
  });

  it('is heard by who waits when it is thrown', async () => {
    const story = await example('events/signal-catch-throw');
    story.complete('BringPatient');
    story.expectWaitingAt('CleanTheatre', 'CleanHeard');
    story.complete('CleanTheatre');
    story.expectWaitingAt('PrepareNext');
    story.complete('PrepareNext');
    story.expectCompleted();
  });

  it('is not kept for who waits later', async () => {
    const story = await example('events/signal-catch-throw');
    story.complete('CleanTheatre');
    story.complete('BringPatient');
    story.expectWaitingAt('CleanHeard');
    story.signal('theatre-clean');
    story.complete('PrepareNext');
    story.expectCompleted();
  });

  it('at the border is heard beside the task, or ends it', async () => {
    const story = await example('events/signal-boundary');
    story.signal('lunch-time');
    story.expectWaitingAt('Receive', 'OfferLunch');
    story.complete('OfferLunch');
    story.signal('closing-time');
    story.complete('SayGoodbye');
    story.expectCompleted();
  });

  it('at a boundary event that is not thrown changes nothing', async () => {
    const story = await example('events/signal-boundary');
    story.complete('Receive');
    story.expectCompleted();
  });

  it('begins an event subprocess that ends what was under way', async () => {
    const story = await example('events/signal-event-sub-process');
    story.complete('Treat');
    story.signal('fire-alarm');
    story.expectWaitingAt('LeadOut');
    story.complete('LeadOut');
    story.expectCompleted();
  });

  it('that is not thrown changes nothing', async () => {
    const story = await example('events/signal-event-sub-process');
    story.complete('Treat');
    story.complete('Cool');
    story.expectCompleted();
  });
});

describe('a terminate end event', () => {
  it('ends what is still under way', async () => {
    const story = await example('events/terminate');
    story.complete('Examine', { fit: false });
    story.expectStatus('terminated');
    story.expectNotPassed('FindRoom');
  });

  it('that is not reached ends nothing', async () => {
    const story = await example('events/terminate');
    story.complete('Examine', { fit: true });
    story.complete('FindRoom');
    story.expectCompleted();
  });
});
