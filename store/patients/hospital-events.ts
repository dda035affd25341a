/** Events reported by the hospital's systems: each once by source and id, kept permanently, in order of their sequence. */
import mongoose, { type QueryFilter } from 'mongoose';
import { encodeKey } from '../../engine/model/keys.ts';
import type { TimeScale } from '../../engine/time/time-scale.ts';
import { anyJson, insertOnce, rowSchema } from '../db/schema.ts';
import type { Purpose } from './consents.ts';
import type { PatientDetails } from './patients.ts';

export type VisitKind = 'first' | 'revisit' | 'dressing' | 'treatment' | 'surgery' | 'sutures';
/** An appointment, which may be moved. */
export type AppointmentKind = 'visit' | 'dressing' | 'treatment' | 'surgery' | 'sutures';
export type TreatmentKind = 'surgical' | 'non-surgical';
/** Level of care after surgery (A, B, C of the handbook); not the membership tier. */
export type NeedClass = 'A' | 'B' | 'C';

export type Occurrence =
  | { type: 'visited'; visit: string; kind: VisitKind; department: string; consultedBy?: string; doctor?: string }
  | {
      type: 'operated';
      operation: string;
      department: string;
      inpatient: boolean;
      need?: NeedClass;
      suturesDueOn?: string;
      reoperationOf?: string;
    }
  | { type: 'suturesRemoved'; removedOn?: string }
  | { type: 'treated'; visit: string; department: string }
  | { type: 'courseEnded' }
  | { type: 'purchased'; order: string; item: string; kind: TreatmentKind; amountCents: number }
  | { type: 'refunded'; order: string; amountCents: number }
  | { type: 'booked'; appointment: string; what: AppointmentKind; plannedOn: string }
  | { type: 'moved'; what: AppointmentKind; appointment?: string; to: string }
  | { type: 'cancelled'; appointment: string }
  | { type: 'noShow'; appointment: string }
  | ({ type: 'patientChanged' } & PatientDetails)
  | { type: 'consentChanged'; purpose: Purpose; given: boolean; wording: string; channel: string; proof?: string }
  | { type: 'died' }
  | { type: 'transferred' };

export interface HospitalEvent {
  /** `<facility>#<source>#<id>`, encoded (engine/model/keys.ts). */
  _id: string;
  source: string;
  id: string;
  occurrence: Occurrence;
  occurredAt: string;
  /** Its date at the facility. */
  on: string;
  sequence: number;
  facility: string;
  patient: string;
  episode?: string;
  /** Of a drill: chains that it begins run by this clock, and a patient it adds is invented. */
  clock?: TimeScale;
  /** Digest of the content, to distinguish a repeat from a reused id. */
  digest: string;
  receivedAt: string;
  /** `parked`: of an unknown patient; `refused`: about a visit, purchase or appointment of another patient. */
  state: 'received' | 'parked' | 'applied' | 'refused';
  /** Number of times an import has rewritten it. */
  replaced?: number;
}

const schema = rowSchema<HospitalEvent>({
  source: String,
  id: String,
  occurrence: anyJson,
  occurredAt: String,
  on: String,
  sequence: Number,
  facility: String,
  patient: String,
  episode: String,
  clock: anyJson,
  digest: String,
  receivedAt: String,
  state: String,
  replaced: Number,
});
schema.index({ facility: 1, state: 1, receivedAt: -1, _id: -1 });
schema.index({ state: 1, receivedAt: -1, _id: -1 });
schema.index({ episode: 1 });
schema.index({ patient: 1, state: 1 });

export const HospitalEventModel = mongoose.model<HospitalEvent>('hospitalEvents', schema, 'hospitalEvents');

export const hospitalEventId = (facility: string, source: string, id: string): string =>
  `${facility}#${encodeKey(source)}#${encodeKey(id)}`;

/** @returns the stored event; an existing one is unchanged */
export async function receiveEvent(event: HospitalEvent): Promise<HospitalEvent> {
  if (await insertOnce(HospitalEventModel, event)) return event;
  return (await HospitalEventModel.findById(event._id).lean<HospitalEvent>()) ?? event;
}

/** Replaces an event of this id. */
export async function replaceEvent({ _id, ...event }: HospitalEvent): Promise<void> {
  await HospitalEventModel.updateOne({ _id }, { $set: event, $inc: { replaced: 1 } }, { upsert: true });
}

