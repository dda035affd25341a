/** Follow-up chains in lists and on their page. */
import { facilityCode, pageSchema, paging, statusSchema, wordsSchema } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';

export const followUpParams = z.object({ chain: z.string().min(1).max(100).openapi({ example: 'BJ-E-20261101-3' }) });

export const followUpQuery = z.object({
  facility: facilityCode.optional(),
  patient: z.string().max(60).optional(),
  status: statusSchema.optional(),
  ...paging,
});

const touchSchema = z
  .object({
    id: z.string().describe('What it is, and the day it is counted from.'),
    touch: z.string(),
    channel: z.enum(['message', 'call', 'task']),
    dueAt: z.string(),
    state: z
      .string()
      .describe(
        '`planned`, `open`; `sent`, `reached`, `message-instead`, `refused` and other ends; or why not: `moved`, `replaced`, `overdue`, `skipped`, `stopped`, `no-number`.',
      ),
    begunAt: z.string().optional(),
    endedAt: z.string().optional(),
    because: z.string().optional(),
    name: wordsSchema.describe('What it is.'),
    stateName: wordsSchema,
    why: wordsSchema.optional().describe('Why it is planned for this time, or why it did not take place.'),
    from: z
      .object({ anchor: z.string(), on: z.string(), offset: z.string(), at: z.string() })
      .optional()
      .describe('Anchor date, offset, and local time.'),
    late: z.boolean().optional().describe('It became known after its time and was made up for.'),
    questionnaire: z.string().optional(),
    answers: z.record(z.string(), z.string()).optional().describe('Scores and choices by question.'),
    urgentAt: z.string().optional().describe('When a red flag was found.'),
    score: z.number().optional().describe('Of a questionnaire: 20 to 100.'),
    redFlag: z.boolean().optional(),
    caseNumber: z.string().optional().describe('Of the complaint that came out of it.'),
  })
  .openapi('Touch');

const followUpItem = z
  .object({
    chain: z.string(),
    instance: z.string().describe('Workflow id, as the Temporal UI shows it.'),
    facility: z.string(),
    patient: z.string(),
    status: statusSchema,
    nextDueAt: z.string().optional(),
    stopReason: z.string().optional(),
    incident: z.boolean(),
    updatedAt: z.string(),
  })
  .openapi('FollowUpItem');

export const followUpPage = pageSchema(followUpItem).openapi('FollowUpPage');

export const followUpSchema = followUpItem
  .extend({
    touches: z.array(touchSchema),
    phone: z
      .string()
      .optional()
      .describe('Unmasked for the holder of an open task of the chain; each access is recorded.'),
    name: z.string().optional(),
  })
  .openapi('FollowUp');

export const callQuery = z.object({
  facility: facilityCode.optional(),
  due: z.enum(['overdue', 'today']).optional().describe('`today`: until midnight at the facility.'),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});

export const callsSchema = z
  .object({
    items: z.array(
      z.object({
        task: z.string().describe('Id of the task.'),
        name: wordsSchema.describe('What is to be done.'),
        instance: z.string(),
        chain: z.string(),
        facility: z.string(),
        patient: z.string(),
        patientName: z.string().optional(),
        demo: z.boolean(),
        touches: z.array(touchSchema).describe('Those of the chain that are under way.'),
        urgent: z.boolean(),
        isMine: z.boolean().describe('Taken by me.'),
        createdAt: z.string(),
        dueAt: z.string().optional(),
      }),
    ),
    total: z.number().describe('Up to 1,000.'),
  })
  .openapi('FollowUpCalls');

export const reportQuery = z.object({
  facility: facilityCode.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

const whole = z.number().int();
export const reportsSchema = z
  .object({
    items: z.array(
      z.object({
        report: z.string().describe('Facility and local end date.'),
        facility: z.string(),
        from: z.string(),
        until: z.string(),
        figures: z.object({
          calls: whole.describe('Calls that ended in the week.'),
          sameDay: whole,
          reached: whole,
          messagesInstead: whole,
          answered: whole,
          meanScore: z.number().optional().describe('20 to 100.'),
          meanScoreBefore: z.number().optional().describe('Over the preceding four weeks.'),
          redFlags: whole,
          redFlagsInTime: whole.describe('Dealt with within two hours.'),
          complaints: whole,
          remarksOpen: whole,
          remarksSolved: whole,
          questions: z.array(
            z.object({
              questionnaire: z.string(),
              question: z.string(),
              questionnaireName: wordsSchema,
              questionName: wordsSchema,
              count: whole.describe('How many answered; below 10 it is not meaningful.'),
              mean: z.number(),
              satisfied: whole.describe('Share of scores 4 and 5, in percent.'),
            }),
          ),
        }),
      }),
    ),
  })
  .openapi('WeekReports');
