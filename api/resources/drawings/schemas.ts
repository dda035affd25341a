/** Drawings, and the data of this installation that their checks use. */
import { definitionKey, facilityCode } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';
import { definitionFiles } from '../definitions/schemas.ts';

const drawing = {
  process: definitionKey.describe('Process id of the diagram.'),
  name: z.string().trim().min(1).max(200),
  shared: z.boolean().describe('Visible to and editable by others who may deploy.'),
  basedOn: z.number().int().positive().optional().describe('Version it is based on.'),
  revision: z.number().int().min(0).describe('Incremented with each save.'),
};

const summary = z
  .object({ id: z.string(), ...drawing, owner: z.string(), updatedAt: z.string(), updatedBy: z.string() })
  .openapi('Drawing');
export const drawingList = z.object({ items: z.array(summary) }).openapi('Drawings');
export const drawingSchema = summary.extend({ files: definitionFiles }).openapi('DrawingInFull');
export const savedDrawing = summary.openapi('SavedDrawing');

export const drawingQuery = z.object({ process: definitionKey.optional() });
export const drawingParams = z.object({
  id: z
    .string()
    .regex(/^[0-9a-f-]{36}$/, 'A UUID.')
    .openapi({ example: '0198c5d1-6a4e-7000-8000-1a2b3c4d5e6f' }),
});
export const saveDrawingBody = z
  .strictObject({
    ...drawing,
    revision: drawing.revision.describe('Revision it is based on; 0: a new drawing.'),
    files: definitionFiles,
  })
  .openapi('SaveDrawing', {
    example: { process: 'orders', name: '订单', shared: false, revision: 0, files: { xml: '<definitions/>' } },
  });

const plain = z.record(z.string(), z.unknown()).openapi({ type: 'object', additionalProperties: true });
export const lintContextQuery = z.object({
  process: z
    .union([definitionKey, z.array(definitionKey)])
    .optional()
    .describe('The processes of the file itself.'),
});
export const lintContextSchema = z
  .object({
    roles: z.record(z.string(), z.object({ zh: z.string(), en: z.string() })),
    jobSignatures: plain.describe('Built-in job types with input and output as JSON Schema.'),
    workers: plain.describe('Registered job types.'),
    sentMessages: z.array(z.string()).describe('Names of messages that other definitions send.'),
    thrownSignals: z.array(z.string()).describe('Names of signals that other definitions throw.'),
  })
  .openapi('LintContext');

export const simulationContextQuery = z.object({ facility: facilityCode });
export const simulationContextSchema = z
  .object({
    calendar: plain.describe('The working calendar of the facility.'),
    rules: plain.describe('The rule set currently in force there.'),
  })
  .openapi('SimulationContext');
