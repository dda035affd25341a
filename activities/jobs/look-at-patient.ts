/** Whether a patient may be contacted about their treatment at this moment, and whose case a complaint of theirs is. */
import { z } from 'zod';
import { whyNoService } from '../../store/patients/contact.ts';
import { openComplaintOf } from '../../store/processes/complaint/complaints.ts';
import { text } from './fields.ts';
import { defineJob } from './job.ts';

export const lookAtPatient = defineJob({
  type: 'look-at-patient',
  description:
    'Tells whether a patient may be contacted about their treatment now, and who has an open complaint of theirs.',
  execution: { kind: 'local' },
  input: z.object({ patient: text().describe('Number of the record.') }),
  output: z.object({
    mayContact: z.boolean(),
    whyNot: z.string().describe('`unknown`, `died`, `transferred`, `consent-withdrawn`; empty: they may.'),
    complaintOpen: z.boolean().describe('A complaint of the patient is being worked on.'),
    owner: z.string().describe('Staff id of who has it; empty: nobody yet.'),
  }),
  async work({ patient }, { facility }) {
    const [whyNot, complaint] = await Promise.all([
      whyNoService(patient, facility),
      openComplaintOf(patient, facility),
    ]);
    return {
      mayContact: whyNot === undefined,
      whyNot: whyNot ?? '',
      complaintOpen: complaint !== null,
      owner: complaint?.assignee ?? '',
    };
  },
});
