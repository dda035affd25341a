/** Problems of publishing: why a message was refused, or not received. */
import { findMessageStarts } from '../../../store/definitions/uses.ts';
import type { MessageRow } from '../../../store/messaging/message-rows.ts';
import { findInstance } from '../../../store/runtime/instances.ts';
import { keyTooLong } from '../../http/business-keys.ts';
import { covers, type Reach } from '../../http/policy.ts';
import { invalid, ProblemError, type ProblemFields } from '../../http/problem.ts';
import { ownSenderOf } from '../../processes/index.ts';
import type { Message } from './message-transport.ts';

function described({ name, correlationKey }: Message): string {
  return correlationKey === undefined ? `"${name}"` : `"${name}" with the key "${correlationKey}"`;
}

/**
 * Instances trust messages reserved to their process's own requests, so other senders are refused.
 * @throws ProblemError
 */
export function refuseOwnName(name: string): void {
  const owner = ownSenderOf(name);
  if (!owner) return;
  throw new ProblemError({
    status: 409,
    code: 'sent-elsewhere',
    detail: `"${name}" can be sent only by the requests of ${owner.process}.`,
    hint: owner.startedElsewhere ?? `Use the requests of ${owner.process}.`,
  });
}

/**
 * The reason why a message without a time to live was not received.
 * @param reach of the sender: instances outside it are not named
 */
export async function noSubscriber(
  message: Message,
  facility: string | undefined,
  reach: Reach,
  { running, refused }: { running: string[]; refused: string[] },
): Promise<ProblemError> {
  const [start] = await findMessageStarts(message.name);
  if (start && facility === undefined) {
    const why = `"${message.name}" starts the process ${start.process}; name the facility.`;
    return invalid([{ path: 'body.facility', code: 'needed', message: why }], 422);
  }
  const hint = 'With a "timeToLive" it is kept until it is received.';
  const problem = (fields: Omit<ProblemFields, 'hint'>) => new ProblemError({ ...fields, hint });
  if (running[0] !== undefined) {
    const row = await findInstance(running[0]);
    const named = row && covers(reach, row.facility) ? row._id : undefined;
    return problem({
      status: 409,
      code: 'already-running',
      detail: `${named ?? 'An instance'} runs under this key; a message starts one instance at a time.`,
      ...(named !== undefined && { more: { taker: named } }),
    });
  }
  if (refused.length > 0)
    return problem({
      status: 409,
      code: 'no-longer-waiting',
      detail: `An instance waited for ${described(message)}, but has continued or ended in the meantime.`,
    });
  return problem({
    status: 404,
    code: 'no-taker',
    detail: `No running instance waits for ${described(message)}, and no definition starts with it.`,
  });
}

/** @throws ProblemError when the correlation key is too long for a business key of the process it starts */
export async function refuseLongKey({ name, correlationKey }: Message): Promise<void> {
  if (correlationKey === undefined) return;
  for (const { process } of await findMessageStarts(name)) {
    const wrong = keyTooLong(process, correlationKey, 'body.correlationKey');
    if (wrong) throw invalid([wrong], 422);
  }
}

export function messageIdTaken({ messageId }: Message): ProblemError {
  return new ProblemError({
    status: 409,
    code: 'message-id-taken',
    detail: `A message with the id "${messageId}", the same name and key but other content was published before.`,
    hint: 'Give each message an id of its own; repeat one exactly as it was.',
  });
}

export function settledProblem({ _id: id }: MessageRow, code: 'withdrawn' | 'expired', detail: string): ProblemError {
  return new ProblemError({
    status: 409,
    code: `message-${code}`,
    detail,
    hint: 'Publish it under a new id if it is still needed.',
    more: { id },
  });
}

export function deliveryInProgress(): ProblemError {
  return new ProblemError({
    status: 503,
    code: 'messages-under-way',
    detail: 'Messages of this name and key are being delivered, so it is not known yet whether this one is received.',
    hint: 'Repeat the request with the same Idempotency-Key in a moment; it takes effect once.',
    headers: { 'Retry-After': '1' },
  });
}
