/** Hospital events in requests and lists. */
import type { Occurrence } from '../../../store/patients/hospital-events.ts';
import { facilityCode, instant, pageSchema, paging, variablesSchema } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';

const number = z.string().trim().min(1).max(60);
const words = z.string().trim().min(1).max(200);
const day = z.iso.date();
const cents = z.number().int().min(0).max(100_000_000_00);
const department = z.string().trim().min(1).max(60).describe('Code of the department, for instance `dermatology`.');
const appointmentKind = z.enum(['visit', 'dressing', 'treatment', 'surgery', 'sutures']);
const treatmentKind = z.enum(['surgical', 'non-surgical']);
const nothing = z.strictObject({});

export const patientDetails = z.strictObject({
  name: words.optional(),
  sex: z.enum(['female', 'male']).optional(),
  bornOn: day.optional(),
  birthCalendar: z.enum(['solar', 'lunar']).optional(),
  leapMonth: z.boolean().optional(),
  phone: z
    .string()
    .trim()
    .regex(/^\+?[\d -]{5,24}$/)
    .optional(),
  address: words.optional(),
  email: z.email().optional(),
  occupation: words.optional(),
});

const consent = z.strictObject({
  purpose: z.enum(['service', 'marketing', 'portrait']),
  given: z.boolean(),
  wording: words.describe('Version of the consent text.'),
  channel: words.describe('How it came: paper, telephone, WeCom.'),
  proof: words.optional().describe('Reference to the proof.'),
});

/** Data of an event, by type. */
const data = {
  visited: z.strictObject({
    visit: number,
    kind: z.enum(['first', 'revisit', 'dressing', 'treatment', 'surgery', 'sutures']),
    department,
    consultedBy: words.optional(),
    doctor: words.optional(),
  }),
  operated: z.strictObject({
    operation: number,
    department,
    inpatient: z.boolean(),
    need: z.enum(['A', 'B', 'C']).optional(),
    suturesDueOn: day.optional(),
    reoperationOf: number.optional(),
  }),
  suturesRemoved: z.strictObject({ removedOn: day.optional() }),
  treated: z.strictObject({ visit: number, department }),
  courseEnded: nothing,
  purchased: z.strictObject({ order: number, item: words, kind: treatmentKind, amountCents: cents }),
  refunded: z.strictObject({ order: number, amountCents: cents }),
  booked: z.strictObject({ appointment: number, what: appointmentKind, plannedOn: day }),
  moved: z.strictObject({ what: appointmentKind, appointment: number.optional(), to: day }),
  cancelled: z.strictObject({ appointment: number }),
  noShow: z.strictObject({ appointment: number }),
  patientChanged: patientDetails,
  consentChanged: consent,
  died: nothing,
  transferred: nothing,
};

const common = {
  source: z.string().trim().min(1).max(60).describe('The reporting system.'),
  id: z.string().trim().min(1).max(120).describe('Id of the event in that system; a repeat changes nothing.'),
  occurredAt: instant,
  sequence: z.number().int().min(0).describe('Order of the events of a patient: the higher one happened later.'),
  facility: facilityCode,
  patient: number.describe('Record number of the patient.'),
  episode: number
    .optional()
    .describe('The treatment episode (疗程): visits, operation, dressing and suture removal that belong together.'),
};

const clock = z.strictObject({
  speed: z.number().min(1).max(10_000_000).describe('Process seconds per real second.'),
  realEpoch: instant.describe('When the clock shows `processEpoch`.'),
  processEpoch: instant.describe('Before `realEpoch`: the clock runs until it has caught up, then it is real time.'),
});

const types = Object.keys(data) as (keyof typeof data)[];

export const eventBody = z
  .strictObject({
    ...common,
    type: z.enum(types),
    data: variablesSchema.describe('Data required by the type: docs/patients.md.'),
    clock: clock
      .optional()
      .describe(
        'Of a drill, where the operators allow it: a chain that the event begins runs by this clock, and a patient it adds is invented (`demo`).',
      ),
  })
  .superRefine((body, context) => {
    for (const issue of data[body.type].safeParse(body.data).error?.issues ?? [])
      context.addIssue({ code: 'custom', path: ['data', ...issue.path], message: issue.message });
  })
  .openapi('HospitalEvent', {
    example: {
      source: 'his',
      id: 'OP-20261104-7',
      type: 'operated',
      occurredAt: '2026-11-04T15:30:00+08:00',
      sequence: 41,
      facility: 'BJ',
      patient: 'MR-BJ-0001',
      episode: 'E-20261101-3',
      data: {
        operation: 'OP-7',
        department: 'plastic-surgery',
        inpatient: true,
        need: 'B',
        suturesDueOn: '2026-11-11',
      },
    },
  });
export type EventBody = z.infer<typeof eventBody>;

/** Input validated by the schema. */
export const occurrenceOf = (body: EventBody): Occurrence =>
  ({ type: body.type, ...data[body.type].parse(body.data) }) as Occurrence;

const state = z.enum(['received', 'parked', 'applied', 'refused']);

export const eventQuery = z.object({
  facility: facilityCode.optional(),
  state: state
    .optional()
    .describe(
      '`parked`: of patients who are not known; `refused`: about a visit, a purchase or an appointment of another patient.',
    ),
  patient: number.optional(),
  ...paging,
});

export const eventSchema = z
  .object({
    id: z.string(),
    source: z.string(),
    type: z.enum(types),
    state,
    occurredAt: z.string(),
    receivedAt: z.string(),
    sequence: z.number(),
    facility: z.string(),
    patient: z.string(),
    episode: z.string().optional(),
  })
  .openapi('HospitalEventState');

export const eventPage = pageSchema(eventSchema).openapi('HospitalEventPage');
