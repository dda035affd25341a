/**
 * Periodic round for messages and signals: interrupted deliveries, expired messages, and senders to be notified.
 * Successful deliveries need no round.
 */
import type { Messenger } from '../activities/runtime/ports.ts';
import { broadcast, deliver } from '../store/messaging/delivery.ts';
import type { Channel } from '../store/messaging/message-channels.ts';
import { recordSenderNotified } from '../store/messaging/message-fates.ts';
import type { MessageRow } from '../store/messaging/message-rows.ts';
import { findDueMessages, findSendersToNotify } from '../store/messaging/messages.ts';
import { claimInterruptedBroadcast } from '../store/messaging/signals.ts';
import { findInstance } from '../store/runtime/instances.ts';
import { addLineAfterEnd } from '../store/runtime/journal.ts';
import type { Log } from './log.ts';
import { backoffMs, pausesUntil } from './pause.ts';

const everyMs = 1000;
const maxAtOnce = 200;

export interface MessageRoundCounts {
  expired(): void;
}

/** Runs until the signal is aborted; a running round is finished first. */
export async function runMessageRounds(
  messenger: Messenger,
  log: Log,
  counts: MessageRoundCounts,
  stop: AbortSignal,
): Promise<void> {
  const pauses = pausesUntil(stop);
  for (let failures = 0; !stop.aborted; ) {
    const problems = await runMessageRound(messenger, counts);
    failures = problems.length > 0 ? failures + 1 : 0;
    if (problems[0]) {
      const reason = problems[0] instanceof Error ? problems[0].message : String(problems[0]);
      log.warn({ reason, problems: problems.length }, 'A round of messages failed in part; retrying');
    }
    await pauses.pause(failures > 0 ? backoffMs(failures) : everyMs);
  }
}

/**
 * One round; exported for tests. A failure does not affect the other work.
 * @returns the failures
 */
export async function runMessageRound(messenger: Messenger, counts: MessageRoundCounts): Promise<unknown[]> {
  const problems: unknown[] = [];
  const attempt = (work: () => Promise<void>) => work().catch((error: unknown) => void problems.push(error));
  await attempt(async () => {
    const due = await findDueMessages(new Date().toISOString(), maxAtOnce);
    // The current holder of a channel delivers everything waiting in it.
    await atATime(8, channelsOf(due), (channel) => attempt(async () => void (await deliver(messenger, channel, 0))));
  });
  await attempt(async () => {
    for (const message of await findSendersToNotify(maxAtOnce))
      await attempt(async () => {
        await notifySender(messenger, message);
        await recordSenderNotified(message._id);
        counts.expired();
      });
  });
  await attempt(async () => {
    for (let signal = await claimInterruptedBroadcast(); signal; signal = await claimInterruptedBroadcast())
      await broadcast(messenger, signal);
  });
  return problems;
}

/** Journaled by the instance while it runs, by the worker after its end. External senders poll (`GET /api/messages/{id}`). */
async function notifySender(messenger: Messenger, { _id: id, name, sender, until }: MessageRow): Promise<void> {
  const { instance, element } = sender;
  if (instance === undefined) return;
  const about = { id, name, until, ...(element !== undefined && { element }) };
  if (await messenger.undelivered(instance, about)) return;
  if (!(await findInstance(instance))) return;
  await addLineAfterEnd(instance, {
    at: new Date().toISOString(),
    kind: 'message-undelivered',
    ...(element !== undefined && { element }),
    data: { id, message: name, until },
  });
}

function channelsOf(messages: MessageRow[]): Channel[] {
  const channels = new Map<string, Channel>();
  for (const { name, correlationKey } of messages)
    channels.set(JSON.stringify([name, correlationKey]), {
      name,
      ...(correlationKey !== undefined && { correlationKey }),
    });
  return [...channels.values()];
}

async function atATime<T>(many: number, items: T[], work: (item: T) => Promise<void>): Promise<void> {
  const rest = [...items];
  const one = async (): Promise<void> => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(many, rest.length) }, one));
}
