/** A letter without its text and the recipient's phone number. */
import { maskText } from '../../../engine/model/personal-numbers.ts';
import { findLetter, type OutboxMessage } from '../../../store/messaging/outbox.ts';
import { covers, type Reach } from '../../http/policy.ts';
import { notFound } from '../../http/problem.ts';

/** @throws ProblemError 404, the same for a letter that does not exist and one of another facility */
export async function visibleLetter(id: string, reach: Reach): Promise<OutboxMessage> {
  const row = await findLetter(id);
  if (!row || !covers(reach, row.facility)) throw notFound(`letter ${id}`);
  return row;
}

export function letterView(row: OutboxMessage) {
  const { _id: id, instance, facility, to, lane, channel, template, status, reason, attempts, outages } = row;
  const { createdAt, dueAt, notAfter, gateway, error, handedAt, sentAt, deliveredAt, endedAt, resent, givenUp } = row;
  return {
    id,
    instance,
    facility,
    to,
    lane,
    channel,
    template,
    status,
    reason,
    attempts,
    outages,
    createdAt,
    dueAt,
    notAfter,
    gateway,
    ...(error !== undefined && { error: maskText(error) }),
    handedAt,
    sentAt,
    deliveredAt,
    endedAt,
    resent,
    givenUp,
  };
}
