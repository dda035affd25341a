/** An event of the hospital: kept once, then made master data. */
import { localDate } from '../../../engine/time/zone.ts';
import { type Facility, findFacility } from '../../../store/organisation/facilities.ts';
import { applyEvent } from '../../../store/patients/apply-event.ts';
import {
  type HospitalEvent,
  hospitalEventId,
  isEpisodeOfOther,
  receiveEvent,
  replaceEvent,
} from '../../../store/patients/hospital-events.ts';
import { indexPatient } from '../../../store/patients/patient-search.ts';
import { findPatient } from '../../../store/patients/patients.ts';
import { comparable } from '../../../store/runtime/search-keys.ts';
import type { Deps } from '../../http/deps.ts';
import { digestOf } from '../../http/digest.ts';
import { initialsOf } from '../../http/initials.ts';
import { covers, type Reach } from '../../http/policy.ts';
import { ProblemError, wrongFacility } from '../../http/problem.ts';
import type { Asked } from '../../http/route.ts';
import { announce } from './announce.ts';
import { type EventBody, occurrenceOf } from './schemas.ts';

export interface Received {
  event: HospitalEvent;
  /** It was told before. */
  repeated: boolean;
}

/** @throws ProblemError 403 for another facility; 409 for an episode of another patient; 422 where the id is taken by another content */
export async function receive(deps: Deps, body: EventBody, { reach, person }: Asked): Promise<Received> {
  const event = eventOf(body, await suppliedFacility(body.facility, reach));
  if (await isEpisodeOfOther(event)) throw episodeOfOther(body);
  const kept = await receiveEvent(event);
  if (kept.digest !== event.digest) throw idReused(body);
  // A repeat tells it again: whoever told it first may have been cut off in between.
  const { state, events } = await applyEvent(kept);
  await makeFound(kept);
  await announce(deps, events, person.id);
  return { event: { ...kept, state }, repeated: kept !== event };
}

/**
 * Of an import: the row counts as it stands in the file now. Files are about the past and begin nothing; what a system has told and was
 * parked until now takes effect.
 */
export async function receiveAgain(
  deps: Deps,
  body: EventBody,
  facility: Facility,
  { person }: Asked,
): Promise<HospitalEvent> {
  const event = eventOf(body, facility);
  await replaceEvent(event);
  const { state, events } = await applyEvent(event);
  await makeFound(event);
  const told = events.filter(({ source }) => source !== event.source);
  await announce(deps, told, person.id);
  return { ...event, state };
}

/** By the name and the phone that stand there now. */
async function makeFound({ occurrence, patient, facility }: HospitalEvent): Promise<void> {
  if (occurrence.type !== 'patientChanged') return;
  const row = await findPatient(patient, facility);
  if (row) await indexPatient(row, nameKeys);
}

/** Of a Chinese name, also each part that begins later, and both in initials. */
function nameKeys(name: string): string[] {
  const letters = [...comparable(name).trim()];
  const initials = [...initialsOf(name)];
  const parts = (of: string[]) => of.map((_, from) => of.slice(from).join('').trim()).filter(Boolean);
  return /\p{Script=Han}/u.test(name) ? [...parts(letters), ...parts(initials)] : comparable(name).split(/\s+/);
}

/** @throws ProblemError 403 for one that is not within reach */
export async function suppliedFacility(code: string, reach: Reach): Promise<Facility> {
  const facility = covers(reach, code) ? await findFacility(code) : null;
  if (facility) return facility;
  throw wrongFacility(code);
}

function eventOf(body: EventBody, facility: Facility): HospitalEvent {
  const { source, id, occurredAt, sequence, patient, episode } = body;
  return {
    _id: hospitalEventId(facility._id, source, id),
    source,
    id,
    occurrence: occurrenceOf(body),
    occurredAt,
    on: localDate(occurredAt, facility.zone),
    sequence,
    facility: facility._id,
    patient,
    ...(episode !== undefined && { episode }),
    digest: digestOf(body),
    receivedAt: new Date().toISOString(),
    state: 'received',
  };
}

function episodeOfOther({ episode, patient }: EventBody): ProblemError {
  return new ProblemError({
    status: 409,
    code: 'episode-of-other',
    detail: `The episode ${episode} was told of another patient than ${patient} before.`,
    hint: 'Give each treatment episode a number of its own.',
  });
}

function idReused({ source, id }: EventBody): ProblemError {
  return new ProblemError({
    status: 422,
    code: 'event-id-reused',
    detail: `The event ${id} of ${source} was told before with another content.`,
    hint: 'Repeat an event unchanged, and give each new one an id of its own.',
  });
}
