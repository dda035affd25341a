/** Receives a hospital event: stored once, then applied to master data. */
import { localDate } from '../../../engine/time/zone.ts';
import { type Facility, findFacility } from '../../../store/organisation/facilities.ts';
import { applyEvent } from '../../../store/patients/apply-event.ts';
import { aboutRecordsOfOthers, isRecordOfOther } from '../../../store/patients/care-records.ts';
import {
  type HospitalEvent,
  hospitalEventId,
  inEpisodesOfOthers,
  isEpisodeOfOther,
  receiveEvent,
  replaceEvent,
} from '../../../store/patients/hospital-events.ts';
import { indexPatient } from '../../../store/patients/patient-search.ts';
import { findPatient } from '../../../store/patients/patients.ts';
import type { Deps } from '../../http/deps.ts';
import { digestOf } from '../../http/digest.ts';
import { covers, type Reach } from '../../http/policy.ts';
import { invalid, ProblemError, wrongFacility } from '../../http/problem.ts';
import type { Asked } from '../../http/route.ts';
import { whyNoTimeScale } from '../../http/time-scale-allowed.ts';
import { announce } from './announce.ts';
import { nameKeys } from './name-keys.ts';
import { type EventBody, occurrenceOf } from './schemas.ts';

export interface Received {
  event: HospitalEvent;
  /** Reported before. */
  repeated: boolean;
}

/** @throws ProblemError 403 for another facility; 409 for an episode of another patient; 422 for an id used with other content */
export async function receive(deps: Deps, body: EventBody, { reach, person }: Asked): Promise<Received> {
  const event = eventOf(body, await suppliedFacility(body.facility, reach));
  const noClock = body.clock && (await whyNoTimeScale(deps.config));
  if (noClock !== undefined) throw invalid([{ path: 'body.clock', code: 'not_allowed', message: noClock }], 422);
  if (await isEpisodeOfOther(event)) throw episodeOfOther(body);
  if (await isRecordOfOther(event)) throw recordOfOther(body);
  const kept = await receiveEvent(event);
  if (kept.digest !== event.digest) throw idReused(body);
  // Repeats are announced again, as the first attempt may have failed in between.
  const { state, events } = await applyEvent(kept);
  await makeFound(kept);
  await announce(deps, events, person.id);
  if (state === 'refused') throw recordOfOther(body);
  return { event: { ...kept, state }, repeated: kept !== event };
}

/** Those in an episode, or about a visit, an order or an appointment, that was reported for another patient before. */
export async function eventsOfOthers(bodies: readonly EventBody[], facility: Facility): Promise<Set<EventBody>> {
  const bodyOf = new Map(bodies.map((body) => [eventOf(body, facility), body]));
  const events = [...bodyOf.keys()];
  const found = await Promise.all([inEpisodesOfOthers(events), aboutRecordsOfOthers(events)]);
  return new Set(found.flat().flatMap((event) => bodyOf.get(event) ?? []));
}

/**
 * Events of an import, replaced by the current content of the file. They describe the past and start nothing; parked
 * events of the hospital's systems take effect now.
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
  const fromSystems = events.filter(({ source }) => source !== event.source);
  await announce(deps, fromSystems, person.id);
  return { ...event, state };
}

/** Search terms of the current name and phone. */
async function makeFound({ occurrence, patient, facility }: HospitalEvent): Promise<void> {
  if (occurrence.type !== 'patientChanged') return;
  const row = await findPatient(patient, facility);
  if (row) await indexPatient(row, nameKeys);
}

/** @throws ProblemError 403 for a facility out of reach */
export async function suppliedFacility(code: string, reach: Reach): Promise<Facility> {
  const facility = covers(reach, code) ? await findFacility(code) : null;
  if (facility) return facility;
  throw wrongFacility(code);
}

function eventOf(body: EventBody, facility: Facility): HospitalEvent {
  const { source, id, occurredAt, sequence, patient, episode, clock } = body;
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
    ...(clock && { clock }),
    digest: digestOf(body),
    receivedAt: new Date().toISOString(),
    state: 'received',
  };
}

function episodeOfOther({ episode, patient }: EventBody): ProblemError {
  return new ProblemError({
    status: 409,
    code: 'episode-of-other',
    detail: `The episode ${episode} was reported for another patient than ${patient} before.`,
    hint: 'Give each treatment episode a number of its own.',
  });
}

const recordOfOther = ({ patient }: EventBody): ProblemError =>
  new ProblemError({
    status: 409,
    code: 'record-of-other',
    detail: `What the event is about was told of another patient than ${patient} before.`,
    hint: 'Give each visit, order and appointment a number of its own, and check the number of the record.',
  });

function idReused({ source, id }: EventBody): ProblemError {
  return new ProblemError({
    status: 422,
    code: 'event-id-reused',
    detail: `The event ${id} of ${source} was reported before with other content.`,
    hint: 'Repeat an event unchanged, and give each new one an id of its own.',
  });
}
