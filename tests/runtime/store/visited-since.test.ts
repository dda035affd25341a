/** Whether somebody has come again, asked by the chain of an episode. */
import { beforeAll, expect, test } from 'vitest';
import { VisitModel } from '../../../store/patients/care-records.ts';
import { type HospitalEvent, HospitalEventModel } from '../../../store/patients/hospital-events.ts';
import { visitedSince } from '../../../store/patients/visited-since.ts';
import { useOwnDatabase } from './database.ts';

useOwnDatabase();

const about = { patient: 'P1', facility: 'BJ', day: '2027-03-10', chain: 'BJ-E2' };

async function sutures(number: number, episode: string, on: string, removedOn?: string): Promise<void> {
  await HospitalEventModel.create({
    _id: `BJ#his#${number}`,
    ...{ source: 'his', id: `${number}`, facility: 'BJ', patient: 'P1', episode, on, sequence: number, digest: '' },
    occurrence: { type: 'suturesRemoved', ...(removedOn !== undefined && { removedOn }) },
    occurredAt: `${on}T02:00:00.000Z`,
    receivedAt: `${on}T02:00:00.000Z`,
    state: 'applied',
  } satisfies HospitalEvent);
}

beforeAll(async () => {
  await VisitModel.create({
    _id: 'BJ/V1',
    ...{ facility: 'BJ', patient: 'P1', episode: 'E2', kind: 'surgery', department: 'plastic', sequence: 1 },
    ...{ on: '2027-03-03', at: '2027-03-03T02:00:00.000Z' },
  } as never);
});

test('the removal of its own sutures is the visit that it knows, even if it was told afterwards', async () => {
  await sutures(1, 'E2', '2027-03-12', '2027-03-10');
  expect(await visitedSince(about)).toBe(false);
  expect(await visitedSince({ ...about, day: '2027-03-09' })).toBe(true);
});

test('of two episodes with a visit on one day the later number counts', async () => {
  await sutures(2, 'E1', '2027-03-11', '2027-03-10');
  expect(await visitedSince(about)).toBe(false);
  await sutures(3, 'E3', '2027-03-11', '2027-03-10');
  expect(await visitedSince(about)).toBe(true);
});

test('without a day of its own, a removal was made when it was told', async () => {
  await sutures(4, 'E1', '2027-04-02');
  expect(await visitedSince({ ...about, day: '2027-04-01' })).toBe(true);
  expect(await visitedSince({ ...about, day: '2027-04-02' })).toBe(false);
});
