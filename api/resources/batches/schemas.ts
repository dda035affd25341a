/** Batches: one act on many instances (migration, modification, retry and others), with a report per instance. */

import { givenVariables, pageSchema, paging, wordsSchema } from '../../http/common-schemas.ts';
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
import { instanceFilterBody } from '../instances/filter.ts';

const which = {
  process: z.string().min(1).max(100),
  filter: instanceFilterBody
    .omit({ process: true, version: true })
    .default({})
    .describe('Selects running instances of that version; empty: all.'),
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

const reason = z.string().trim().min(1).max(500);
const filter = instanceFilterBody
  .default({})
  .describe(
    'Selects running instances; for retry and skip those with an incident. With "element" or "incidentCode" only matching incidents are acted on.',
  );

export const actsBody = z
  .union([
    z.strictObject({ kind: z.literal('retry'), filter }),
    z.strictObject({ kind: z.literal('skip'), filter, reason, variables: givenVariables.optional() }),
    z.strictObject({ kind: z.literal('cancel'), filter, reason }),
    z.strictObject({
      kind: z.literal('variables'),
      filter,
      variables: givenVariables,
      retry: z.boolean().default(false).describe('Retry incidents after setting them.'),
    }),
  ])
  .openapi('ActOnMany', { example: { kind: 'retry', filter: { process: 'orders', element: 'PackOrder' } } });

const count = z.number().int();
const kinds = ['migrate', 'modify', 'retry', 'skip', 'cancel', 'variables'] as const;

export const previewBody = z
  .strictObject({ kind: z.enum(kinds), filter })
  .openapi('PreviewBatch', { example: { kind: 'skip', filter: { process: 'orders', element: 'PackOrder' } } });
export const previewSchema = z
  .object({
    kind: z.enum(kinds),
    found: count.describe('Running instances that the filter finds.'),
    instances: count.describe(
      'Of these, the ones that the act is about: of retries and skips, those an incident stops.',
    ),
    most: count.describe('More than these are refused; several batches are needed.'),
    versions: z.array(z.object({ process: z.string(), version: count, instances: count })),
    elements: z
      .array(z.object({ element: z.string(), instances: count }))
      .optional()
      .describe('Where these instances wait; only where the filter names process and version.'),
    money: z
      .array(z.string())
      .describe(
        'What moves money in these versions, as `<process>/<element>`: with any, the act is proposed, and released by another person. A migration looks at its new version too.',
      ),
  })
  .openapi('BatchPreview');

const outcomes = [
  'pending',
  'watched',
  'possible',
  'done',
  'stopped',
  'underway',
  'already',
  'refused',
  'ended',
  'failed',
] as const;
const countsSchema = z.object({
  pending: count,
  watched: count.describe('Acted on; the outcome is not known yet.'),
  possible: count.describe('The dry run found no obstacle.'),
  done: count.describe('Changed; for acts on incidents: the instance continues.'),
  stopped: count.describe('Acted on, and stopped again by an incident.'),
  underway: count.describe('Acted on; still running after a minute.'),
  already: count.describe('Nothing left to do: already on that version, or without an incident.'),
  refused: count.describe('Unchanged; the entry says why.'),
  ended: count.describe('Had ended.'),
  failed: count.describe('No answer after three attempts.'),
});

export const batchParams = z.object({
  id: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'Batch id, as returned at its creation.')
    .openapi({ example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' }),
});
export const batchesQuery = z.object(paging);
export const batchQuery = z.object({ outcome: z.enum(outcomes).optional().describe('Only these lines.'), ...paging });

const batchSchema = z
  .object({
    id: z.string(),
    kind: z.enum(kinds),
    process: z.string().optional().describe('Absent: all processes.'),
    version: count.optional().describe('Version of the instances; absent: all versions.'),
    facility: z.string().optional().describe('Absent: all facilities.'),
    filter: instanceFilterBody.partial().optional().describe('The filter.'),
    reason: z.string().optional(),
    toVersion: count.optional().describe('Of a migration.'),
    dryRun: z.boolean(),
    startedAt: z.string(),
    startedBy: z.string(),
    stopped: z.object({ at: z.string(), by: z.string() }).optional(),
    total: count,
    finished: z.boolean().describe('false: still running; poll again.'),
    counts: countsSchema,
  })
  .openapi('Batch');
export const batchesSchema = pageSchema(batchSchema).openapi('Batches');

const actLine = z
  .object({
    element: z.string().optional(),
    elementName: z.string().optional(),
    code: z.string().optional().describe('Code of the current incident.'),
    words: wordsSchema,
  })
  .openapi('ActLine');

export const batchWithReportSchema = batchSchema
  .extend({
    report: pageSchema(
      z
        .object({
          instance: z.string(),
          outcome: z.enum(outcomes),
          code: z.string().optional(),
          lines: z.array(z.union([migrationLine, modificationLine, actLine])).optional(),
        })
        .openapi('BatchItem'),
    ).openapi('BatchItems'),
  })
  .openapi('BatchWithReport');
