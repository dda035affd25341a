/** Tasks: the inbox, one task with its form, and the acts. */

import {
  facilityCode,
  flag,
  givenVariables,
  json,
  pageSchema,
  paging,
  searchText,
  variablesSchema,
  wordsSchema,
} from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';
import { columnParameters, columnsShown, sortParameter } from '../columns/schemas.ts';
import { summarySchema } from '../columns/summary.ts';
import { formSchema } from '../forms/schemas.ts';

export const taskParams = z.object({ id: z.string().min(3).max(300).openapi({ example: 'complaint.BJ2026110001.7' }) });

const taskSorts = [
  'urgency',
  'dueAt',
  'createdAt',
  'closedAt',
  'priority',
  'title',
  'name',
  'facility',
  'stage',
  'assignee',
] as const;

/** Task filter, for lists and for acts on all matching tasks. */
const taskFilters = z.object({
  mine: flag.optional().describe('Assigned to me.'),
  doneByMe: flag.optional().describe('Completed by me; for closed tasks.'),
  group: z.string().max(50).optional().describe('Tasks of this role in the facilities I see; `*`: of every role.'),
  due: z
    .union([z.enum(['overdue', 'today', 'week']), z.iso.date(), z.iso.datetime({ offset: true })])
    .optional()
    .describe(
      '`overdue`; `today`: from now until midnight at the facility; `week`: seven days from now; or due until this day or instant.',
    ),
  process: z.string().max(100).optional(),
  facility: facilityCode.optional(),
  stage: z.string().max(100).optional().describe('Id of a stage of the process.'),
  assignee: z
    .string()
    .max(100)
    .optional()
    .describe(
      'A staff id, `me`, `none` (unassigned), `represented` (people I substitute), or `available`: mine, theirs, and those ' +
        'that nobody has.',
    ),
  urgent: flag.optional().describe('Emergencies only, or only others.'),
  status: z.enum(['open', 'completed', 'cancelled']).default('open'),
  q: searchText.describe(
    'All words must match: prefixes of the business key, of words and parts of the title, of the name of the task and of searchable ' +
      'texts, in Chinese or by the initials in pinyin; names of colleagues.',
  ),
  columns: columnParameters,
});
export type TaskFilters = z.infer<typeof taskFilters>;

export const taskQuery = taskFilters.extend({ sort: sortParameter(taskSorts), ...paging });

const remainingSchema = z
  .object({
    kind: z
      .enum(['working', 'elapsed'])
      .describe('In working time of the facility, if the due date counts working days, or in wall-clock time.'),
    ms: z.number().describe('Milliseconds; negative when overdue.'),
    share: z.number().min(0).max(1).describe('Elapsed share of the time from creation to due date.'),
    band: z.enum(['early', 'half', 'close', 'late']).describe('Below 50 %, from 50 %, from 75 %, past the due date.'),
    words: wordsSchema,
  })
  .openapi('Remaining');
export type Remaining = z.infer<typeof remainingSchema>;

const taskSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    englishName: z.string().optional(),
    title: z.string(),
    instance: z.string(),
    process: z.string(),
    businessKey: z.string(),
    element: z.string(),
    facility: z.string(),
    stage: z.string().optional(),
    status: z.enum(['open', 'completed', 'cancelled']),
    assignee: z.string().nullable(),
    candidateGroups: z.array(z.string()),
    candidateUsers: z.array(z.string()),
    priority: z.number(),
    urgent: z.boolean().describe('An emergency: in the usual order it comes first.'),
    createdAt: z.string(),
    dueAt: z.string().optional(),
    dueKind: z
      .enum(['working-days', 'duration', 'date', 'cycle'])
      .optional()
      .describe('How the due date was computed.'),
    remaining: remainingSchema.optional().describe('Of an open task with a due date, at present.'),
    followUpAt: z.string().optional(),
    formId: z.string().optional(),
    bulkCompletion: z.literal(true).optional().describe('Its diagram allows bulk completion with the same input.'),
    closedAt: z.string().optional(),
    closedBy: z.string().optional(),
    columns: columnsShown,
    updatedAt: z.string(),
  })
  .openapi('Task');
