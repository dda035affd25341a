/** Letters to people: what became of them, and sending again those that were given up. */

import { maskText } from '../../../engine/model/personal-numbers.ts';
import { findLetter, listLetters, type OutboxMessage, resendLetter } from '../../../store/messaging/outbox.ts';
import { decodeCursor, pageOf } from '../../http/cursor.ts';
import { covers, narrowed, type Reach } from '../../http/policy.ts';
import { notFound, ProblemError } from '../../http/problem.ts';
import { type Route, route } from '../../http/route.ts';
import { operators } from '../../http/route-policy.ts';
import { letterPage, letterParams, letterQuery, letterSchema } from './schemas.ts';

const tag = 'Letters';

export function letterRoutes(): Route[] {
  return [
    route({
      key: 'GET /api/letters',
      access: operators,
      tag,
      summary: 'Letters to people, newest first; those that were given up with `status=failed`',
      query: letterQuery,
      answers: { 200: { description: 'A page.', schema: letterPage } },
      async handle({ query }, { reach }) {
        const { facility, cursor, limit, ...filters } = query;
        const facilities = narrowed(reach, facility);
        const rows = await listLetters({
          ...filters,
          ...(facilities && { facilities }),
          ...(cursor !== undefined && { after: decodeCursor(cursor) }),
          limit: limit + 1,
        });
        const page = pageOf(rows, limit, (row) => ({ at: row.createdAt, id: row._id }));
        return { body: { ...page, items: page.items.map(letterView) } };
      },
    }),
    route({
      key: 'POST /api/letters/{id}/resend',
      access: operators,
      tag,
      summary: 'Have a letter that was given up sent again',
      description: 'With as many attempts as at first. A repeat changes nothing while it waits or is sent.',
      params: letterParams,
      idempotency: 'optional',
      answers: { 200: { description: 'It is on its way again; the letter as it is now.', schema: letterSchema } },
      async handle({ params }, { person, reach }) {
        await visibleLetter(params.id, reach);
        const done = await resendLetter(params.id, person.id);
        const row = await visibleLetter(params.id, reach);
        if (done || row.resent?.by === person.id) return { body: letterView(row) };
        throw new ProblemError({
          status: 409,
          code: 'letter-not-failed',
          detail:
            row.textsRemovedAt === undefined ? `It is ${row.status}.` : 'Its text was removed when its time was over.',
          hint: 'Only a letter that was given up can be sent again; one that waits is tried by itself.',
        });
      },
    }),
  ];
}

/** @throws ProblemError 404, the same for one that does not exist and one of another facility */
async function visibleLetter(id: string, reach: Reach): Promise<OutboxMessage> {
  const row = await findLetter(id);
  if (!row || !covers(reach, row.facility)) throw notFound(`letter ${id}`);
  return row;
}

function letterView(row: OutboxMessage) {
  const { _id: id, instance, facility, to, channel, template, status, attempts, outages } = row;
  const { createdAt, dueAt, error, sentAt, failedAt, resent } = row;
  return {
    id,
    instance,
    facility,
    to,
    channel,
    template,
    status,
    attempts,
    outages,
    createdAt,
    dueAt,
    ...(error !== undefined && { error: maskText(error) }),
    sentAt,
    failedAt,
    resent,
  };
}
