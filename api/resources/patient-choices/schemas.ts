/** Patients for a form's patient field. */
import { facilityCode } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';

export const patientChoiceQuery = z.object({
  facility: facilityCode,
  q: z
    .string()
    .trim()
    .min(2)
    .max(50)
    .describe('Prefix of a record number, part of a name or of its pinyin initials, or last digits of the phone.'),
});

export const patientChoices = z
  .object({
    items: z.array(
      z.object({
        id: z.string().describe('Record number.'),
        name: z.string().optional(),
        phone: z.string().optional().describe('Masked.'),
        bornOn: z.string().optional(),
      }),
    ),
  })
  .openapi('PatientChoices');
