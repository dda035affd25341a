/** Messages and signals: publish, list, withdraw. */
import { withdrawMessage } from '../../../store/messaging/message-fates.ts';
import type { MessageRow } from '../../../store/messaging/message-rows.ts';
import { findMessage, listMessages } from '../../../store/messaging/messages.ts';
import { findAmong } from '../../../store/runtime/instances.ts';
import { decodeCursor, pageOf } from '../../http/cursor.ts';
import type { Deps } from '../../http/deps.ts';
import { covers, narrowed, type Reach } from '../../http/policy.ts';
import { notFound, ProblemError } from '../../http/problem.ts';
import { type Route, route } from '../../http/route.ts';
import { informants, operators } from '../../http/route-policy.ts';
import { publish, throwSignal } from './publish.ts';
import {
  keptSchema,
  messageBody,
  messagePage,
  messageParams,
  messageQuery,
  messageSchema,
  signalBody,
  signalledSchema,
  takenSchema,
  withdrawQuery,
} from './schemas.ts';

const tag = 'Messages';

export function messageRoutes(deps: Deps): Route[] {
  return [
    route({
      key: 'POST /api/messages',
      access: informants,
      tag,
      summary: 'Publish a message, correlated by name and key to exactly one receiver',
      description:
        'It goes to the instance that has waited longest for it (ties: the lower id), or starts the process with this start event, ' +
        'one at a time per key. With a time to live it is kept until it is received, the oldest message of a name and key first.',
      body: { schema: messageBody },
      idempotency: 'optional',
      answers: {
        200: { description: 'Taken.', schema: takenSchema },
        202: { description: 'Kept until it is received or expires.', schema: keptSchema },
      },
      async handle({ body }, asked) {
        const { kind, message, happened } = await publish(deps, asked, body);
        const { _id: id, began = false, until } = message;
        if (kind === 'waiting') return { status: 202, body: { id, state: 'waiting', until, happened } };
        const { taker, element } = await viewOf(message, asked.reach);
        return { body: { id, ...(taker !== undefined && { taker, element }), began, happened } };
      },
    }),
    route({
      key: 'GET /api/messages',
      access: operators,
      tag,
      summary: 'Messages, newest first: waiting ones, and the others for a week',
      query: messageQuery,
      answers: { 200: { description: 'A page.', schema: messagePage } },
      async handle({ query }, { reach }) {
        const { facility, cursor, limit, ...filters } = query;
        const facilities = narrowed(reach, facility);
        const rows = await listMessages({
          ...filters,
          ...(facilities && { facilities }),
          ...(cursor !== undefined && { after: Number(decodeCursor(cursor).id) }),
          limit: limit + 1,
        });
        const page = pageOf(rows, limit, (row) => ({ at: row.publishedAt, id: String(row.order) }));
        return { body: { ...page, items: await viewsOf(page.items, reach) } };
      },
    }),
    route({
      key: 'GET /api/messages/{id}',
      access: informants,
      audit: 'sensitive',
      tag,
      summary: 'State of a message',
      params: messageParams,
      answers: { 200: { description: 'The message.', schema: messageSchema } },
      async handle({ params }, { reach }) {
        return { body: await viewOf(await visibleMessage(params.id, reach), reach) };
      },
    }),
    route({
      key: 'DELETE /api/messages/{id}',
      access: operators,
      tag,
      summary: 'Withdraw a waiting message',
      params: messageParams,
      query: withdrawQuery,
      answers: { 200: { description: 'Withdrawn; the message in its new state.', schema: messageSchema } },
      async handle({ params, query }, { person, reach }) {
        await visibleMessage(params.id, reach);
        const done = await withdrawMessage(params.id, person.id, query.reason);
        const row = await visibleMessage(params.id, reach);
        // Repeating one's own withdrawal is no error.
        if (done || (row.withdrawn?.by === person.id && row.withdrawn.reason === query.reason))
          return { body: await viewOf(row, reach) };
        throw notWaiting(row, await viewOf(row, reach));
      },
    }),
    route({
      key: 'POST /api/signals',
      access: operators,
      tag,
      summary: 'Broadcast a signal: every waiting instance receives it once',
      description:
        'Including instances whose wait is not listed yet. Processes with a matching start event start at the named facility.',
      body: { schema: signalBody },
      idempotency: 'optional',
      answers: { 200: { description: 'Thrown.', schema: signalledSchema } },
      async handle({ body }, asked) {
        return { body: await throwSignal(deps, asked, body) };
      },
    }),
  ];
}

/** @throws ProblemError 404, the same for a message that does not exist and one of another facility */
async function visibleMessage(id: string, reach: Reach): Promise<MessageRow> {
  const row = await findMessage(id);
  const sees = row && (row.facility === undefined ? reach === undefined : covers(reach, row.facility));
  if (!sees) throw notFound(`message ${id}`);
  return row;
}

/** The receiving instance is named only within the reader's reach, which may differ from the sender's. */
async function viewsOf(rows: MessageRow[], reach: Reach) {
  const isNamed = await takersWithin(rows, reach);
  return rows.map((row) => messageView(row, isNamed));
}

async function takersWithin(rows: MessageRow[], reach: Reach): Promise<(instance: string) => boolean> {
  if (reach === undefined) return () => true;
  const takers = rows.flatMap(({ taker, offer }) => taker ?? offer?.instance ?? []);
  const named = new Set(await findAmong(takers, reach));
  return (instance) => named.has(instance);
}

async function viewOf(row: MessageRow, reach: Reach) {
  return messageView(row, await takersWithin([row], reach));
}

function messageView(row: MessageRow, isNamed: (instance: string) => boolean) {
  const { _id: id, name, correlationKey, facility, sender, publishedAt, until, state } = row;
  const { taker, element, began, settledAt, withdrawn, offer } = row;
  const { lineage: _, ...by } = sender;
  return {
    id,
    name,
    correlationKey,
    facility,
    sender: by,
    publishedAt,
    until,
    state,
    ...(taker !== undefined && isNamed(taker) && { taker, element }),
    began,
    settledAt,
    withdrawn,
    ...(offer && isNamed(offer.instance) && { heldOutTo: offer.instance }),
  };
}

function notWaiting({ state, offer }: MessageRow, seen: Awaited<ReturnType<typeof viewOf>>): ProblemError {
  const { taker, heldOutTo } = seen;
  const detail = offer
    ? `It is being delivered to ${heldOutTo ?? 'an instance'}.`
    : `It is ${state}${taker === undefined ? '' : ` by ${taker}`}.`;
  return new ProblemError({
    status: 409,
    code: 'message-not-waiting',
    detail,
    hint: offer ? 'Try again in a moment.' : 'Only a waiting message can be withdrawn.',
  });
}
