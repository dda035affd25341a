/** Whether a patient may be contacted about their treatment at this moment, and whose case a complaint of theirs is. */
import { z } from 'zod';
import { whyNoService } from '../../store/patients/contact.ts';
import { visitedSince } from '../../store/patients/visited-since.ts';
import { openComplaintOf } from '../../store/processes/complaint/complaints.ts';
import { text } from './fields.ts';
import { defineJob } from './job.ts';

export const lookAtPatient = defineJob({
  type: 'look-at-patient',
  description: {
    zh: '查询此时是否可以就诊疗联系患者，以及谁在处理其未结的投诉。',
    en: 'Tells whether a patient may be contacted about their treatment now, and who has an open complaint of theirs.',
  },
  execution: { kind: 'local' },
  input: z.object({
    patient: text().describe('Number of the record.'),
    noVisitSince: text()
      .optional()
      .describe('A day (`2027-03-01`): only while the patient has not come since, in another episode either.'),
  }),
  output: z.object({
    mayContact: z.boolean(),
    whyNot: z.string().describe('`unknown`, `died`, `transferred`, `consent-withdrawn`, `visited`; empty: they may.'),
    complaintOpen: z.boolean().describe('A complaint of the patient is being worked on.'),
    owner: z.string().describe('Staff id of who has it; empty: nobody yet.'),
  }),
  async work({ patient, noVisitSince }, { facility, businessKey }) {
    const [refused, complaint, visited] = await Promise.all([
      whyNoService(patient, facility),
      openComplaintOf(patient, facility),
      noVisitSince !== undefined && visitedSince({ patient, facility, day: noVisitSince, chain: businessKey }),
    ]);
    const whyNot = refused ?? (visited ? 'visited' : '');
    return {
      mayContact: whyNot === '',
      whyNot,
      complaintOpen: complaint !== null,
      owner: complaint?.assignee ?? '',
    };
  },
});
