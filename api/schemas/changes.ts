/** Changing running instances: migration to another version, modification, and batches of migrations. */
import { z } from '../zod.ts';
import { facilityCode, pageSchema, paging, statusSchema, variablesSchema, wordsSchema } from './common.ts';
import { instanceSchema } from './instances.ts';

const elementId = z.string().min(1).max(300);
const waitKey = z.string().min(1).max(50);
const version = z.number().int().min(1);
const dryRun = z.boolean().default(false).describe('Only say what would happen; nothing is changed.');

const options = {
  mapping: z
    .record(elementId, elementId.nullable())
    .optional()
    .describe('Old element id to new one; null ends what waits there. Elements with the same id need no entry.'),
  timers: z
    .enum(['keep', 'reevaluate'])
    .optional()
    .describe('keep (usual): due dates stay. reevaluate: by the new drawing, counted from when the wait began.'),
  messages: z.enum(['keep', 'reevaluate']).optional().describe('Names and correlation keys of what is waited for.'),
};

export const migrateBody = z.strictObject({ version, ...options, dryRun }).openapi('Migrate');

const outcomes = z.enum(['stays', 'moves', 'dropped', 'created', 'needs-decision']);
export const migrationLine = z
  .looseObject({
    key: z.string().optional(),
    element: z.string(),
    elementName: z.string(),
    kind: z.string(),
    outcome: outcomes,
    to: z.string().optional(),
    dueAt: z.string().optional(),
    code: z.string().optional().describe('Why it needs a decision or is dropped.'),
    words: wordsSchema,
  })
  .openapi('MigrationLine');

const refusalSchema = z.object({ code: z.string(), message: wordsSchema, hint: wordsSchema }).openapi('Refusal');

/** `possible` false: it needs decisions, and nothing would be changed. */
const common = {
  possible: z.boolean(),
  refusal: refusalSchema.optional(),
  instance: instanceSchema.optional().describe('As it is now; absent after a dry run.'),
  happened: wordsSchema.optional(),
};
export const migratedSchema = z.object({ ...common, report: z.array(migrationLine) }).openapi('Migrated');

const start = {
  flow: elementId.optional().describe('Before a join: the flow the token comes by.'),
  scope: waitKey.optional().describe('Wait key of the scope, where several could be meant.'),
  createScopes: z.boolean().optional().describe('Create the subprocesses it lies in, when they do not run.'),
  variables: variablesSchema.optional(),
};
const where = z.enum(['before', 'after']);
export const instructionSchema = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('start'), element: elementId, where, ...start }),
    z.strictObject({ type: z.literal('move'), key: waitKey, to: elementId, where: where.optional(), ...start }),
    z.strictObject({ type: z.literal('cancel'), key: waitKey }),
  ])
  .openapi('Instruction');
export const modifyBody = z
  .strictObject({ instructions: z.array(instructionSchema).min(1).max(100), dryRun })
  .openapi('Modify');

export const modificationLine = z
  .looseObject({
    outcome: z.enum(['cancelled', 'created']),
    key: z.string(),
    element: z.string(),
    elementName: z.string(),
    kind: z.string(),
    incident: z.string().optional(),
    words: wordsSchema,
  })
  .openapi('ModificationLine');
export const modifiedSchema = z
  .object({ ...common, status: statusSchema.optional(), report: z.array(modificationLine) })
  .openapi('Modified');

export const batchBody = z
  .strictObject({
    process: z.string().min(1).max(100),
    fromVersion: version,
    toVersion: version,
    ...options,
    filter: z
      .strictObject({
        facility: facilityCode.optional(),
        stage: z.string().min(1).max(100).optional(),
        ids: z.array(z.string().min(3).max(300)).min(1).max(1000).optional().describe('Instance ids.'),
      })
      .default({}),
    dryRun,
  })
  .openapi('MigrationBatchRequest');

const count = z.number().int();
export const batchParams = z.object({
  id: z.string().regex(/^[0-9a-f]{64}$/, 'An id as POST /api/migrations gave it.'),
});
export const batchQuery = z.object(paging);
export const batchSchema = z
  .object({
    id: z.string(),
    process: z.string(),
    fromVersion: count,
    toVersion: count,
    dryRun: z.boolean(),
    startedAt: z.string(),
    startedBy: z.string(),
    total: count,
    finished: z.boolean().describe('false: send the same request with the same Idempotency-Key again to go on.'),
    counts: z.object({
      pending: count,
      possible: count,
      migrated: count,
      already: count,
      refused: count,
      ended: count,
    }),
    report: pageSchema(
      z
        .object({
          instance: z.string(),
          outcome: z.enum(['pending', 'possible', 'migrated', 'already', 'refused', 'ended']),
          code: z.string().optional(),
          lines: z.array(migrationLine).optional(),
        })
        .openapi('MigrationItem'),
    ).openapi('MigrationItems'),
  })
  .openapi('MigrationBatch');
