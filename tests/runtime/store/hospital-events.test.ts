/** Events of hospital systems: which of them count when chains are found and told. */
import { beforeEach, expect, test } from 'vitest';
import {
  episodesOperated,
  eventsOfEpisode,
  type HospitalEvent,
  HospitalEventModel,
  hospitalEventId,
  receiveEvent,
  reoperationsElsewhere,
} from '../../../store/patients/hospital-events.ts';
import { visitedSince } from '../../../store/patients/visited-since.ts';
import { useOwnDatabase } from './database.ts';

useOwnDatabase();
beforeEach(() => HospitalEventModel.deleteMany({}));

const at = '2026-11-20T09:00:00+08:00';
const states: HospitalEvent['state'][] = ['received', 'parked', 'applied', 'refused'];

async function inEachState(occurrence: HospitalEvent['occurrence']) {
  for (const state of states) {
    const id = `${occurrence.type}-${state}`;
    await receiveEvent({
      _id: hospitalEventId('BJ', 'his', id),
      ...{ source: 'his', id, occurrence, occurredAt: at, on: '2026-11-20', sequence: 1, facility: 'BJ' },
      ...{ patient: 'P', episode: `E-${state}`, digest: id, receivedAt: at, state },
    });
  }
}

test('re-operations that were parked or refused do not count', async () => {
  const about = { operation: 'O2', department: 'plastic', inpatient: true, reoperationOf: 'O1' };
  await inEachState({ type: 'operated', ...about });
  const elsewhere = await reoperationsElsewhere('E', 'P', 'BJ', ['O1']);
  expect(elsewhere.map(({ episode }) => episode).sort()).toEqual(['E-applied', 'E-received']);
  expect((await episodesOperated('P', 'BJ', 'O2')).sort()).toEqual(['E-applied', 'E-received']);
  expect(await eventsOfEpisode('E-refused', 'P', 'BJ')).toEqual([]);
});

test('a removal of sutures that was refused is no visit', async () => {
  await inEachState({ type: 'suturesRemoved' });
  const about = { patient: 'P', facility: 'BJ', day: '2026-11-19' };
  expect(await visitedSince({ ...about, chain: 'BJ-E' })).toBe(true);
  await HospitalEventModel.deleteMany({ state: { $in: ['received', 'applied'] } });
  expect(await visitedSince({ ...about, chain: 'BJ-E' })).toBe(false);
});
