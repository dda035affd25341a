/** Complaints: the intake (docs/domain.md#complaint-lifecycle, step 1), and what lists and the case page show. */

import {
  byWhom,
  clockSchema,
  facilityCode,
  flag,
  incidentSchema,
  instant,
  pageSchema,
  paging,
  searchText,
  statusSchema,
  waitSchema,
} from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';

const name = z.string().trim().min(1).max(100);
const phone = z
  .string()
  .trim()
  .regex(/^\+?[\d -]{5,24}$/, 'Digits, spaces and hyphens, with a leading + if need be.');
const cents = z.number().int().min(0).max(100_000_000_00);

const channels = ['in-person', 'hotline', 'online-chat', 'callback', 'other'] as const;

export const complaintBody = z
  .strictObject({
    facility: facilityCode,
    channel: z.enum(channels),
    receivedAt: instant.optional().describe('When it was received; now by default.'),
    patient: z.strictObject({ name, phone: phone.optional(), recordNumber: z.string().trim().max(50).optional() }),
    complainant: z
      .strictObject({ name, phone: phone.optional(), relation: z.string().trim().max(50).optional() })
      .optional()
      .describe('If the complainant is not the patient.'),
    peopleInvolved: z
      .array(
        z.strictObject({
          name,
          role: z.string().trim().max(50).optional(),
          staffId: z.string().trim().max(100).optional(),
        }),
      )
      .max(20)
      .default([]),
    text: z.string().trim().min(1).max(10_000).describe('What happened.'),
    demand: z.string().trim().max(2_000).default('').describe('What is demanded.'),
    demandCents: cents.optional().describe('Amount demanded, in cents.'),
    files: z
      .array(z.string().min(1).max(100))
      .max(50)
      .default([])
      .describe('Ids of files uploaded for it (`POST /api/files?process=complaint&facility=…`).'),
    emergency: z.boolean().default(false).describe('A scene on the premises.'),
    seriousEvent: z.boolean().default(false).describe('A serious medical event.'),
    timeScale: z
      .number()
      .min(1)
      .max(10_000_000)
      .optional()
      .describe('Process seconds per real second; only where the operators allow it (demos, drills).'),
  })
  .openapi('NewComplaint', {
    example: {
      facility: 'BJ',
      channel: 'hotline',
      patient: { name: '王女士', phone: '13800000000' },
      peopleInvolved: [],
      text: '约好十点复诊，等了两个小时没有人说明原因。',
      demand: '书面道歉',
      emergency: false,
      seriousEvent: false,
    },
  });
export type ComplaintBody = z.infer<typeof complaintBody>;

export const complaintParams = z.object({ caseNumber: z.string().min(1).max(50).openapi({ example: 'BJ2026110001' }) });

export const complaintQuery = z.object({
  facility: facilityCode.optional(),
  stage: z.string().max(50).optional(),
  status: statusSchema.optional(),
  overdue: flag.optional(),
  q: searchText.describe('Beginning of a case number, or part of a text or name.'),
  patient: z.string().max(60).optional().describe('Record number of the patient it is about.'),
  ...paging,
});

export const registeredSchema = z
  .object({
    caseNumber: z.string(),
    facility: z.string(),
    stage: z.string(),
    status: statusSchema,
    receivedAt: z.string(),
    instance: z.string().describe('Workflow id, as the Temporal UI shows it.'),
  })
  .openapi('RegisteredComplaint');

const complaintItem = z
  .object({
    caseNumber: z.string(),
    facility: z.string(),
    channel: z.string().optional(),
    instance: z.string().optional().describe('Workflow id; absent until the process has reported its first step.'),
    stage: z.string(),
    stageSince: z.string().optional(),
    status: statusSchema,
    classification: z.string().optional(),
    quality: z.boolean().optional(),
    receivedAt: z.string(),
    acceptedAt: z.string().optional(),
    firstContactAt: z.string().optional(),
    closedAt: z.string().optional(),
    planAmountCents: z.number().optional(),
    refundStatus: z.string().optional(),
    outcome: z.string().optional(),
    assignee: z.string().optional(),
    dueAt: z.string().optional(),
    overdue: z.boolean(),
    incident: z.boolean(),
    emergency: z.boolean(),
    updatedAt: z.string(),
  })
  .openapi('ComplaintItem');
export type ComplaintItem = z.infer<typeof complaintItem>;

export const complaintPage = pageSchema(complaintItem).openapi('ComplaintPage');

const intakeSchema = z
  .object({
    channel: z.string(),
    complainant: z.object({ name: z.string(), phone: z.string().optional(), relation: z.string().optional() }),
    patient: z.object({ name: z.string(), phone: z.string().optional(), recordNumber: z.string().optional() }),
    peopleInvolved: z.array(
      z.object({ name: z.string(), role: z.string().optional(), staffId: z.string().optional() }),
    ),
    text: z.string(),
    demand: z.string(),
    demandCents: z.number().optional(),
    emergency: z.boolean(),
    seriousEvent: z.boolean(),
    registeredBy: z.string(),
    registeredAt: z.string(),
    phonesMasked: z
      .boolean()
      .describe('Shown in full only to the person who handles the case; each access is recorded.'),
  })
  .openapi('Intake');

const historyLine = z
  .object({
    n: z.number().int(),
    at: z.string(),
    kind: z.string(),
    zh: z.string(),
    en: z.string(),
    element: z.string().optional(),
    by: byWhom.extend({ name: z.string().optional() }).optional(),
  })
  .openapi('HistoryLine');

export const complaintSchema = complaintItem
  .extend({
    instance: z.string(),
    definition: z.object({ key: z.string(), version: z.number(), hash: z.string() }).optional(),
    clocks: z.array(clockSchema),
    waits: z.array(waitSchema),
    incidents: z.array(incidentSchema),
    tasks: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        assignee: z.string().nullable(),
        candidateGroups: z.array(z.string()),
        dueAt: z.string().optional(),
      }),
    ),
    refunds: z.array(z.object({ id: z.string(), status: z.string(), amountCents: z.number(), paidCents: z.number() })),
    history: z.array(historyLine).describe('What happened, in words, oldest first.'),
    intake: intakeSchema.nullable().describe('Null for roles that do not work on complaints.'),
  })
  .openapi('Complaint');
