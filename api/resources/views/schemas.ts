/** Saved views of lists. */
import { z } from '../../http/zod.ts';

const page = z
  .string()
  .regex(/^[a-z][a-z-]{0,30}$/, 'the name of a list in small letters')
  .describe('The list it belongs to, for instance `inbox`.');
const name = z.string().trim().min(1).max(60);
const query = z.string().max(2000).describe('Filters, columns and order, as the query string of the list.');

export const viewsQuery = z.object({ page: page.optional() });
export const viewParams = z.object({
  id: z
    .string()
    .regex(/^[\w-]{1,60}$/, '1 to 60 letters, digits, _ or -')
    .openapi({ example: '5f0c9a0e-3c1b-4f2a-9d55-0f6f5a3f7b11' }),
});
export const viewBody = z
  .strictObject({ page, name, query })
  .openapi('SaveView', { example: { page: 'inbox', name: '本周退款', query: 'process=refund&due=week' } });

const viewSchema = z
  .object({ id: z.string(), page: z.string(), name: z.string(), query: z.string(), updatedAt: z.string() })
  .openapi('SavedView');
export const viewList = z.object({ items: z.array(viewSchema) }).openapi('SavedViews');