export async function setEventState(id: string, state: Exclude<HospitalEvent['state'], 'received'>): Promise<void> {
  await HospitalEventModel.updateOne({ _id: id }, { $set: { state } });
}

/** Parked events of a patient, in order. */
export async function parkedEvents(patient: string, facility: string): Promise<HospitalEvent[]> {
  return inOrder(await HospitalEventModel.find({ patient, facility, state: 'parked' }).lean<HospitalEvent[]>());
}

/** States of events that count. */
export const counting = { $in: ['received' as const, 'applied' as const] };

/** All events of an episode of a patient, in order of sequence. */
export async function eventsOfEpisode(episode: string, patient: string, facility: string): Promise<HospitalEvent[]> {
  const filter = { episode, patient, facility, state: counting };
  return inOrder(await HospitalEventModel.find(filter).lean<HospitalEvent[]>());
}

type OfEpisode = Pick<HospitalEvent, 'episode' | 'patient' | 'facility'>;

/** Those whose episode was reported for another patient before, to whom its chain belongs. */
export async function inEpisodesOfOthers<E extends OfEpisode>(events: readonly E[]): Promise<E[]> {
  const episodes = [...new Set(events.flatMap(({ episode }) => episode ?? []))];
  if (episodes.length === 0) return [];
  const facilities = [...new Set(events.map(({ facility }) => facility))];
  const found = await HospitalEventModel.aggregate<{ _id: Required<OfEpisode> }>([
    { $match: { episode: { $in: episodes }, facility: { $in: facilities }, state: counting } },
    { $group: { _id: { facility: '$facility', episode: '$episode', patient: '$patient' } } },
  ]);
  const patientsOf = new Map<string, string[]>();
  for (const { _id } of found)
    patientsOf.set(episodeKey(_id), [...(patientsOf.get(episodeKey(_id)) ?? []), _id.patient]);
  return events.filter((event) => patientsOf.get(episodeKey(event))?.some((one) => one !== event.patient));
}

const episodeKey = ({ facility, episode }: OfEpisode): string => JSON.stringify([facility, episode]);

/** Whether the episode was reported for another patient before. */
export const isEpisodeOfOther = async (event: OfEpisode): Promise<boolean> =>
  (await inEpisodesOfOthers([event])).length > 0;

/** Operations of other episodes that were made because of these: what followed them belongs to those episodes now. */
export async function reoperationsElsewhere(
  episode: string,
  patient: string,
  facility: string,
  operations: string[],
): Promise<HospitalEvent[]> {
  if (operations.length === 0) return [];
  return HospitalEventModel.find({
    patient,
    facility,
    episode: { $nin: [episode, null] },
    state: counting,
    'occurrence.type': 'operated',
    'occurrence.reoperationOf': { $in: operations },
  } as QueryFilter<HospitalEvent>).lean<HospitalEvent[]>();
}

/** Episodes of a patient in which this operation took place. */
export async function episodesOperated(patient: string, facility: string, operation: string): Promise<string[]> {
  const filter = {
    patient,
    facility,
    state: counting,
    'occurrence.type': 'operated',
    'occurrence.operation': operation,
  };
  const episodes = await HospitalEventModel.distinct('episode', filter as QueryFilter<HospitalEvent>);
  return episodes.filter((one) => one !== undefined && one !== null);
}

export async function episodesOfPatient(patient: string, facility: string): Promise<string[]> {
  return HospitalEventModel.distinct('episode', { patient, facility, episode: { $exists: true } });
}

/** As they happened: by sequence, then by time. */
export const inOrder = (events: HospitalEvent[]): HospitalEvent[] =>
  events.sort((a, b) => a.sequence - b.sequence || compare(a.occurredAt, b.occurredAt) || compare(a._id, b._id));
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export interface EventSearch {
  facilities?: string[];
  state?: HospitalEvent['state'];
  patient?: string;
  after?: { at: string; id: string };
  limit: number;
}

/** Newest first. */
export async function listEvents({ facilities, state, patient, after, limit }: EventSearch): Promise<HospitalEvent[]> {
  const filter = {
    ...(facilities && { facility: { $in: facilities } }),
    ...(state && { state }),
    ...(patient !== undefined && { patient }),
    ...(after && { $or: [{ receivedAt: { $lt: after.at } }, { receivedAt: after.at, _id: { $lt: after.id } }] }),
  };
  return HospitalEventModel.find(filter).sort({ receivedAt: -1, _id: -1 }).limit(limit).lean<HospitalEvent[]>();
}
