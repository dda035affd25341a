/** GET /api/audit. */
import { listAudit } from '../../../store/audit/entries.ts';
import { decodeCursor, pageOf } from '../../http/cursor.ts';
import { narrowed } from '../../http/policy.ts';
import { type Route, route } from '../../http/route.ts';
import { wordsOfAct } from './act-words.ts';
import { auditPage, auditQuery } from './schemas.ts';

/** @param audited all routes, for the summaries of what was done */
export function auditRoutes(audited: () => readonly Route[]): Route[] {
  const summaries = () => new Map(audited().map(({ key, summary }) => [key as string, summary]));
  return [
    route({
      key: 'GET /api/audit',
      access: { duty: 'audit', at: 'facility' },
      audit: 'sensitive',
      tag: 'Audit',
      summary: 'Audit trail: who read or did what, newest first',
      description:
        'Acts and sensitive reads, refused ones too, at the facilities of your duty; entries that belong to no facility with the duty for the whole group.',
      query: auditQuery,
      answers: { 200: { description: 'A page.', schema: auditPage } },
      async handle({ query }, { reach }) {
        const { facility, what, cursor, limit, ...filters } = query;
        const facilities = narrowed(reach, facility);
        const rows = await listAudit({
          ...filters,
          ...(what !== undefined && { id: what }),
          ...(facilities && { facilities }),
          ...(cursor !== undefined && { before: decodeCursor(cursor) }),
          limit: limit + 1,
        });
        const said = summaries();
        const page = pageOf(rows, limit, (row) => ({ at: row.at, id: row._id }));
        return {
          body: {
            ...page,
            items: page.items.map(({ _id: id, ...row }) => ({ id, ...row, words: wordsOfAct(row.act, said) })),
          },
        };
      },
    }),
  ];
}
