/** Two hundred invented patients with what has happened to them, marked `demo`: gateways that reach telephones refuse them. */
import { digestOf } from '../../../api/http/digest.ts';
import { nameKeys } from '../../../api/resources/hospital-events/name-keys.ts';
import { instantMsOfLocal, localDate } from '../../../engine/time/zone.ts';
import { insertHistories } from '../../../store/patients/histories.ts';
import { type HospitalEvent, hospitalEventId } from '../../../store/patients/hospital-events.ts';
import { searchKeysOf } from '../../../store/patients/patient-search.ts';
import { findPatients, type Patient } from '../../../store/patients/patients.ts';
import { type Happening, historyOf } from './histories.ts';
import { type DemoFacility, personNumbered } from './people.ts';

const source = 'his';
const manyAt: Record<DemoFacility, number> = { BJ: 80, SH: 70, CD: 50 };

/** Those of a facility that are missing: a first start puts in all, and a later one nothing. */
export async function seedPatients({ code, zone }: { code: string; zone: string }, now: Date): Promise<void> {
  if (!isDemoFacility(code)) return;
  const facility = code;
  const numbers = Array.from({ length: manyAt[facility] }, (_, n) => n + 1);
  const known = new Set((await findPatients(numbers.map((n) => recordNumber(facility, n)))).map(({ _id }) => _id));
  const missing = numbers.filter((n) => !known.has(recordNumber(facility, n)));
  const today = localDate(now.toISOString(), zone);
  const events = missing.flatMap((n) =>
    historyOf(facility, n, today).map((one, at) => eventOf({ facility, zone, n, sequence: at + 1, today, now }, one)),
  );
  await insertHistories(
    missing.map((n) => patientOf(facility, n)),
    events,
  );
}

const isDemoFacility = (code: string): code is DemoFacility => code in manyAt;

/** As the payments of the demo know them. */
const recordNumber = (facility: DemoFacility, n: number): string => `MR-${facility}-${String(n).padStart(4, '0')}`;

function patientOf(facility: DemoFacility, n: number): Patient {
  const row = {
    _id: recordNumber(facility, n),
    facility,
    details: personNumbered(facility, n),
    sequence: 1,
    demo: true,
  };
  return { ...row, searchKeys: searchKeysOf(row, nameKeys) };
}

interface Place {
  facility: DemoFacility;
  zone: string;
  n: number;
  sequence: number;
  today: string;
  now: Date;
}

function eventOf(
  { facility, zone, n, sequence, today, now }: Place,
  { daysAgo, hour, episode, occurrence }: Happening,
): HospitalEvent {
  const dayMs = Date.parse(today) - daysAgo * 86_400_000;
  const occurredAt = new Date(instantMsOfLocal(dayMs + hour * 3_600_000, zone)).toISOString();
  const id = `${recordNumber(facility, n)}/${sequence}`;
  return {
    _id: hospitalEventId(facility, source, id),
    source,
    id,
    occurrence,
    occurredAt,
    on: localDate(occurredAt, zone),
    sequence,
    facility,
    patient: recordNumber(facility, n),
    ...(episode !== undefined && { episode }),
    digest: digestOf(source, id, occurrence),
    receivedAt: now.toISOString(),
    state: 'applied',
  };
}
