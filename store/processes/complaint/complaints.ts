/** Complaints: what the process tells of them (read model) and, under `intake`, their texts and people (master data). */
import mongoose, { type QueryFilter } from 'mongoose';
import { anyJson, escapeRegExp, rowSchema } from '../../db/schema.ts';
import { setMute } from '../../patients/contacts.ts';
import type { ComplaintRow } from './complaint-row.ts';

/** How a complaint came that was told on a follow-up call. */
export const callbackChannel = 'callback';

/** The signal to all processes of a patient: a complaint of theirs is worked on, by whom, or none is any more. */
export const patientComplaint = (patient: string): string => `patient.${patient}.complaint`;

/** Key of the definition. */
export const complaintKey = 'complaint';

export interface PersonInvolved {
  name: string;
  /** For instance surgeon, front desk, nurse. */
  role?: string;
  staffId?: string;
}

/** What was told at the desk (docs/domain.md#complaint-lifecycle, step 1). Personal data: lives here and nowhere else. */
export interface ComplaintIntake {
  channel: string;
  complainant: { name: string; phone?: string; relation?: string };
  patient: { name: string; phone?: string; recordNumber?: string };
  peopleInvolved: PersonInvolved[];
  text: string;
  demand: string;
  demandCents?: number;
  emergency: boolean;
  seriousEvent: boolean;
  registeredBy: string;
  registeredAt: string;
}

export type ComplaintDocument = ComplaintRow & {
  intake: ComplaintIntake;
  /** Digest of the request that registered it, to tell a repeat from a key used twice. */
  requestHash: string;
  /** What the processes of the patient know of it. */
  told?: { status: ComplaintRow['status']; assignee: string | null };
};

const schema = rowSchema<ComplaintDocument>({
  seq: Number,
  instance: String,
  facility: String,
  stage: String,
  stageSince: String,
  status: String,
  classification: String,
  quality: Boolean,
  receivedAt: String,
  acceptedAt: String,
  firstContactAt: String,
  closedAt: String,
  planAmountCents: Number,
  refundStatus: String,
  outcome: String,
  assignee: String,
  dueAt: String,
  overdue: Boolean,
  incident: Boolean,
  updatedAt: String,
  intake: anyJson,
  requestHash: String,
  told: anyJson,
});
schema.index({ facility: 1, receivedAt: -1, _id: -1 });
schema.index({ facility: 1, status: 1, receivedAt: -1, _id: -1 });
schema.index({ facility: 1, stage: 1, receivedAt: -1, _id: -1 });
schema.index({ facility: 1, overdue: 1, receivedAt: -1, _id: -1 });
schema.index({ receivedAt: -1, _id: -1 });
schema.index({ instance: 1 });
schema.index({ 'intake.patient.recordNumber': 1, facility: 1, status: 1 });

export const ComplaintModel = mongoose.model<ComplaintDocument>('complaints', schema, 'complaints');

/**
 * Writes what was told, once per case number; a repeat changes nothing, and neither does what the process has told since.
 * @returns the complaint as it stands
 */
export async function saveIntake(
  complaint: Pick<ComplaintDocument, '_id' | 'facility' | 'receivedAt' | 'intake' | 'requestHash'>,
): Promise<ComplaintDocument> {
  const { _id, facility, receivedAt, intake, requestHash } = complaint;
  const fresh = {
    seq: -1,
    facility,
    stage: 'registered',
    status: 'active' as const,
    receivedAt,
    overdue: false,
    incident: false,
    updatedAt: intake.registeredAt,
  };
  await ComplaintModel.updateOne({ _id }, { $setOnInsert: { ...fresh, intake, requestHash } }, { upsert: true });
  // Where the process was quicker, its row is there already, without an intake.
  await ComplaintModel.updateOne({ _id, facility, intake: { $exists: false } }, { $set: { intake, requestHash } });
  const saved = (await findComplaint(_id)) as ComplaintDocument;
  await muteMarketing(saved);
  return saved;
}

/** While a complaint is worked on its patient gets no marketing. */
export async function muteMarketing({ _id, intake, status }: ComplaintDocument): Promise<void> {
  const patient = intake?.patient.recordNumber;
  if (patient !== undefined) await setMute(patient, `complaint/${_id}`, status === 'active');
}

export async function findComplaint(caseNumber: string): Promise<ComplaintDocument | null> {
  return ComplaintModel.findById(caseNumber).lean<ComplaintDocument>();
}

/** The one of a patient that is being worked on, the newest first. */
export async function openComplaintOf(recordNumber: string, facility: string): Promise<ComplaintDocument | null> {
  return ComplaintModel.findOne({ 'intake.patient.recordNumber': recordNumber, facility, status: 'active' } as never)
    .sort({ receivedAt: -1 })
    .lean<ComplaintDocument>();
}

export interface ComplaintSearch {
  facilities?: string[];
  stage?: string;
  status?: ComplaintRow['status'];
  overdue?: boolean;
  /** The beginning of a case number; otherwise a part of the texts and names. */
  q?: string;
  /** Number of the record of the patient it is about. */
  patient?: string;
  after?: { receivedAt: string; id: string };
  limit: number;
}

/** Newest first, without the intake's texts beyond what a list shows. */
export async function listComplaints(search: ComplaintSearch): Promise<ComplaintDocument[]> {
  const and: QueryFilter<ComplaintDocument>[] = [];
  if (search.q) and.push(textFilter(search.q));
  if (search.after)
    and.push({
      receivedAt: { $lte: search.after.receivedAt },
      $nor: [{ receivedAt: search.after.receivedAt, _id: { $gte: search.after.id } }],
    });
  const filter: QueryFilter<ComplaintDocument> = {
    ...(search.facilities && { facility: { $in: search.facilities } }),
    ...(search.status && { status: search.status }),
    ...(search.stage && { stage: search.stage }),
    ...(search.overdue !== undefined && { overdue: search.overdue }),
    ...(search.patient !== undefined && ({ 'intake.patient.recordNumber': search.patient } as object)),
    ...(and.length > 0 && { $and: and }),
  };
  return ComplaintModel.find(filter).sort({ receivedAt: -1, _id: -1 }).limit(search.limit).lean<ComplaintDocument[]>();
}

/** A case number begins with two letters and digits; that goes by the id's index, a text within the facilities asked for. */
function textFilter(q: string): QueryFilter<ComplaintDocument> {
  const typed = q.trim();
  if (/^[A-Za-z]{2}\d*$/.test(typed)) return { _id: { $regex: `^${escapeRegExp(typed.toUpperCase())}` } };
  const pattern = { $regex: escapeRegExp(typed), $options: 'i' };
  return {
    $or: [
      { 'intake.text': pattern },
      { 'intake.demand': pattern },
      { 'intake.complainant.name': pattern },
      { 'intake.patient.name': pattern },
    ],
  } as QueryFilter<ComplaintDocument>;
}
