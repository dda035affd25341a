/** Messages and signals from outside: stored first, then delivered at once to waiting instances (store/messaging/delivery.ts). */

import type { Variables } from '../../../engine/model/plan.ts';
import { addDuration } from '../../../engine/time/duration.ts';
import { TimeError } from '../../../engine/time/error.ts';
import { broadcastInserted, deliver, type MessageTransport } from '../../../store/messaging/delivery.ts';
import { dropMessage } from '../../../store/messaging/message-fates.ts';
import type { MessageRow } from '../../../store/messaging/message-rows.ts';
import { findMessage, insertMessage } from '../../../store/messaging/messages.ts';
import { insertSignal } from '../../../store/messaging/signals.ts';
import { findFacility } from '../../../store/organisation/facilities.ts';
import type { Deps } from '../../http/deps.ts';
import { digestOf } from '../../http/digest.ts';
import { covers, type Reach } from '../../http/policy.ts';
import { invalid, wrongFacility } from '../../http/problem.ts';
import type { Asked } from '../../http/route.ts';
import { refusalProblem, updateIdOf } from '../instances/instance-updates.ts';
import { untilListed } from '../instances/listed.ts';
import { requireDeclaredByHearers, requireDeclaredByTaker } from './declared.ts';
import {
  deliveryInProgress,
  messageIdTaken,
  noSubscriber,
  refuseLongKey,
  refuseOwnName,
  settledProblem,
} from './message-problems.ts';
import { type Message, messageTransportOf } from './message-transport.ts';

export type Published =
  | { kind: 'taken'; message: MessageRow; happened: { zh: string; en: string } }
  | { kind: 'waiting'; message: MessageRow; happened: { zh: string; en: string } };

/** A correlation key of this length fits a business key of any process (process ids have at most 100 bytes), so no look-up is needed. */
const alwaysFits = 16;

/** Delivered to exactly one receiver, at once or within its time to live. */
export async function publish(
  deps: Deps,
  { person, reach, idempotencyKey }: Asked,
  message: Message,
): Promise<Published> {
  const { name, correlationKey, variables, timeToLive, messageId } = message;
  refuseOwnName(name);
  const facility = await facilityFor(reach, message.facility);
  if ((message.correlationKey?.length ?? 0) > alwaysFits) await refuseLongKey(message);
  const publishedAt = new Date().toISOString();
  const until = untilOf(publishedAt, timeToLive);
  const id =
    messageId === undefined
      ? updateIdOf(person.id, 'POST /api/messages', message, idempotencyKey)
      : digestOf('message', facility ?? null, name, correlationKey ?? null, messageId);
  const digest = digestOf(variables, message.facility ?? null);
  if (!(await findMessage(id))) await requireDeclaredByTaker(message, reach);
  const row = await insertMessage({
    _id: id,
    name,
    ...(correlationKey !== undefined && { correlationKey }),
    variables,
    digest,
    ...(facility !== undefined && { facility }),
    ...(reach && { reach: [...reach] }),
    sender: { staff: person.id },
    publishedAt,
    until,
  });
  if (row.digest !== digest) throw messageIdTaken(message);
  const carrier = messageTransportOf(deps);
  if (row.state === 'waiting') await deliverOrBuffer(deps, carrier, row, timeToLive !== undefined);
  const now = (await findMessage(id)) ?? row;
  deps.metrics.messages.inc({ result: resultOf(row, now) });
  switch (now.state) {
    case 'taken':
      if (now.began && now.taker !== undefined) await untilListed(deps, now.taker);
      return { kind: 'taken', message: now, happened: carrier.happened.get(id) ?? takenBefore };
    case 'waiting':
      if (timeToLive === undefined) throw deliveryInProgress();
      return {
        kind: 'waiting',
        message: now,
        happened: { zh: '暂无人等待此消息，已保存', en: 'No instance waits for it yet; it is kept until one does.' },
      };
    case 'withdrawn':
      throw settledProblem(now, 'withdrawn', 'An operator withdrew this message.');
    case 'expired':
      if (timeToLive !== undefined)
        throw settledProblem(now, 'expired', `Nobody received this message before ${now.until}.`);
  }
  await dropMessage(id);
  const undeclared = carrier.refusals.find((one) => one.code === 'not-declared');
  if (undeclared) throw await refusalProblem(undeclared, person.id);
  throw await noSubscriber(message, facility, reach, carrier);
}

const resultOf = (before: MessageRow, { state, began }: MessageRow): string => {
  if (before.state !== 'waiting') return 'repeated';
  if (state === 'taken') return began ? 'began' : 'taken';
  return state === 'waiting' ? 'waiting' : 'nobody';
};

/** If delivery fails, the worker continues it for a message with a time to live. */
async function deliverOrBuffer(
  deps: Deps,
  carrier: MessageTransport,
  row: MessageRow,
  mayWait: boolean,
): Promise<void> {
  try {
    await deliver(carrier, row);
  } catch (error) {
    if (!mayWait) throw error;
    deps.log.warn({ message: row._id }, 'a message is stored, but could not be delivered at once');
  }
}

/** Delivered to all waiting instances; also starts the processes with a matching start event. */
export async function throwSignal(
  deps: Deps,
  { person, reach, idempotencyKey }: Asked,
  signal: { name: string; variables: Variables; facility?: string | undefined },
): Promise<{ id: string; delivered: number; began: string[] }> {
  refuseOwnName(signal.name);
  const id = updateIdOf(person.id, 'POST /api/signals', signal, idempotencyKey);
  const facility = await facilityFor(reach, signal.facility);
  await requireDeclaredByHearers(signal, reach);
  const row = await insertSignal({
    _id: id,
    name: signal.name,
    variables: signal.variables,
    ...(facility !== undefined && { facility }),
    ...(reach && { reach: [...reach] }),
    sender: { staff: person.id },
    at: new Date().toISOString(),
  });
  const counts = await broadcastInserted(messageTransportOf(deps), row);
  if (!counts) throw deliveryInProgress();
  return { id, ...counts };
}

/** Facility of a started process: as requested, otherwise the first one within reach. */
async function facilityFor(reach: Reach, asked: string | undefined): Promise<string | undefined> {
  if (asked === undefined) return reach?.[0];
  if (!covers(reach, asked)) throw wrongFacility(asked);
  if (!(await findFacility(asked)))
    throw invalid([{ path: 'body.facility', code: 'unknown', message: `There is no facility ${asked}.` }], 422);
  return asked;
}

const maxDays = 400;

function untilOf(publishedAt: string, timeToLive: string | undefined): string {
  if (timeToLive === undefined) return publishedAt;
  const wrong = (message: string) => invalid([{ path: 'body.timeToLive', code: 'bad_duration', message }]);
  try {
    const until = addDuration(publishedAt, timeToLive, 'UTC');
    const ms = Date.parse(until) - Date.parse(publishedAt);
    if (ms <= 0 || ms > maxDays * 86_400_000) throw wrong(`A time to live is above zero and at most ${maxDays} days.`);
    return until;
  } catch (error) {
    if (error instanceof TimeError) throw wrong(error.message);
    throw error;
  }
}

const takenBefore = { zh: '此消息此前已被接收', en: 'This message was received before.' };
