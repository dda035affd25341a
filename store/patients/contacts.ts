/**
 * Whether a person may be written to **now**: one document per patient with opt-out, consents, mutes and the days used
 * for letters. The decision is a single write to it, which orders it against all changes.
 */
import mongoose, { type QueryFilter } from 'mongoose';
import { anyJson, rowSchema } from '../db/schema.ts';
import { type ConsentEntry, ConsentModel, type Purpose } from './consents.ts';
import { findPatientAnywhere, type StopReason } from './patients.ts';

/** A marketing letter on a day. */
interface Slot {
  day: string;
  letter: string;
}

export interface Contact {
  /** Record number. */
  _id: string;
  /** The ledger has been applied completely. */
  complete?: boolean;
  consents?: Partial<Record<Purpose, { given: boolean; sequence: number; at: string }>>;
  /** No marketing since then, until a later consent. */
  optOut?: { at: string; how: string };
  stopped?: StopReason;
  /** Reasons that mute marketing temporarily, such as an open complaint, by id. */
  mutes?: string[];
  /** The last letter about their treatment. */
  lastService?: string;
  /** Marketing letters by week (its Monday). */
  weeks?: Record<string, Slot[]>;
}

const schema = rowSchema<Contact>({
  complete: Boolean,
  consents: anyJson,
  optOut: anyJson,
  stopped: String,
  mutes: anyJson,
  lastService: String,
  weeks: anyJson,
});

export const ContactModel = mongoose.model<Contact>('contacts', schema, 'contacts');

/** Marketing letters per person and week, Monday to Sunday, over all programmes; at most one a day. */
const maxAWeek = 3;

export type Refusal =
  | 'unknown-patient'
  | StopReason
  | 'consent-withdrawn'
  | 'no-consent'
  | 'opted-out'
  | 'muted'
  | 'day-taken'
  | 'week-full';

export interface Ask {
  patient: string;
  purpose: Extract<Purpose, 'service' | 'marketing'>;
  /** A letter that asks again keeps its reserved day. */
  letter: string;
  day: string;
  /** Monday of the day's week. */
  week: string;
}

/** @returns the reason why not; undefined: it may be sent now, and a day is reserved for it */
export async function decideContact(ask: Ask): Promise<Refusal | undefined> {
  if (await takes(ask)) return undefined;
  const before = await ContactModel.findById(ask.patient).lean<Contact>();
  if (before?.complete !== true) {
    if (!(await completeContact(ask.patient))) return 'unknown-patient';
    if (await takes(ask)) return undefined;
  }
  return refusalOf(ask, (await ContactModel.findById(ask.patient).lean<Contact>()) ?? { _id: ask.patient });
}

async function takes({ patient, purpose, letter, day, week }: Ask): Promise<boolean> {
  const may: QueryFilter<Contact> = { _id: patient, complete: true, stopped: { $exists: false } };
  if (purpose === 'service') {
    const filter = { ...may, 'consents.service.given': { $ne: false } };
    return (await ContactModel.findOneAndUpdate(filter, { $set: { lastService: letter } })) !== null;
  }
  const slots = `weeks.${week}`;
  const filter = {
    ...may,
    'consents.marketing.given': true,
    optOut: { $exists: false },
    'mutes.0': { $exists: false },
    $or: [
      { [slots]: { $elemMatch: { day, letter } } },
      { [`${slots}.day`]: { $ne: day }, [`${slots}.${maxAWeek - 1}`]: { $exists: false } },
    ],
  };
  const update = { $addToSet: { [slots]: { day, letter } } };
  const taken = await ContactModel.findOneAndUpdate(filter, update, { returnDocument: 'after' }).lean<Contact>();
  if (taken) await forgetOldWeeks(taken, week);
  return taken !== null;
}

const keptMs = 5 * 7 * 86_400_000;

