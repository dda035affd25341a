/** Substitutes of a person, with dates. */
import { z } from '../../http/zod.ts';

const day = z.iso.date().describe('A date at the facility of the absent person.').openapi({ example: '2026-12-01' });

const given = z.strictObject({
  substitute: z.string().trim().min(1).max(100).describe('Staff id.').openapi({ example: 'handler-bj' }),
  from: day.describe('The first day.'),
  until: day.describe('The last day.'),
});

/** Several substitutes may overlap: the first one takes a task over. */
const most = 10;

export const substitutesBody = z.strictObject({ items: z.array(given).max(most) }).openapi('SetSubstitutes', {
  example: { items: [{ substitute: 'handler-bj', from: '2026-12-01', until: '2026-12-05' }] },
});
export type GivenSubstitute = z.infer<typeof given>;

const shown = z.object({ substitute: z.string(), name: z.string().optional(), from: z.string(), until: z.string() });

export const substitutesSchema = z.object({ items: z.array(shown) }).openapi('Substitutes');
export const ownSubstitutesSchema = substitutesSchema
  .extend({
    represented: z
      .array(z.object({ id: z.string(), name: z.string().optional() }))
      .describe('People I substitute at present.'),
  })
  .openapi('OwnSubstitutes');
