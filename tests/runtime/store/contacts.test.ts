/** Whether a person may be written to now: consents, opt-outs, mutes and days in one document. */
import { beforeEach, describe, expect, test } from 'vitest';
import { ConsentModel, enterConsent, type Purpose } from '../../../store/patients/consents.ts';
import {
  type Ask,
  ContactModel,
  decideContact,
  findContact,
  noteConsent,
  noteStop,
  optOut,
  releaseSlots,
  setMute,
} from '../../../store/patients/contacts.ts';
import { PatientModel, savePatient } from '../../../store/patients/patients.ts';
import { useOwnDatabase } from './database.ts';

useOwnDatabase();
beforeEach(async () => {
  await Promise.all([ContactModel.deleteMany({}), ConsentModel.deleteMany({}), PatientModel.deleteMany({})]);
  await savePatient({ _id: 'P', facility: 'BJ', details: { phone: '13800138000' }, sequence: 1 });
});

let entries = 0;
async function consent(purpose: Purpose, given: boolean, about: { at?: string; sequence?: number } = {}) {
  const { at = '2026-11-01T09:00:00+08:00', sequence = 5 } = about;
  entries += 1;
  const entry = {
    _id: `C${entries}`,
    facility: 'BJ',
    patient: 'P',
    purpose,
    given,
    wording: 'v1',
    channel: 'paper',
    at,
    sequence,
  };
  await enterConsent(entry);
  await noteConsent(entry);
}

const marketing = (letter: string, day = '2026-12-01', about: Partial<Ask> = {}) =>
  decideContact({ patient: 'P', purpose: 'marketing', letter, day, week: '2026-11-30', ...about });
const service = () =>
  decideContact({ patient: 'P', purpose: 'service', letter: 'S', day: '2026-12-01', week: '2026-11-30' });

describe('consent', () => {
  test('a letter about the treatment needs none, and respects one that was withdrawn', async () => {
    expect(await service()).toBeUndefined();
    await consent('service', false);
    expect(await service()).toBe('consent-withdrawn');
  });

  test('marketing needs one', async () => {
    expect(await marketing('A')).toBe('no-consent');
    await consent('marketing', true);
    expect(await marketing('A')).toBeUndefined();
    await consent('marketing', false, { sequence: 6 });
    expect(await marketing('B', '2026-12-02')).toBe('consent-withdrawn');
  });

  test('existing entries of the ledger count, and of entries out of order the later one', async () => {
    await consent('marketing', false, { sequence: 8 });
    await consent('marketing', true, { sequence: 7 });
    expect(await marketing('A')).toBe('consent-withdrawn');
    await ContactModel.deleteMany({});
    expect(await marketing('A')).toBe('consent-withdrawn');
  });

  test('an opt-out ends marketing whatever sequence the hospital counts; a consent that is given later begins it again', async () => {
    await consent('marketing', true);
    await optOut('P', '2026-11-20T04:00:00.000Z', 'reply');
    await consent('marketing', true, { at: '2026-11-20T11:00:00+08:00', sequence: 99 });
    expect(await marketing('A')).toBe('opted-out');
    expect(await service()).toBeUndefined();
    await consent('marketing', true, { at: '2026-11-21T09:00:00+08:00', sequence: 100 });
    expect(await marketing('A')).toBeUndefined();
    await optOut('P', '2026-11-20T04:00:00.000Z', 'told again');
    expect(await marketing('A')).toBeUndefined();
  });

  test('the deceased get no letters, and nobody gets marketing during an open complaint', async () => {
    await consent('marketing', true);
    await setMute('P', 'complaint/1', true);
    await setMute('P', 'complaint/2', true);
    await setMute('P', 'complaint/1', false);
    expect(await marketing('A')).toBe('muted');
    await setMute('P', 'complaint/2', false);
    expect(await marketing('A')).toBeUndefined();
    await noteStop('P', 'died');
    expect([await marketing('B', '2026-12-02'), await service()]).toEqual(['died', 'died']);
  });

  test('a person without a record is unknown', async () => {
    expect(await marketing('A', '2026-12-01', { patient: 'Q' })).toBe('unknown-patient');
  });
});

describe('days', () => {
  beforeEach(() => consent('marketing', true));

  test('one letter a day; the letter that has the day keeps it however often it asks', async () => {
    expect(await marketing('A')).toBeUndefined();
    expect(await marketing('A')).toBeUndefined();
    expect(await marketing('B')).toBe('day-taken');
  });

  test('three a week, Monday to Sunday', async () => {
    for (const [letter, day] of [
      ['A', '2026-12-01'],
      ['B', '2026-12-02'],
      ['C', '2026-12-03'],
    ])
      expect(await marketing(letter ?? '', day)).toBeUndefined();
    expect(await marketing('D', '2026-12-06')).toBe('week-full');
    expect(await marketing('C', '2026-12-03')).toBeUndefined();
    expect(await marketing('D', '2026-12-07', { week: '2026-12-07' })).toBeUndefined();
  });

  test('a letter that did not go out gives its day back', async () => {
    await marketing('A');
    await releaseSlots('P', 'A', '2026-11-30');
    expect(await marketing('B')).toBeUndefined();
  });

  test('of many letters at once one gets the day', async () => {
    await service();
    const all = await Promise.all(Array.from({ length: 40 }, (_, index) => marketing(`L${index}`)));
    expect(all.filter((one) => one === undefined)).toHaveLength(1);
  });
});

test('past weeks are removed, and letters ahead of time remove none', async () => {
  await consent('marketing', true);
  const weeksKept = async () => Object.keys((await findContact('P'))?.weeks ?? {}).sort();
  for (const week of ['2026-09-07', '2026-10-12', '2026-10-26'])
    expect(await marketing(`L-${week}`, week, { week })).toBeUndefined();
  expect(await marketing('A')).toBeUndefined();
  expect(await weeksKept()).toEqual(['2026-10-26', '2026-11-30']);
  expect(await marketing('ahead', '2090-01-03', { week: '2090-01-02' })).toBeUndefined();
  expect((await weeksKept()).at(-1)).toBe('2090-01-02');
});

test('an opt-out that races a hand-over, a thousand times: the letter goes exactly where it was decided before', async () => {
  let gone = 0;
  for (let round = 0; round < 1000; round += 1) {
    const patient = `R${round}`;
    const of = { _id: `${patient}-c`, facility: 'BJ', patient, purpose: 'marketing' as const, given: true };
    await noteConsent({ ...of, wording: 'v1', channel: 'paper', at: '2026-11-01T01:00:00.000Z', sequence: 1 });
    await ContactModel.updateOne({ _id: patient }, { $set: { complete: true } });
    const stop = () => optOut(patient, '2026-11-20T04:00:00.000Z', 'reply');
    const ask = () => marketing('A', '2026-12-01', { patient });
    // Whoever is asked first is not always the first at the database.
    const [refusal] =
      round % 2 === 0 ? await Promise.all([ask(), stop()]) : (await Promise.all([stop(), ask()])).reverse();
    const slots = (await findContact(patient))?.weeks?.['2026-11-30'] ?? [];
    expect(slots.length, patient).toBe(refusal === undefined ? 1 : 0);
    if (refusal === undefined) gone += 1;
    else expect(refusal).toBe('opted-out');
    expect(await marketing('B', '2026-12-02', { patient })).toBe('opted-out');
  }
  expect(gone).toBeGreaterThan(0);
  expect(gone).toBeLessThan(1000);
});
