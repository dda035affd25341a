/** Patients in lists and on their page. */
import { facilityCode, pageSchema, paging, searchText } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';
import { patientDetails } from '../hospital-events/schemas.ts';

export const patientParams = z.object({ id: z.string().min(1).max(60).openapi({ example: 'MR-BJ-0001' }) });

export const patientQuery = z.object({
  facility: facilityCode.optional(),
  q: searchText.describe('Prefix of a record number, or part of a name.'),
  ...paging,
});

const patientItem = z
  .object({
    id: z.string().describe('Record number.'),
    facility: z.string(),
    name: z.string().optional(),
    demo: z.boolean().describe('Invented: real gateways refuse to contact them.'),
    stopped: z.object({ reason: z.enum(['died', 'transferred']), on: z.string() }).optional(),
  })
  .openapi('PatientItem');

export const patientPage = pageSchema(patientItem).openapi('PatientPage');

const record = { number: z.string(), episode: z.string().optional() };

export const patientSchema = patientItem
  .extend({
    details: patientDetails
      .extend({ phone: z.string().optional(), email: z.string().optional() })
      .describe('Phone numbers and e-mail addresses are masked.'),
    consents: z
      .array(
        z.object({
          purpose: z.enum(['service', 'marketing', 'portrait']),
          given: z.boolean(),
          wording: z.string(),
          channel: z.string(),
          proof: z.string().optional(),
          at: z.string(),
        }),
      )
      .describe('All entries, oldest first; the last one of a purpose is in force.'),
    episodes: z.array(z.string()),
    visits: z.array(
      z.object({
        ...record,
        kind: z.string(),
        at: z.string(),
        on: z.string().optional().describe('Date in the facility’s zone.'),
        department: z.string(),
        consultedBy: z.string().optional(),
        doctor: z.string().optional(),
      }),
    ),
    purchases: z.array(
      z.object({
        ...record,
        item: z.string().optional(),
        kind: z.string().optional(),
        at: z.string().optional(),
        amountCents: z.number().optional(),
        refundedCents: z.number().optional(),
      }),
    ),
    appointments: z.array(
      z.object({
        ...record,
        what: z.string().optional(),
        plannedOn: z.string().optional(),
        status: z.enum(['booked', 'cancelled', 'no-show']),
      }),
    ),
  })
  .openapi('Patient');
