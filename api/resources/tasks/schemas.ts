/** Tasks: the inbox, one task with its form, and the acts. */

import {
  facilityCode,
  flag,
  givenVariables,
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

export const taskQuery = z.object({
  mine: flag.optional().describe('Assigned to me.'),
  group: z.string().max(50).optional().describe('Tasks of this role in the facilities I see; `*`: of every role.'),
  due: z
    .union([z.enum(['overdue', 'today', 'week']), z.iso.date(), z.iso.datetime({ offset: true })])
    .optional()
    .describe('`overdue`, `today`, `week`, or due until this day or instant.'),
  process: z.string().max(100).optional(),
  facility: facilityCode.optional(),
  status: z.enum(['open', 'completed', 'cancelled']).default('open'),
  q: searchText.describe(
    'Beginning of a business key, a part of the name of the task, or the beginning of a text or staff id in a searchable column.',
  ),
  columns: columnParameters,
  sort: sortParameter(['createdAt', 'dueAt', 'priority']),
  ...paging,
});

const taskSchema = z
  .object({
    id: z.string(),
    name: z.string(),
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
    createdAt: z.string(),
    dueAt: z.string().optional(),
    followUpAt: z.string().optional(),
    formId: z.string().optional(),
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
    englishName: z.string().optional(),
    form: formSchema
      .nullable()
      .describe('Every component, as it is now, and the schema for pages that show it with form-js.'),
    variables: variablesSchema
      .nullable()
      .describe('What the form shows and reads; null when the process could not be asked now.'),
    summary: summarySchema.describe('What the process declares of the instance: its title and columns.'),
    acts: z.array(z.enum(['claim', 'unclaim', 'assign', 'complete', 'return'])).describe('What you may do with it.'),
  })
  .openapi('OneTask');

export const assignBody = z
  .strictObject({ assignee: z.string().trim().min(1).max(100) })
  .openapi('Assign', { example: { assignee: 'handler-bj' } });
export const completeBody = z
  .strictObject({ variables: givenVariables.default({}) })
  .openapi('Complete', { example: { variables: { contactResult: 'reached' } } });
export const returnBody = z
  .strictObject({ reason: z.string().trim().min(1).max(2000) })
  .openapi('Return', { example: { reason: '不属于本院区' } });

export const actedSchema = z
  .object({ task: taskSchema, happened: wordsSchema.describe('What the act led to, in words.') })
  .openapi('Acted');