export type TaskView = z.infer<typeof taskSchema>;

export const taskPage = pageSchema(taskSchema).openapi('TaskPage');

export const oneTaskSchema = taskSchema
  .extend({
    form: formSchema
      .nullable()
      .describe('All components in their current state, and the schema for rendering with form-js.'),
    variables: variablesSchema
      .nullable()
      .describe('Variables the form shows and reads; null when the process could not be queried.'),
    summary: summarySchema.describe('Declared title and columns of the instance.'),
    mayTakeOver: z
      .boolean()
      .describe('You may assign it to yourself although it is assigned to, or named for, somebody else.'),
    acts: z.array(z.enum(['claim', 'unclaim', 'assign', 'complete', 'return'])).describe('What you may do with it.'),
  })
  .openapi('OneTask');

const countSchema = z.number().describe('Up to 1,000.');
export const taskCounts = z
  .object({
    todo: countSchema.describe('Open, mine or unassigned.'),
    urgent: countSchema,
    overdue: countSchema,
    today: countSchema,
    week: countSchema,
    done: countSchema.describe('Completed by me.'),
    started: countSchema.describe('Running instances that I have started.'),
  })
  .openapi('TaskCounts');

export const choicesSchema = z
  .object({
    items: z.array(
      z.object({
        field: z.string(),
        value: json,
        label: wordsSchema,
        ends: z.boolean().describe('The instance would end.'),
        next: z.array(
          z.object({
            element: z.string(),
            kind: z.string(),
            what: wordsSchema.describe('What it would wait for next, and for whom, in words.'),
          }),
        ),
      }),
    ),
  })
  .openapi('Choices');

const assigneeGiven = z.string().trim().min(1).max(100);
export const assignBody = z
  .strictObject({ assignee: assigneeGiven })
  .openapi('Assign', { example: { assignee: 'handler-bj' } });
export const completeBody = z
  .strictObject({ variables: givenVariables.default({}) })
  .openapi('Complete', { example: { variables: { contactResult: 'reached' } } });
export const returnBody = z
  .strictObject({ reason: z.string().trim().min(1).max(2000) })
  .openapi('Return', { example: { reason: '不属于本院区' } });

export const actedSchema = z
  .object({ task: taskSchema, happened: wordsSchema.describe('Result of the act, in words.') })
  .openapi('Acted');

/** More than one page, but within the deadline of a request. */
const mostTasks = 50;

const tasksGiven = z.array(z.string().min(3).max(300)).min(1).max(mostTasks).describe('Ids of tasks.');
export const bulkBody = z
  .strictObject({
    act: z.enum(['claim', 'unclaim', 'assign', 'complete']),
    tasks: tasksGiven,
    assignee: assigneeGiven.optional().describe('The assignee; for the act "assign" only.'),
    variables: givenVariables
      .optional()
      .describe('Input for each of them; for the act "complete" only, where the diagram allows it.'),
  })
  .refine(({ act, assignee }) => (act === 'assign') === (assignee !== undefined), {
    path: ['assignee'],
    message: 'Name an assignee if, and only if, the act is "assign".',
  })
  .refine(({ act, variables }) => act === 'complete' || variables === undefined, {
    path: ['variables'],
    message: 'Give variables only where the act is "complete".',
  })
  .openapi('ActOnTasks', { example: { act: 'claim', tasks: ['complaint.BJ2026110001.7'] } });

export type BulkBody = z.infer<typeof bulkBody>;

export const bulkReport = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        done: z.boolean(),
        problem: z
          .object({ code: z.string(), detail: z.string(), words: wordsSchema })
          .optional()
          .describe('Why it was refused.'),
      }),
    ),
  })
  .openapi('ActsReport');
