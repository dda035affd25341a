/** A complaint out of a follow-up call: its number, its intake with the patient's data copied, and the message that begins its process. */
import { z } from 'zod';
import { keyFrame, keyOf } from '../../engine/analysis/business-key.ts';
import type { Plan } from '../../engine/model/plan.ts';
import { findPlan } from '../../store/definitions/plans.ts';
import { insertMessage } from '../../store/messaging/messages.ts';
import { findFacility } from '../../store/organisation/facilities.ts';
import { findPatient } from '../../store/patients/patients.ts';
import {
  callbackChannel,
  complaintKey,
  findComplaint,
  saveIntake,
} from '../../store/processes/complaint/complaints.ts';
import { allocateBusinessKey } from '../../store/runtime/business-keys.ts';
import { text } from './fields.ts';
import { badInput, defineJob, type JobContext } from './job.ts';

const keptForMs = 30 * 86_400_000;

export const openComplaint = defineJob({
  type: 'open-complaint',
  description: {
    zh: '为不满意的患者登记投诉，带入患者资料和通话内容。',
    en: 'Registers a complaint of a patient who is not satisfied, with the data of the patient and the call copied.',
  },
  execution: { kind: 'local' },
  input: z.object({
    patient: text().describe('Number of the record.'),
    touch: text().describe('Which touch it was told at.'),
    caller: text().optional().describe('Staff id of who called.'),
    remark: text().optional().describe('What the patient said.'),
  }),
  output: z.object({ caseNumber: z.string() }),
  async work({ patient, touch, caller, remark }, context) {
    const { facility, instance, lineage, now, clock } = context;
    const row = await findPatient(patient, facility);
    if (!row) throw badInput(`open-complaint: there is no patient ${patient} at ${facility}.`);
    const { name = patient, phone } = row.details;
    const person = { name, ...(phone !== undefined && { phone }) };
    const request = `${instance}@${context.startedAt ?? ''}#${context.key}`;
    const caseNumber = await freeCaseNumber(request, context);
    await saveIntake({
      _id: caseNumber,
      facility,
      receivedAt: now,
      intake: {
        channel: callbackChannel,
        patient: { ...person, recordNumber: patient },
        complainant: person,
        peopleInvolved: [],
        text: remark ?? `回访（${touch}）时表示不满意。`,
        demand: '',
        emergency: false,
        seriousEvent: false,
        registeredBy: caller ?? instance,
        registeredAt: now,
      },
      requestHash: request,
    });
    const publishedAt = new Date().toISOString();
    await insertMessage({
      _id: `complaint-reported ${request}`,
      name: 'complaintReported',
      correlationKey: caseNumber,
      variables: { channel: callbackChannel, receivedAt: now, emergency: false, seriousEvent: false },
      digest: request,
      facility,
      reach: [facility],
      sender: { staff: caller ?? instance, ...(lineage && { lineage }) },
      ...(clock && { clock }),
      publishedAt,
      until: new Date(Date.parse(publishedAt) + keptForMs).toISOString(),
    });
    return { caseNumber };
  },
});

/** The next number that no other complaint has; a repeat of the job gets the same. */
async function freeCaseNumber(request: string, { facility, now }: JobContext): Promise<string> {
  const [plan, place] = await Promise.all([findPlan<Plan>(complaintKey), findFacility(facility)]);
  const pattern = plan?.plan.profile?.businessKeyPattern;
  if (!pattern || !place) throw badInput(`open-complaint: nothing gives complaints of ${facility} a number.`);
  const frame = keyFrame(pattern, { facility, at: now, zone: place.zone });
  for (let taken = 0; ; taken += 1) {
    const number = await allocateBusinessKey({
      process: complaintKey,
      prefix: frame.before,
      keyOf: (serial) => keyOf(frame, serial),
      request: taken === 0 ? request : `${request}+${taken}`,
      at: now,
    });
    const before = await findComplaint(number);
    if (!before?.intake || before.requestHash === request) return number;
  }
}
