/** What the jobs around follow-up chains find in the database: figures of a week, patients drawn by lot. */
import { expect, test } from 'vitest';
import { VisitModel } from '../../../store/patients/care-records.ts';
import { drawOldCustomers } from '../../../store/patients/sampling.ts';
import { drawCalledPatients } from '../../../store/processes/followUp/called-patients.ts';
import type { Touch } from '../../../store/processes/followUp/follow-up-row.ts';
import { FollowUpModel } from '../../../store/processes/followUp/follow-up-store.ts';
import { weekFigures } from '../../../store/processes/followUp/week-figures.ts';
import { listWeekReports, saveWeekReport } from '../../../store/processes/followUp/week-reports.ts';
import { useOwnDatabase } from './database.ts';

useOwnDatabase();

const from = '2027-02-26T08:00:00.000Z';
const until = '2027-03-05T08:00:00.000Z';

async function aChain(patient: string, facility: string, touches: Partial<Touch>[]): Promise<void> {
  await FollowUpModel.create({
    _id: `${facility}-${patient}`,
    seq: 1,
    instance: `followUp/${facility}-${patient}`,
    facility,
    episode: patient,
    patient,
    status: 'active',
    touches: touches.map((one, n) => ({ id: `t${n}`, touch: 't', channel: 'call', state: 'reached', ...one })),
    incident: false,
    updatedAt: '2027-03-05T07:00:00.000Z',
  } as never);
}

test('the figures of a week count what ended in it, at one facility', async () => {
  const asked = { dueAt: '2027-03-02T06:00:00.000Z', endedAt: '2027-03-02T07:00:00.000Z', questionnaire: 'surgical' };
  await aChain('P-1', 'BJ', [
    { ...asked, score: 80, answers: { overall: '4', doctor: '0', recommend: '5' } },
    {
      ...asked,
      score: 40,
      answers: { overall: '2' },
      urgentAt: '2027-03-02T06:30:00.000Z',
      caseNumber: 'BJ2027030001',
    },
    { ...asked, state: 'message-instead', endedAt: '2027-03-03T12:00:00.000Z' },
    { ...asked, endedAt: until, score: 100 },
    { ...asked, endedAt: '2027-02-20T07:00:00.000Z', score: 20 },
  ]);
  await aChain('P-2', 'SH', [{ ...asked, score: 100 }]);
  expect(await weekFigures('BJ', from, until)).toEqual({
    calls: 3,
    sameDay: 2,
    reached: 2,
    messagesInstead: 1,
    answered: 2,
    meanScore: 60,
    meanScoreBefore: 20,
    redFlags: 1,
    redFlagsInTime: 1,
    complaints: 1,
    remarksOpen: 0,
    remarksSolved: 0,
    questions: [{ questionnaire: 'surgical', question: 'overall', count: 2, mean: 3, satisfied: 50 }],
  });
});

test('a report is kept once for its week, and listed for its facility', async () => {
  const figures = await weekFigures('CD', from, until);
  const report = { _id: 'CD/2027-03-05', facility: 'CD', from, until, figures };
  await saveWeekReport(report);
  await saveWeekReport(report);
  expect(await listWeekReports(['CD'], 10)).toEqual([report]);
  expect(await listWeekReports(['XX'], 10)).toEqual([]);
});

test('a lot draws the same patients each time, old customers and reached ones only', async () => {
  for (let n = 0; n < 9; n += 1)
    await VisitModel.create({
      _id: `BJ/V${n}`,
      facility: 'BJ',
      patient: `OLD-${n}`,
      sequence: 1,
      kind: 'first',
      at: '2026-01-05T02:00:00.000Z',
      on: n < 6 ? '2026-01-05' : '2027-03-01',
      department: 'D',
    });
  const drawn = await drawOldCustomers('BJ', '2026-09-01', 'BJ 2027-03', 4);
  expect(new Set(drawn).size).toBe(4);
  expect(drawn.every((one) => /^OLD-[0-5]$/.test(one))).toBe(true);
  expect(await drawOldCustomers('BJ', '2026-09-01', 'BJ 2027-03', 4)).toEqual(drawn);
  expect(await drawOldCustomers('BJ', '2026-09-01', 'BJ 2027-04', 6)).toHaveLength(6);
  expect(await drawCalledPatients('SH', from, 'SH 2027-03', 5)).toEqual(['P-2']);
  expect(await drawCalledPatients('SH', '2027-03-04T00:00:00.000Z', 'SH 2027-03', 5)).toEqual([]);
});
