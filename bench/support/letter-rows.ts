/** Letters that wait: of three lanes, at five facilities where it is midday, to a thousand patients who want them. */
import { lanes, letterMark, OutboxModel } from '../../store/messaging/outbox.ts';
import { saveFacility } from '../../store/organisation/facilities.ts';
import { ContactModel } from '../../store/patients/contacts.ts';
import { PatientModel, savePatient } from '../../store/patients/patients.ts';

const facilities = ['BJ', 'CD', 'GZ', 'SH', 'SZ'];
const patients = 1000;
const atATime = 1000;

/** Where it is midday, whenever this runs. */
function zoneOfMidday(): string {
  const ahead = 12 - new Date().getUTCHours();
  return `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}

export async function fillLetters(count: number): Promise<void> {
  await Promise.all([OutboxModel.createIndexes(), PatientModel.createIndexes(), ContactModel.createIndexes()]);
  for (const code of facilities)
    await saveFacility({
      _id: code,
      name: code,
      englishName: code,
      region: 'elsewhere',
      zone: zoneOfMidday(),
      calendar: 'CN',
    });
  for (let index = 0; index < patients; index += 1) {
    const _id = `P${index}`;
    const facility = facilities[index % facilities.length] ?? 'BJ';
    const phone = `139${String(index).padStart(8, '0')}`;
    await savePatient({ _id, facility, details: { phone }, sequence: 1 });
    const given = { given: true, sequence: 1, at: '2026-11-01T00:00:00.000Z' };
    await ContactModel.create({ _id, complete: true, consents: { service: given, marketing: given } });
  }
  const now = Date.now();
  const notAfter = new Date(now + 86_400_000).toISOString();
  for (let from = 0; from < count; from += atATime)
    await OutboxModel.insertMany(
      Array.from({ length: Math.min(atATime, count - from) }, (_, at) => {
        const index = from + at;
        const instance = `bench/${index}`;
        const _id = `${instance}#1#patient`;
        const person = index % patients;
        const time = new Date(now - count + index).toISOString();
        return {
          _id,
          mark: letterMark(_id),
          instance,
          key: '1',
          touch: 'patient',
          facility: facilities[person % facilities.length],
          audience: 'patient',
          lane: laneOf(index),
          to: 'patient',
          patient: `P${person}`,
          channel: 'sms',
          subject: '拆线提醒',
          body: '提醒您：您预约了12月3日拆线，请按时到院，拆线前保持伤口清洁干燥。',
          status: 'queued',
          attempts: 0,
          createdAt: time,
          dueAt: time,
          notAfter,
        };
      }),
    );
}

/** A patient gets one marketing letter, the others are about treatments. */
const laneOf = (index: number): string => (index < patients ? 'marketing' : (lanes[index % 2] ?? 'service'));
