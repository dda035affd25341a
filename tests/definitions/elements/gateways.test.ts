/** The definitions in examples/gateways, run to their ends. */
import { describe, it } from 'vitest';
import { example } from './example.ts';

describe('an exclusive gateway', () => {
  it.each([
    [5, 'ApproveSmall'],
    [20, 'ApproveMedium'],
    [21, 'ApproveLarge'],
  ])('takes one way: %i percent go to %s', async (percent, by) => {
    const story = await example('gateways/exclusive', { variables: { percent } });
    if (by !== 'ApproveSmall') story.complete(by);
    story.expectCompleted();
    story.expectNotPassed(...['ApproveSmall', 'ApproveMedium', 'ApproveLarge'].filter((one) => one !== by));
  });
});

describe('a parallel gateway', () => {
  it('takes all ways, and waits for all', async () => {
    const story = await example('gateways/parallel');
    story.complete('FileConsent');
    story.complete('PrepareTheatre');
    story.expectWaitingAt('PreparePatient');
    story.complete('PreparePatient');
    story.expectCompleted();
  });
});

describe('an inclusive gateway', () => {
  it('takes the ways whose conditions hold, and waits for those', async () => {
    const story = await example('gateways/inclusive', { variables: { drugs: true, stitches: true } });
    story.expectWaitingAt('OrderDrugs', 'BookRemoval');
    story.complete('BookRemoval');
    story.expectWaitingAt('OrderDrugs');
    story.complete('OrderDrugs');
    story.expectCompleted();
  });

  it('takes the default when none holds', async () => {
    const story = await example('gateways/inclusive', { variables: { drugs: false, stitches: false } });
    story.complete('PlanCall');
    story.expectCompleted();
  });
});

describe('an event-based gateway', () => {
  const quote = { variables: { quote: 'Q-1' } };

  it('continues with the event that comes first', async () => {
    const story = await example('gateways/event-based', quote);
    story.message('quoteAccepted', 'Q-1');
    story.advance('P4D');
    story.expectWaitingAt('TakeDeposit');
    story.complete('TakeDeposit');
    story.expectCompleted();
  });

  it('may be told no', async () => {
    const story = await example('gateways/event-based', quote);
    story.message('quoteDeclined', 'Q-1');
    story.expectCompleted();
  });

  it('continues when the time is over', async () => {
    const story = await example('gateways/event-based', quote);
    story.advance('P3D');
    story.complete('AskAgain');
    story.expectCompleted();
  });

  it.each([
    ['CalledIn', 'TakeCall'],
    ['WroteIn', 'AnswerChat'],
  ])('starts the instance by %s', async (startEvent, task) => {
    const story = await example('gateways/event-based-starting', { startEvent });
    story.expectWaitingAt(task);
    story.complete(task);
    story.expectCompleted();
  });

  it.each([
    ['LetterCame', 'referralPictures'],
    ['PicturesCame', 'referralLetter'],
  ])('that is parallel starts by %s, and waits for the other', async (startEvent, other) => {
    const settings = { startEvent, variables: { patient: 'P-1' } };
    const story = await example('gateways/event-based-parallel-starting', settings);
    story.message(other, 'P-1');
    story.expectWaitingAt('AssignDoctor');
    story.complete('AssignDoctor');
    story.expectCompleted();
  });
});

describe('a complex gateway', () => {
  it('continues with two of three, and takes the third in when it comes', async () => {
    const story = await example('gateways/complex');
    story.complete('OpinionC');
    story.expectWaitingAt('OpinionA', 'OpinionB');
    story.complete('OpinionA');
    story.expectWaitingAt('OpinionB', 'Decide');
    story.complete('Decide');
    story.expectStatus('active');
    story.complete('OpinionB');
    story.expectCompleted();
    story.expectPassed('PlanDecided', 'ThirdNoted');
  });
});