/** Weeks that nobody asks for any more; a letter of an instance whose time runs ahead ends none of today. */
async function forgetOldWeeks({ _id, weeks = {} }: Contact, asked: string): Promise<void> {
  const before = new Date(Math.min(Date.parse(asked), Date.now()) - keptMs).toISOString().slice(0, 10);
  const old = Object.keys(weeks).filter((week) => week < before);
  if (old.length > 0)
    await ContactModel.updateOne({ _id }, { $unset: Object.fromEntries(old.map((week) => [`weeks.${week}`, ''])) });
}

function refusalOf({ purpose, letter, day, week }: Ask, contact: Contact): Refusal {
  if (contact.stopped) return contact.stopped;
  if (purpose === 'service') return 'consent-withdrawn';
  if (contact.optOut) return 'opted-out';
  const marketing = contact.consents?.marketing;
  if (!marketing?.given) return marketing ? 'consent-withdrawn' : 'no-consent';
  if (contact.mutes?.length) return 'muted';
  const slots = contact.weeks?.[week] ?? [];
  return slots.some((slot) => slot.day === day && slot.letter !== letter) ? 'day-taken' : 'week-full';
}

/** The letter was not sent: releases its days. */
export async function releaseSlots(patient: string, letter: string, week: string): Promise<void> {
  await ContactModel.updateOne({ _id: patient }, { $pull: { [`weeks.${week}`]: { letter } } } as never);
}

/**
 * Created once from the ledger and the patient's record; later changes are written individually.
 * @returns false when there is no such patient
 */
async function completeContact(patient: string): Promise<boolean> {
  const row = await findPatientAnywhere(patient);
  if (!row) return false;
  const entries = await ConsentModel.find({ patient }).lean<ConsentEntry[]>();
  for (const entry of entries) await noteConsent(entry);
  if (row.stopped) await noteStop(patient, row.stopped.reason);
  await ContactModel.updateOne({ _id: patient }, { $set: { complete: true } }, { upsert: true });
  return true;
}

/** The later entry of a purpose wins, in any order of arrival. A consent to marketing ends an earlier opt-out. */
export async function noteConsent({ patient, purpose, given, sequence, at: occurredAt }: ConsentEntry): Promise<void> {
  const at = new Date(occurredAt).toISOString();
  const entry = `$consents.${purpose}`;
  const isOlder = {
    $or: [
      { $gt: [`${entry}.sequence`, sequence] },
      { $and: [{ $eq: [`${entry}.sequence`, sequence] }, { $gt: [`${entry}.at`, at] }] },
    ],
  };
  const endsOptOut = purpose === 'marketing' && given;
  await ContactModel.collection.updateOne(
    { _id: patient as never },
    [
      { $set: { [`consents.${purpose}`]: { $cond: [isOlder, entry, { $literal: { given, sequence, at } }] } } },
      ...(endsOptOut
        ? [{ $set: { optOut: { $cond: [{ $gt: [at, { $ifNull: ['$optOut.at', ''] }] }, '$$REMOVE', '$optOut'] } } }]
        : []),
    ],
    { upsert: true },
  );
}

/**
 * Stops marketing at once.
 * @param at a consent given later is kept
 */
export async function optOut(patient: string, at: string, how: string): Promise<void> {
  const isConsentedLater = {
    $and: [{ $eq: ['$consents.marketing.given', true] }, { $gt: ['$consents.marketing.at', at] }],
  };
  await ContactModel.collection.updateOne(
    { _id: patient as never },
    [{ $set: { optOut: { $cond: [isConsentedLater, '$optOut', { $literal: { at, how } }] } } }],
    { upsert: true },
  );
}

export async function noteStop(patient: string, reason: StopReason): Promise<void> {
  await ContactModel.updateOne({ _id: patient }, { $set: { stopped: reason } }, { upsert: true });
}

/** @param why id of the reason, for instance that of a complaint */
export async function setMute(patient: string, why: string, on: boolean): Promise<void> {
  await ContactModel.updateOne({ _id: patient }, on ? { $addToSet: { mutes: why } } : { $pull: { mutes: why } }, {
    upsert: on,
  });
}

export async function findContact(patient: string): Promise<Contact | null> {
  return ContactModel.findById(patient).lean<Contact>();
}
