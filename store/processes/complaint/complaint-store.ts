/**
 * Storage of complaints: the projection shares a document with the intake. Other processes of the patient are told
 * who speaks with the patient while a complaint is open, and when none is open any more.
 */
import { insertSignal } from '../../messaging/signals.ts';
import { type Collection, updateNewer } from '../../runtime/row-writing.ts';
import type { ProcessRow } from '../../runtime/rows.ts';
import type { ProcessStore } from '../process-store.ts';
import { CaseStatisticsModel } from './case-statistics.ts';
import type { ComplaintRow } from './complaint-row.ts';
import { ComplaintModel, findComplaint, muteMarketing, openComplaintOf, patientComplaint } from './complaints.ts';

const optionalFields = [
  'stageSince',
  'classification',
  'quality',
  'acceptedAt',
  'firstContactAt',
  'closedAt',
  'planAmountCents',
  'refundStatus',
  'outcome',
  'assignee',
  'dueAt',
] as const satisfies (keyof ComplaintRow)[];

export const complaintStore: ProcessStore = {
  process: 'complaint',
  models: [ComplaintModel, CaseStatisticsModel],
  async write(row: ProcessRow) {
    const complaint = row as ComplaintRow;
    const isOurs = await updateNewer(ComplaintModel.collection as unknown as Collection, complaint, optionalFields);
    if (isOurs) await tellPatient(complaint._id);
    return isOurs;
  },
  async addressee(caseNumber) {
    const intake = (await findComplaint(caseNumber))?.intake;
    const patient = intake?.patient.recordNumber;
    const phone = intake?.complainant.phone ?? intake?.patient.phone;
    return intake && { ...(patient !== undefined && { patient }), ...(phone !== undefined && { phone }) };
  },
  async endedOutside(caseNumber, endedAt) {
    await ComplaintModel.updateOne(
      { _id: caseNumber },
      {
        $set: { status: 'terminated', overdue: false, updatedAt: endedAt },
        $max: { seq: Date.parse(endedAt) + 1 },
        $unset: { dueAt: '' },
      },
    );
    await tellPatient(caseNumber);
  },
};

/**
 * Announces the patient's current case with each change; several complaints of one patient may be open. What was
 * announced is recorded last: after a failure the next row announces it again, under the same id.
 */
async function tellPatient(caseNumber: string): Promise<void> {
  const complaint = await findComplaint(caseNumber);
  const recordNumber = complaint?.intake?.patient.recordNumber;
  if (!complaint || recordNumber === undefined) return;
  const { seq, status, assignee = null, facility, instance, told } = complaint;
  if (told?.status === status && told.assignee === assignee) return;
  await muteMarketing(complaint);
  const open = await openComplaintOf(recordNumber, facility);
  await insertSignal(
    {
      _id: `patient-complaint ${caseNumber} ${seq}`,
      name: patientComplaint(recordNumber),
      variables: { open: open !== null, owner: open?.assignee ?? null },
      facility,
      reach: [facility],
      sender: { instance },
      at: new Date().toISOString(),
    },
    0,
  );
  await ComplaintModel.updateOne({ _id: caseNumber }, { $set: { told: { status, assignee } } });
}
