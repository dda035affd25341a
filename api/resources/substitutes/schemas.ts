/** Who stands in for a person, and from when to when. */
import { z } from '../../http/zod.ts';

const day = z.iso
  .date()
  .describe('A day at the facility of the person who is away.')
  .openapi({ example: '2026-12-01' });

const given = z.strictObject({
  substitute: z.string().trim().min(1).max(100).describe('Staff id.').openapi({ example: 'handler-bj' }),
  from: day.describe('The first day.'),
  until: day.describe('The last day.'),
});

/** More than one at a time is possible: whoever is first takes a task over. */
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
      .describe('For whom I stand in at present.'),
  })
  .openapi('OwnSubstitutes');
