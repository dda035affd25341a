/** Changes of many instances: batches of migrations and of modifications, with a report per instance. */

import { facilityCode, pageSchema, paging } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';
import {
  dryRun,
  elementInstructionSchema,
  maxInstructions,
  migrationLine,
  migrationOptions,
  modificationLine,
  version,
} from '../changes/schemas.ts';

const which = {
  process: z.string().min(1).max(100),
  filter: z
    .strictObject({
      facility: facilityCode.optional(),
      stage: z.string().min(1).max(100).optional(),
      ids: z.array(z.string().min(3).max(300)).min(1).max(1000).optional().describe('Instance ids.'),
    })
    .default({})
    .describe('Which of the running instances of that version; all of them when empty.'),
  dryRun,
};

export const migrationsBody = z
  .strictObject({ ...which, fromVersion: version, toVersion: version, ...migrationOptions })
  .openapi('MigrateMany', {
    example: { process: 'orders', fromVersion: 1, toVersion: 2, filter: { facility: 'BJ' }, dryRun: true },
  });

export const modificationsBody = z
  .strictObject({ ...which, version, instructions: z.array(elementInstructionSchema).min(1).max(maxInstructions) })
  .openapi('ModifyMany', {
    example: {
      process: 'orders',
      version: 1,
      instructions: [{ type: 'move', from: 'PackOrder', to: 'CheckOrder' }],
      filter: { stage: 'packing' },
      dryRun: true,
    },
  });

const count = z.number().int();
const outcomes = ['pending', 'possible', 'done', 'already', 'refused', 'ended', 'failed'] as const;
const countsSchema = z.object({
  pending: count,
  possible: count.describe('A dry run found nothing against it.'),
  done: count,
  already: count.describe('Ran by that version before.'),
  refused: count.describe('Left as it was; its line says why.'),
  ended: count.describe('Had ended by then.'),
  failed: count.describe('Did not answer in three tries.'),
});

export const batchParams = z.object({
  id: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'An id as POST /api/migrations or /api/modifications gave it.')
    .openapi({ example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' }),
});
export const batchQuery = z.object(paging);

const batchSchema = z
  .object({
    id: z.string(),
    kind: z.enum(['migrate', 'modify']),
    process: z.string(),
    version: count.describe('Of the instances.'),
    toVersion: count.optional().describe('Of a migration.'),
    dryRun: z.boolean(),
    startedAt: z.string(),
    startedBy: z.string(),
    stopped: z.object({ at: z.string(), by: z.string() }).optional(),
    total: count,
    finished: z.boolean().describe('false: it goes on by itself; look again.'),
    counts: countsSchema,
  })
  .openapi('Batch');
export const batchesSchema = pageSchema(batchSchema).openapi('Batches');

export const batchWithReportSchema = batchSchema
  .extend({
    report: pageSchema(
      z
        .object({
          instance: z.string(),
          outcome: z.enum(outcomes),
          code: z.string().optional(),
          lines: z.array(z.union([migrationLine, modificationLine])).optional(),
        })
        .openapi('BatchItem'),
    ).openapi('BatchItems'),
  })
  .openapi('BatchWithReport');
