/** Complaints: the projection of the process (read model) and, under `intake`, texts and people (master data). */
import mongoose, { type QueryFilter } from 'mongoose';
import { anyJson, escapeRegExp, rowSchema } from '../../db/schema.ts';
import { setMute } from '../../patients/contacts.ts';
import { type RowAccess, readableRows } from '../../runtime/readable-rows.ts';
import type { ComplaintRow } from './complaint-row.ts';

/** Channel of a complaint made during a follow-up call. */
export const callbackChannel = 'callback';

/** The signal to all processes of a patient: a complaint of theirs is open, and its owner, or none is open any more. */
export const patientComplaint = (patient: string): string => `patient.${patient}.complaint`;

/** Key of the definition. */
export const complaintKey = 'complaint';

export interface PersonInvolved {
  name: string;
  /** For instance surgeon, front desk, nurse. */
  role?: string;
  staffId?: string;
}

/** The intake (docs/domain.md#complaint-lifecycle, step 1). Personal data: stored here and nowhere else. */
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
  /** Digest of the registration request, to distinguish a repeat from a reused key. */
  requestHash: string;
  /** The state last announced to the processes of the patient. */
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
 * Writes the intake, once per case number; repeats change nothing, nor does the projection written since.
 * @returns the stored complaint
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
  // If the process was faster, its row exists already, without an intake.
  await ComplaintModel.updateOne({ _id, facility, intake: { $exists: false } }, { $set: { intake, requestHash } });
  const saved = (await findComplaint(_id)) as ComplaintDocument;
  await muteMarketing(saved);
  return saved;
}

/** An open complaint mutes marketing to its patient. */
export async function muteMarketing({ _id, intake, status }: ComplaintDocument): Promise<void> {
  const patient = intake?.patient.recordNumber;
  if (patient !== undefined) await setMute(patient, `complaint/${_id}`, status === 'active');
}

export async function findComplaint(caseNumber: string): Promise<ComplaintDocument | null> {
  return ComplaintModel.findById(caseNumber).lean<ComplaintDocument>();
}

/** The open complaint of a patient, newest first. */
export async function openComplaintOf(recordNumber: string, facility: string): Promise<ComplaintDocument | null> {
  return ComplaintModel.findOne({ 'intake.patient.recordNumber': recordNumber, facility, status: 'active' } as never)
    .sort({ receivedAt: -1 })
    .lean<ComplaintDocument>();
}

export interface ComplaintSearch {
  facilities?: string[];
  /** Only what may be read. */
  access: RowAccess;
  stage?: string;
  status?: ComplaintRow['status'];
  overdue?: boolean;
  /** Prefix of a case number; otherwise part of a text or name. */
  q?: string;
  /** Record number of the patient it is about. */
  patient?: string;
  after?: { receivedAt: string; id: string };
  limit: number;
}

/** Long texts and people of the intake: no list shows them. */
const notListed = ['text', 'demand', 'complainant', 'patient', 'peopleInvolved'].map((field) => `intake.${field}`);

/** Newest first; of the intake only what a list shows. */
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
  return ComplaintModel.aggregate<ComplaintDocument>([
    { $match: filter },
    { $sort: { receivedAt: -1, _id: -1 } },
    ...readableRows(search.access, search.facilities),
    { $limit: search.limit },
    { $unset: notListed },
  ]);
}

/** A case number begins with two letters and digits and is found by id; texts are searched within the given facilities. */
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
