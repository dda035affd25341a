/** The definitions in examples/markers, run to their ends. */
import { describe, expect, it } from 'vitest';
import { example } from './example.ts';

describe('a multiple event', () => {
  it.each(['signedOnline', 'signedAtDesk'])(
    'is content with any one trigger (%s), and throws all of its own',
    async (message) => {
      const story = await example('markers/multiple-events', { variables: { patient: 'P-1' } });
      story.message(message, 'P-1');
      story.complete('CheckConsent');
      story.expectCompleted();
      story.expectSent('tellPharmacy');
    },
  );

  it('that is parallel waits for all, in any order', async () => {
    const story = await example('markers/parallel-multiple-events', { variables: { implant: 'I-1' } });
    story.message('cultureClear', 'I-1');
    story.expectWaitingAt('BothCame');
    story.message('certificateCame', 'I-1');
    story.complete('Release');
    story.expectCompleted();
  });
});

describe('a standard loop', () => {
  it('goes round while its condition holds', async () => {
    const story = await example('markers/standard-loop', { variables: { answered: false } });
    story.complete('Call', { answered: false });
    story.complete('Call', { answered: true });
    story.expectCompleted();
  });

  it('stops at its most', async () => {
    const story = await example('markers/standard-loop', { variables: { answered: false } });
    for (let round = 0; round < 5; round++) story.complete('Call');
    story.expectCompleted({ answered: false });
  });
});

describe('a multi-instance', () => {
  it('that is sequential takes one item after the other, and collects', async () => {
    const story = await example('markers/multi-instance-sequential', { variables: { cupboards: ['A', 'B', 'C'] } });
    for (const counted of [4, 0, 7]) {
      story.expectWaitingAt('CountCupboard');
      story.complete('CountCupboard', { counted });
    }
    story.expectCompleted({ counts: [4, 0, 7], total: 11 });
  });

  it('that is parallel has all at once, and is over when its condition holds', async () => {
    const story = await example('markers/multi-instance-parallel', { variables: { guests: ['a', 'b', 'c', 'd'] } });
    expect(story.waitingAt()).toHaveLength(4);
    story.complete('AskGuest', { grade: 5 });
    story.complete('AskGuest', { grade: 3 });
    story.expectWaitingAt('ReadGrades');
    story.complete('ReadGrades');
    story.expectCompleted({ grades: [5, 3, null, null] });
  });
});

describe('quantities', () => {
  it('make several tokens of one, and need several to begin', async () => {
    const story = await example('markers/quantities');
    story.complete('Unpack');
    story.expectWaitingAt('WashTray', 'WashTray', 'WashTray');
    story.complete('WashTray');
    story.complete('WashTray');
    story.expectWaitingAt('WashTray');
    story.complete('WashTray');
    story.expectWaitingAt('Sterilise');
    story.complete('Sterilise');
    story.expectCompleted();
  });
});

describe('a data object', () => {
  it('carries a value from one task to another', async () => {
    const story = await example('markers/data-objects');
    story.complete('Measure', { measured: 5.5 });
    story.expectVariables({ reading: 5.5 });
    story.complete('Judge');
    story.expectCompleted({ reading: 5.5 });
  });
});

describe('two pools', () => {
  it('exchange messages by one key', async () => {
    const story = await example('markers/message-exchange', { variables: { order: 'O-1' } });
    story.expectWaitingAt('MealComes', 'Cook');
    story.complete('Cook');
    story.expectWaitingAt('ServeMeal');
    story.complete('ServeMeal');
    story.expectCompleted();
  });
});

describe('lanes', () => {
  it('say who does what names nobody', async () => {
    const story = await example('markers/lanes');
    for (const [task, role] of [
      ['WriteRequest', 'handler'],
      ['Approve', 'department-head'],
      ['NoteLeave', 'hr'],
    ] as const) {
      expect(story.task(task).candidateGroups).toEqual([role]);
      story.complete(task);
    }
    story.expectCompleted();
  });
});
