/** Working calendars, holiday notices and explanations of due dates. */

import { facilityCode, wordsSchema } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';

export const whyQuery = z.object({
  from: z
    .union([z.iso.date(), z.iso.datetime({ offset: true })])
    .describe('A day (YYYY-MM-DD) or an instant with its zone.')
    .openapi({ example: '2026-09-30' }),
  workingDays: z.coerce.number().int().min(-1000).max(1000).openapi({ example: 3 }),
  facility: facilityCode,
});

/** Explanation of a due date; durations have no list of days. */
export const whyThisDate = z
  .object({
    kind: z.enum(['working-days', 'duration']),
    from: z.string(),
    days: z.number().int().optional().describe('Of working days.'),
    duration: z.string().optional().describe('Of a duration, in ISO 8601.'),
    due: z.string(),
    dueDate: z.string().describe('The day in the zone.'),
    provisional: z.boolean().describe('A notice not published yet may move it.'),
    zone: z.string(),
    sentences: wordsSchema,
    steps: z.array(
      z
        .object({
          date: z.string(),
          weekday: z.number().int().describe('1: Monday … 7: Sunday.'),
          counted: z.boolean(),
          n: z.number().int().optional().describe('Which one it is, when counted.'),
          working: z.boolean(),
          reason: z.string(),
          provisional: z.boolean(),
          notice: z.string().optional(),
          awaits: z.number().int().optional().describe('The year whose notice is missing.'),
        })
        .openapi('DayCounted'),
    ),
  })
  .openapi('WhyThisDate');

export const whySchema = whyThisDate
  .extend({ calendar: z.object({ id: z.string(), version: z.number() }) })
  .openapi('DueDateByCalendar');

export const calendarParams = z.object({ id: z.string().min(1).max(100).openapi({ example: 'china' }) });

const days = z.record(z.iso.date(), z.string().trim().min(1).max(100));
export const noticeBody = z
  .strictObject({
    year: z.number().int().min(1949).max(9998),
    title: z.string().trim().min(1).max(200),
    off: days.describe('Days off: date → holiday. Weekends within a holiday may be listed.'),
    worked: days.default({}).describe('Saturdays and Sundays worked in lieu: date → reason.'),
    dryRun: z.boolean().default(false),
  })
  .openapi('Notice', {
    example: {
      year: 2027,
      title: '国务院办公厅关于2027年部分节假日安排的通知',
      off: { '2027-01-01': '元旦' },
      worked: {},
      dryRun: true,
    },
  });
export type NoticeBody = z.infer<typeof noticeBody>;

const weekday = z.number().int().describe('1: Monday … 7: Sunday.');
const dayStatus = z.object({ working: z.boolean(), reason: z.string() }).openapi('DayStatus');

export const noticeAnswer = z
  .object({
    calendar: z.object({ id: z.string(), version: z.number() }),
    changes: z
      .array(z.object({ date: z.string(), weekday, before: dayStatus, after: dayStatus }))
      .describe('Days whose status or name changes.'),
    running: z.number().int().describe('Running instances on an older version, which will receive this one.'),
    due: z
      .array(z.object({ process: z.string(), count: z.number().int() }))
      .describe('Of these, the ones with a due date on or after the first changed day, which may move.'),
    warnings: z.array(z.object({ code: z.string(), date: z.string().optional(), message: wordsSchema })),
  })
  .openapi('NoticeTaken');

export const calendarList = z
  .object({
    items: z.array(
      z
        .object({
          id: z.string(),
          version: z.number().int(),
          zone: z.string(),
          facilities: z.array(z.string()).describe('Codes of the facilities that use it.'),
          years: z.array(z.object({ year: z.number().int(), notice: z.string() })),
          missing: z
            .array(z.number().int())
            .describe('This year and the next, if their notice is missing: dates in them are provisional.'),
          pending: z.number().int().describe('Running instances still on an older version.'),
        })
        .openapi('WorkingCalendar'),
    ),
  })
  .openapi('WorkingCalendars');

export const yearParams = calendarParams.extend({
  year: z.coerce.number().int().min(1949).max(9998).openapi({ example: 2026 }),
});
export const yearSchema = z
  .object({
    year: z.number().int(),
    notice: z.string().optional().describe('Title of its notice; absent: statutory holidays only.'),
    workingDays: z.number().int(),
    provisional: z.boolean().describe('A notice not published yet may change some of its days.'),
    days: z.array(
      dayStatus
        .extend({
          date: z.string(),
          weekday,
          provisional: z.boolean(),
          notice: z.string().optional(),
          awaits: z.number().int().optional().describe('The year whose notice is missing.'),
        })
        .openapi('CalendarDay'),
    ),
  })
  .openapi('CalendarYear');
