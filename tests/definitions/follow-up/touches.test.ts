/** Every row of the table of touches (docs/domain.md#follow-up-chains): when, by which channel, for whom. */
import { describe, expect, it } from 'vitest';
import { localDateTime } from '../../../engine/time/zone.ts';
import { aChain, day, type Episode, planIn, resultOf } from './builders.ts';

/** Touch → local time, to the minute. */
async function planOf(about: Episode): Promise<Record<string, string>> {
  const story = await aChain(about);
  const local = (at: string) => localDateTime(at, 'Asia/Shanghai').slice(0, 16);
  return Object.fromEntries(planIn(story).map(({ id, dueAt }) => [id, local(dueAt)]));
}

describe('the plan of a chain', () => {
  it.each(['consultation', 'non-surgical', 'surgical'])(
    'thanks for a first visit and asks about it the next day: %s',
    async (kind) => {
      const story = await aChain({ kind, days: { firstVisit: day('2027-03-01', 'V1') } });
      expect(planIn(story)).toMatchObject([
        { touch: 'first-visit-thanks', channel: 'message', dueAt: '2027-03-02T02:00:00.000Z' },
        { touch: 'first-visit-satisfaction', channel: 'call', questionnaire: kind, dueAt: '2027-03-02T06:00:00.000Z' },
      ]);
    },
  );

  it('reminds of a dressing change only who is not in the hospital', async () => {
    const days = { dressing: day('2027-03-05', 'A1') };
    expect(await planOf({ days })).toEqual({ 'dressing-reminder@A1/2027-03-05': '2027-03-04T10:00' });
    expect(await planOf({ days, inpatient: true })).toEqual({});
  });

  it('follows surgery: comfort in the hospital, questions by need, care for a year', async () => {
    const days = { surgery: day('2027-03-01', 'R0') };
    const care = {
      'surgery-care-1@R0': '2027-04-01T10:30',
      'surgery-care-3@R0': '2027-06-01T10:30',
      'surgery-care-6@R0': '2027-09-01T10:30',
      'surgery-care-12@R0': '2028-03-01T10:30',
    };
    expect(await planOf({ days })).toEqual({ ...care, 'midterm-surgery@R0': '2027-03-15T15:00' });
    expect(await planOf({ days, need: 'A', inpatient: true })).toEqual({
      ...care,
      'surgery-comfort@R0': '2027-03-02T10:00',
      'midterm-surgery@R0': '2027-03-08T15:00',
    });
  });

  it('stays within a month that has no such day', async () => {
    const plan = await planOf({ days: { surgery: day('2027-02-28', 'R0') } });
    expect(plan['surgery-care-12@R0']).toBe('2028-02-28T10:30');
    const end = await aChain({ days: { surgery: day('2027-01-31', 'R0') } }, { now: '2027-02-01T09:00' });
    expect(planIn(end).find(({ id }) => id.startsWith('surgery-care-1@'))?.dueAt).toBe('2027-02-28T02:30:00.000Z');
  });

  it('reminds of suture removal, calls whoever was in the hospital, and checks in the evening', async () => {
    const days = { suturesDue: day('2027-03-08', 'R0') };
    const all = {
      'sutures-reminder@R0/2027-03-08': '2027-03-07T10:00',
      'sutures-check@R0/2027-03-08': '2027-03-08T19:00',
    };
    expect(await planOf({ days })).toEqual(all);
    expect(await planOf({ days, inpatient: true })).toEqual({
      ...all,
      'sutures-call@R0/2027-03-08': '2027-03-07T14:00',
    });
  });

  it('follows suture removal: comfort, the call after 45 days, the questions after recovery', async () => {
    expect(await planOf({ days: { suturesRemoved: day('2027-03-01', 'R0') } })).toEqual({
      'sutures-confirmation@R0': '2027-03-02T10:00',
      'recovery-call@R0': '2027-04-15T10:00',
      'midterm-recovery@R0': '2027-05-30T10:00',
    });
  });

  it('thanks for a revisit', async () => {
    expect(await planOf({ days: { revisit: day('2027-03-01', 'V2') } })).toEqual({
      'revisit-thanks@V2': '2027-03-02T10:00',
    });
  });

  it('follows treatments of the skin, and asks after courses without surgery', async () => {
    const days = {
      treatmentDue: day('2027-03-05', 'A1'),
      treated: day('2027-03-01', 'V1'),
      courseEnded: day('2027-03-01', 'R0'),
    };
    expect(await planOf({ days, kind: 'non-surgical', department: 'dermatology' })).toEqual({
      'treatment-comfort@V1': '2027-03-02T10:00',
      'course-thanks@R0': '2027-03-02T10:00',
      'treatment-reminder@A1/2027-03-05': '2027-03-04T10:00',
      'midterm-course@R0': '2027-03-08T15:00',
    });
    expect(await planOf({ days, kind: 'non-surgical' })).toEqual({ 'midterm-course@R0': '2027-03-08T15:00' });
    expect(await planOf({ days })).toEqual({});
  });

  it('calls the same day who did not come', async () => {
    expect(await planOf({ days: { noShow: day('2027-03-02', 'A1') } })).toEqual({
      'no-show-call@A1': '2027-03-02T15:00',
    });
  });

  it('calls twice who stays away for 30 days, then only writes', async () => {
    const story = await aChain({ days: { lastVisit: day('2027-03-01', 'V1') } });
    expect(planIn(story)).toMatchObject([
      { touch: 'relationship-1', channel: 'call', dueAt: '2027-03-31T03:00:00.000Z' },
      { touch: 'relationship-2', channel: 'call', dueAt: '2027-04-30T03:00:00.000Z' },
      { touch: 'relationship-3', channel: 'message', dueAt: '2027-05-30T03:00:00.000Z' },
    ]);
  });
});

describe('what is known late', () => {
  const visited = (on: string) => ({ days: { firstVisit: day(on, 'V1') } });

  it('is made up for within a day, in the hours of its channel', async () => {
    const story = await aChain(visited('2027-02-28'), { now: '2027-03-01T22:30' });
    expect(planIn(story)).toMatchObject([
      { touch: 'first-visit-thanks', dueAt: '2027-03-02T00:00:00.000Z' },
      { touch: 'first-visit-satisfaction', dueAt: '2027-03-02T01:00:00.000Z' },
    ]);
    const early = await aChain(visited('2027-02-27'), { now: '2027-03-01T06:00' });
    expect(planIn(early)).toMatchObject([
      { touch: 'first-visit-thanks', dueAt: '2027-03-01T00:00:00.000Z' },
      { touch: 'first-visit-satisfaction', dueAt: '2027-03-01T01:00:00.000Z' },
    ]);
    const now = await aChain(visited('2027-02-28'), { now: '2027-03-01T15:00' });
    now.expectWaitingAt('EpisodeChanged', 'TouchDue', 'CallPatient');
    expect(resultOf(now, 'first-visit-thanks')).toBe('sent');
  });

  it('is overdue after a day: left out, and on record', async () => {
    const story = await aChain(visited('2027-02-20'));
    expect(planIn(story)).toEqual([]);
    expect(resultOf(story, 'first-visit-thanks')).toBe('overdue');
    expect(resultOf(story, 'first-visit-satisfaction')).toBe('overdue');
  });
});
