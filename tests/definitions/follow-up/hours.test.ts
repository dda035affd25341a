/** No call and no message outside its hours, whenever an outcome is written down (docs/domain.md#follow-up-chains). */
import { describe, expect, it } from 'vitest';
import { aChain, day, resultOf, sentTemplates } from './builders.ts';

const callOf = 'first-visit-satisfaction';

async function aCallAt(moment: string) {
  const story = await aChain({ days: { firstVisit: day('2027-03-01', 'V1') } });
  story.advanceTo(moment);
  return story;
}

describe('the second try', () => {
  it.each([
    ['2027-03-02T14:59', '2027-03-02T18:59'],
    ['2027-03-02T15:30', '2027-03-02T19:00'],
    ['2027-03-02T17:59', '2027-03-02T19:00'],
    ['2027-03-02T18:00', '2027-03-03T10:00'],
    ['2027-03-02T23:30', '2027-03-03T10:00'],
    ['2027-03-03T00:30', '2027-03-03T09:00'],
    ['2027-03-03T04:59', '2027-03-03T09:00'],
    ['2027-03-03T09:10', '2027-03-03T13:10'],
  ])('of a call that is noted at %s is at %s', async (noted, next) => {
    const story = await aCallAt(noted);
    story.complete('CallPatient', { outcome: 'no-answer' });
    story.expectDue('NextTry', next);
    story.advanceTo(next);
    story.expectDue('CallPatient', `${next.slice(0, 10)}T20:00`);
  });
});

describe('a time that the patient asked for', () => {
  it('that has gone by is now, within the hours of calls', async () => {
    const story = await aCallAt('2027-03-02T21:15');
    story.complete('CallPatient', { outcome: 'call-back', callBackOn: '2027-03-02', callBackHour: '19' });
    story.expectDue('NextTry', '2027-03-03T09:00');
    story.advanceTo('2027-03-03T09:00');
    story.expectDue('CallPatient', '2027-03-03T20:00');
  });

  it('is kept over a month’s end and a leap day', async () => {
    const story = await aCallAt('2027-03-02T14:00');
    story.complete('CallPatient', { outcome: 'call-back', callBackOn: '2028-02-29', callBackHour: '19' });
    story.advanceTo('2028-02-29T18:59');
    story.expectDue('NextTry', '2028-02-29T19:00');
  });
});

it('a number that is corrected at night is called in the morning, until 20:00', async () => {
  const story = await aCallAt('2027-03-02T19:00');
  story.complete('CallPatient', { outcome: 'wrong-number' });
  story.advanceTo('2027-03-02T22:00');
  story.complete('CorrectNumber', { numberFound: 'corrected' });
  story.expectDue('NextTry', '2027-03-03T09:00');
  story.advanceTo('2027-03-03T09:00');
  story.expectDue('CallPatient', '2027-03-03T20:00');
});

it.each([
  ['2027-03-03T00:30', '2027-03-03T08:00'],
  ['2027-03-02T21:00', '2027-03-03T08:00'],
])('a message instead of a call noted at %s leaves at %s', async (noted, sent) => {
  const story = await aCallAt('2027-03-02T14:00');
  story.complete('CallPatient', { outcome: 'busy' });
  story.advanceTo('2027-03-02T18:00');
  story.advanceTo(noted);
  story.complete('CallPatient', { outcome: 'no-answer' });
  story.expectDue('Morning', sent);
  expect(sentTemplates(story)).toEqual(['first-visit-thanks']);
  story.advanceTo(sent);
  expect(sentTemplates(story)).toEqual(['first-visit-thanks', 'first-visit-satisfaction-instead']);
  expect(resultOf(story, callOf)).toBe('message-instead');
});

it('a hand-over to the case owner does not give a call another day', async () => {
  const story = await aCallAt('2027-03-03T10:00');
  story.signal('patient.P-1.complaint', { open: true, owner: 'handler-bj' });
  story.expectDue('CallPatient', '2027-03-02T20:00');
  story.advanceTo('2027-03-03T20:00');
  expect(resultOf(story, callOf)).toBe('message-instead');
});
