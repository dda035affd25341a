/** Letters to people: their state, resending failed ones, and cancelling waiting ones. */

import type { OutboxMessage } from '../../../store/messaging/outbox.ts';
import { listLetters } from '../../../store/messaging/outbox-lists.ts';
import { giveUpLetter, resendLetter } from '../../../store/messaging/outbox-outcomes.ts';
import { decodeCursor, pageOf } from '../../http/cursor.ts';
import { covers, narrowed } from '../../http/policy.ts';
import { ProblemError, wrongFacility } from '../../http/problem.ts';
import { type Route, route } from '../../http/route.ts';
import { operators } from '../../http/route-policy.ts';
import { letterView, letterViews, visibleLetter } from './letter-view.ts';
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
/** Limit per request. */
const maxActs = 500;

export function letterRoutes(): Route[] {
  return [
    route({
      key: 'GET /api/letters',
      access: operators,
      tag,
      summary: 'Letters to people, newest first; `status=failed` for those given up',
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
        return { body: { ...page, items: await letterViews(page.items) } };
      },
    }),
    route({
      key: 'POST /api/letters/{id}/resend',
      access: operators,
      tag,
      summary: 'Resend a letter that failed, expired, or whose outcome is unknown',
      description: 'Resets its attempts and removes its expiry. A repeat changes nothing while it is waiting or sent.',
      params: letterParams,
      idempotency: 'optional',
      answers: { 200: { description: 'Queued again; the letter in its new state.', schema: letterSchema } },
      async handle({ params }, { person, reach }) {
        await visibleLetter(params.id, reach);
        const done = await resendLetter(params.id, person.id);
        const row = await visibleLetter(params.id, reach);
        if (done || row.resent?.by === person.id) return { body: await letterView(row) };
        throw notOpen(
          row,
          'letter-not-failed',
          'Only a failed letter can be resent; a waiting one is tried automatically.',
        );
      },
    }),
    route({
      key: 'POST /api/letters/{id}/give-up',
      access: operators,
      tag,
      summary: 'Give up a waiting letter, or one whose outcome is unknown',
      params: letterParams,
      body: { schema: giveUpBody },
      idempotency: 'optional',
      answers: { 200: { description: 'It will not be sent; the letter in its new state.', schema: letterSchema } },
      async handle({ params, body }, { person, reach }) {
        await visibleLetter(params.id, reach);
        const done = await giveUpLetter(params.id, person.id, body.reason);
        const row = await visibleLetter(params.id, reach);
        if (done || row.givenUp?.by === person.id) return { body: await letterView(row) };
        throw notOpen(
          row,
          'letter-not-waiting',
          'Only a waiting letter, or one whose outcome is unknown, can be given up.',
        );
      },
    }),
    route({
      key: 'POST /api/letters/acts',
      access: operators,
      tag,
      summary: 'Resend, or give up, all matching letters',
      description: `At most ${maxActs} per request, newest first; the response gives their number and whether there are more.`,
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
    row.textsRemovedAt === undefined ? `It is ${row.status}.` : 'Its text was removed at the end of its retention.';
  return new ProblemError({ status: 409, code, detail, hint });
}
