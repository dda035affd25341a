/** Changes of a running instance: migration and modification. */

import { givenVariables, statusSchema, wordsSchema } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';
import { instanceSchema } from '../instances/schemas.ts';

const elementId = z.string().min(1).max(300);
const waitKey = z.string().min(1).max(50);
export const version = z.number().int().min(1);
export const dryRun = z.boolean().default(false).describe('Only report what would happen; nothing is changed.');

export const migrationOptions = {
  mapping: z
    .record(elementId, elementId.nullable())
    .optional()
    .describe('Old element id to new one; null cancels the wait. Elements with the same id need no entry.'),
  timers: z
    .enum(['keep', 'reevaluate'])
    .optional()
    .describe('keep (default): due dates stay. reevaluate: by the new definition, from the start of the wait.'),
  messages: z.enum(['keep', 'reevaluate']).optional().describe('Names and correlation keys of event subscriptions.'),
};

export const migrateBody = z.strictObject({ version, ...migrationOptions, dryRun }).openapi('Migrate', {
  example: { version: 2, mapping: { Contact: 'CallPatient', OldReview: null }, timers: 'reevaluate', dryRun: true },
});

export const migrationOutcome = z.enum(['stays', 'moves', 'dropped', 'created', 'needs-decision']);
export const migrationLine = z
  .object({
    key: z.string().optional(),
    element: z.string(),
    elementName: z.string(),
    kind: z.string(),
    outcome: migrationOutcome,
    to: z.string().optional(),
    dueAt: z.string().optional(),
    code: z.string().optional().describe('Why it needs a decision or is dropped.'),
    words: wordsSchema,
  })
  .openapi('MigrationLine');

const refusalSchema = z.object({ code: z.string(), message: wordsSchema, hint: wordsSchema }).openapi('Refusal');

/** `possible` false: decisions are needed and nothing was changed. */
const common = {
  possible: z.boolean(),
  refusal: refusalSchema.optional(),
  instance: instanceSchema.optional().describe('Current state; absent after a dry run.'),
  happened: wordsSchema.optional(),
};
export const migratedSchema = z.object({ ...common, report: z.array(migrationLine) }).openapi('Migrated');

const start = {
  flow: elementId.optional().describe('Before a join: the incoming flow of the token.'),
  scope: waitKey.optional().describe('Wait key of the scope, if ambiguous.'),
  createScopes: z.boolean().optional().describe('Create the enclosing subprocesses if they are not running.'),
  variables: givenVariables.optional(),
};
const where = z.enum(['before', 'after']);
const startInstruction = z.strictObject({ type: z.literal('start'), element: elementId, where, ...start });
const moving = { type: z.literal('move'), to: elementId, where: where.optional(), ...start };
const moveAll = z.strictObject({ ...moving, from: elementId.describe('All waits at this element.') });
const cancelling = { type: z.literal('cancel') };
const cancelAll = z.strictObject({ ...cancelling, element: elementId.describe('All waits at this element.') });

const instructionSchema = z
  .union([
    startInstruction,
    z.strictObject({ ...moving, key: waitKey }),
    moveAll,
    z.strictObject({ ...cancelling, key: waitKey }),
    cancelAll,
  ])
  .openapi('Instruction');
/** Wait keys differ between instances, so batches name elements. */
export const elementInstructionSchema = z.union([startInstruction, moveAll, cancelAll]).openapi('ElementInstruction');
export const maxInstructions = 100;
export const modifyBody = z
  .strictObject({ instructions: z.array(instructionSchema).min(1).max(maxInstructions), dryRun })
  .openapi('Modify', {
    example: {
      instructions: [
        { type: 'move', key: '17', to: 'Negotiate' },
        { type: 'start', element: 'InformLegal', where: 'before', variables: { urgent: true } },
        { type: 'cancel', key: '23' },
      ],
      dryRun: true,
    },
  });

export const modificationLine = z
  .object({
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
