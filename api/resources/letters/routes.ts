/** Letters to people: what became of them, sending again what was given up, and giving up what still waits. */

import type { OutboxMessage } from '../../../store/messaging/outbox.ts';
import { listLetters } from '../../../store/messaging/outbox-lists.ts';
import { giveUpLetter, resendLetter } from '../../../store/messaging/outbox-outcomes.ts';
import { decodeCursor, pageOf } from '../../http/cursor.ts';
import { covers, narrowed } from '../../http/policy.ts';
import { ProblemError, wrongFacility } from '../../http/problem.ts';
import { type Route, route } from '../../http/route.ts';
import { operators } from '../../http/route-policy.ts';
import { letterView, visibleLetter } from './letter-view.ts';
import {
  giveUpBody,
  letterActsBody,
  letterActsReport,
  letterPage,
  letterParams,
  letterQuery,
  letterSchema,
} from './schemas.ts';

const tag = 'Letters';
/** Of one request. */
const maxActs = 500;

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
      summary: 'Have a letter sent again that was given up, whose time was over, or of which nobody knows',
      description:
        'With as many attempts as at first and without its last moment. A repeat changes nothing while it waits or is sent.',
      params: letterParams,
      idempotency: 'optional',
      answers: { 200: { description: 'It is on its way again; the letter as it is now.', schema: letterSchema } },
      async handle({ params }, { person, reach }) {
        await visibleLetter(params.id, reach);
        const done = await resendLetter(params.id, person.id);
        const row = await visibleLetter(params.id, reach);
        if (done || row.resent?.by === person.id) return { body: letterView(row) };
        throw notOpen(
          row,
          'letter-not-failed',
          'Only a letter that was given up can be sent again; one that waits is tried by itself.',
        );
      },
    }),
    route({
      key: 'POST /api/letters/{id}/give-up',
      access: operators,
      tag,
      summary: 'Give up a letter that waits, or of which nobody knows',
      params: letterParams,
      body: { schema: giveUpBody },
      idempotency: 'optional',
      answers: { 200: { description: 'It does not go out; the letter as it is now.', schema: letterSchema } },
      async handle({ params, body }, { person, reach }) {
        await visibleLetter(params.id, reach);
        const done = await giveUpLetter(params.id, person.id, body.reason);
        const row = await visibleLetter(params.id, reach);
        if (done || row.givenUp?.by === person.id) return { body: letterView(row) };
        throw notOpen(
          row,
          'letter-not-waiting',
          'Only a letter that waits, or of which nobody knows, can be given up.',
        );
      },
    }),
    route({
      key: 'POST /api/letters/acts',
      access: operators,
      tag,
      summary: 'Send again, or give up, all letters that match',
      description: `At most ${maxActs} in one request, the newest first; the report says how many there were and whether there are more.`,
      body: { schema: letterActsBody },
      idempotency: 'optional',
      answers: { 200: { description: 'What was done.', schema: letterActsReport } },
      async handle({ body }, { person, reach }) {
        const { act, filter, reason = '' } = body;
        const { facility, ...others } = filter;
        if (facility !== undefined && !covers(reach, facility)) throw wrongFacility(facility);
        const facilities = narrowed(reach, facility);
        const rows = await listLetters({ ...others, ...(facilities && { facilities }), limit: maxActs + 1 });
        let done = 0;
        for (const { _id } of rows.slice(0, maxActs)) {
          const isDone =
            act === 'resend' ? await resendLetter(_id, person.id) : await giveUpLetter(_id, person.id, reason);
          if (isDone) done += 1;
        }
        const left = Math.min(rows.length, maxActs) - done;
        return { body: { done, left, more: rows.length > maxActs } };
      },
    }),
  ];
}

function notOpen(row: OutboxMessage, code: 'letter-not-failed' | 'letter-not-waiting', hint: string): ProblemError {
  const detail =
    row.textsRemovedAt === undefined ? `It is ${row.status}.` : 'Its text was removed when its time was over.';
  return new ProblemError({ status: 409, code, detail, hint });
}
