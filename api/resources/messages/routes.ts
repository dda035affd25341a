/** Messages and signals: published, looked at, taken back. */
import { withdrawMessage } from '../../../store/messaging/message-fates.ts';
import type { MessageRow } from '../../../store/messaging/message-rows.ts';
import { findMessage, listMessages } from '../../../store/messaging/messages.ts';
import { decodeCursor, pageOf } from '../../http/cursor.ts';
import type { Deps } from '../../http/deps.ts';
import { facilitiesOf, maySee, type Person, visibleFacilities } from '../../http/policy.ts';
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
      summary: 'Publish a message; exactly one takes it, by name and key',
      description:
        'It goes to the instance that has waited longest for it (at the same instant: the lower id), or begins the process that starts with it, ' +
        'one at a time per key. With a time to live it is kept until somebody takes it, the oldest message of a name and key first.',
      body: { schema: messageBody },
      idempotency: 'optional',
      answers: {
        200: { description: 'Taken.', schema: takenSchema },
        202: { description: 'Kept until somebody takes it or its time is over.', schema: keptSchema },
      },
      async handle({ body }, { person, idempotencyKey }) {
        const { kind, message, happened } = await publish(deps, person, body, idempotencyKey);
        const { _id: id, taker = '', element, began = false, until } = message;
        if (kind === 'waiting') return { status: 202, body: { id, state: 'waiting', until, happened } };
        return { body: { id, taker, ...(element !== undefined && { element }), began, happened } };
      },
    }),
    route({
      key: 'GET /api/messages',
      access: operators,
      tag,
      summary: 'Messages, newest first: those that wait, and for a week what became of the others',
      query: messageQuery,
      answers: { 200: { description: 'A page.', schema: messagePage } },
      async handle({ query }, { person }) {
        const { facility, cursor, limit, ...filters } = query;
        const facilities = visibleFacilities(person, facility);
        const rows = await listMessages({
          ...filters,
          ...(facilities && { facilities }),
          ...(cursor !== undefined && { after: Number(decodeCursor(cursor).id) }),
          limit: limit + 1,
        });
        const page = pageOf(rows, limit, (row) => ({ at: row.publishedAt, id: String(row.order) }));
        return { body: { ...page, items: page.items.map(messageView) } };
      },
    }),
    route({
      key: 'GET /api/messages/{id}',
      access: informants,
      audit: 'sensitive',
      tag,
      summary: 'What became of a message',
      params: messageParams,
      answers: { 200: { description: 'The message.', schema: messageSchema } },
      async handle({ params }, { person }) {
        return { body: messageView(await visibleMessage(params.id, person)) };
      },
    }),
    route({
      key: 'DELETE /api/messages/{id}',
      access: operators,
      tag,
      summary: 'Take a waiting message back',
      params: messageParams,
      query: withdrawQuery,
      answers: { 200: { description: 'Nobody will take it; the message as it is now.', schema: messageSchema } },
      async handle({ params, query }, { person }) {
        await visibleMessage(params.id, person);
        const done = await withdrawMessage(params.id, person.id, query.reason);
        const row = await visibleMessage(params.id, person);
        // A repeat of one's own act is no mistake.
        if (done || (row.withdrawn?.by === person.id && row.withdrawn.reason === query.reason))
          return { body: messageView(row) };
        throw notWaiting(row);
      },
    }),
    route({
      key: 'POST /api/signals',
      access: operators,
      tag,
      summary: 'Throw a signal: every instance that waits for it hears it, once',
      description:
        'Also one whose wait is not in the lists yet. Processes that start by it begin at the facility named.',
      body: { schema: signalBody },
      idempotency: 'optional',
      answers: { 200: { description: 'Thrown.', schema: signalledSchema } },
      async handle({ body }, { person, idempotencyKey }) {
        return { body: await throwSignal(deps, person, body, idempotencyKey) };
      },
    }),
  ];
}

async function visibleMessage(id: string, person: Person): Promise<MessageRow> {
  const row = await findMessage(id);
  const sees = row && (row.facility === undefined ? facilitiesOf(person) === undefined : maySee(person, row.facility));
  if (!sees) throw notFound(`message ${id}`);
  return row;
}

function messageView(row: MessageRow) {
  const { _id: id, name, correlationKey, facility, sender, publishedAt, until, state } = row;
  const { taker, element, began, settledAt, withdrawn, offer } = row;
  return {
    id,
    name,
    correlationKey,
    facility,
    sender,
    publishedAt,
    until,
    state,
    taker,
    element,
    began,
    settledAt,
    withdrawn,
    heldOutTo: offer?.instance,
  };
}

function notWaiting({ state, taker, offer }: MessageRow): ProblemError {
  const detail = offer
    ? `It is being held out to ${offer.instance} now.`
    : `It is ${state}${taker === undefined ? '' : ` by ${taker}`}.`;
  return new ProblemError({
    status: 409,
    code: 'message-not-waiting',
    detail,
    hint: offer ? 'Try again in a moment.' : 'Only a message that waits can be taken back.',
  });
}
