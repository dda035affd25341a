/**
 * BPMN messages and signals thrown by an instance, and what a new wait finds: all of them are rows (store/messages.ts, store/signals.ts)
 * before anybody is told through Temporal. Rows of instances are written here too, because who begins to wait looks for messages then.
 */
import { log } from '@temporalio/activity';
import { addDuration } from '../engine/time/duration.ts';
import { isUnavailable } from '../store/availability.ts';
import { broadcast, type Carrier, handOver, reaches } from '../store/hand-over.ts';
import type { Channel } from '../store/message-channels.ts';
import { findMessage, findWaitingFor, findWaitingToBegin, insertMessage, wakeMessages } from '../store/messages.ts';
import { writeProjection } from '../store/projection.ts';
import type { InstanceRow } from '../store/rows.ts';
import { findSignalsSince, insertSignal } from '../store/signals.ts';
import type { RuntimeActivities } from './types.ts';

/** Temporal as these activities need it; made by the worker (worker/messenger.ts). */
export interface Messenger extends Carrier {
  /** Tells the sender of a message that nobody took it in time. @returns false when the sender has ended */
  undelivered(
    instance: string,
    message: { id: string; name: string; element?: string; until: string },
  ): Promise<boolean>;
}

export function messageActivities(
  messenger: Messenger,
): Pick<RuntimeActivities, 'project' | 'publishMessage' | 'broadcastSignal'> {
  const looked = createLooked();

  /** Nobody waits for it; a failure is made good by the worker's round (worker/post.ts). */
  function handOverSoon(channels: Channel[]): void {
    void (async () => {
      for (const channel of channels) await handOver(messenger, channel);
    })().catch(() => undefined);
  }

  async function listen(row: InstanceRow): Promise<void> {
    const channels = [...(await messagesFor(row)), ...(row.status === 'active' ? [] : await findWaitingToBegin(row))];
    if (channels.length === 0) return;
    await wakeMessages(channels);
    handOverSoon(channels);
  }

  async function messagesFor(row: InstanceRow): Promise<Channel[]> {
    return findWaitingFor(row.subscriptions.filter((one) => looked.isNew(row, one.key)));
  }

  /** Signals thrown since it waits, before its row told so; one it has heard already it knows by the id. */
  async function hearWhatWasMissed(row: InstanceRow): Promise<void> {
    const waits = (row.signalWaits ?? []).filter((one) => looked.isNew(row, one.key));
    if (waits.length === 0) return;
    const since = waits.map((one) => one.since).sort()[0] ?? row.startedAt;
    for (const signal of await findSignalsSince([...new Set(waits.map((one) => one.name))], since)) {
      const hears = waits.some((one) => one.name === signal.name && one.since <= signal.at);
      if (hears && signal.sender.instance !== row._id && reaches(signal.reach, row.facility))
        await messenger.signal(row._id, signal);
    }
  }

  return {
    async project(rows) {
      await writeProjection(rows);
      await Promise.all([listen(rows.instance), hearWhatWasMissed(rows.instance)]);
      looked.done(rows.instance);
    },

    async publishMessage({ id, name, correlationKey, variables, from, element, facility, timeToLive }) {
      const publishedAt = new Date().toISOString();
      const row = await insertMessage({
        _id: id,
        name,
        ...(correlationKey !== undefined && { correlationKey }),
        variables,
        digest: id,
        ...(facility !== undefined && { facility }),
        sender: { instance: from, ...(element !== undefined && { element }) },
        publishedAt,
        until: addDuration(publishedAt, timeToLive ?? usualTimeToLive, 'UTC'),
      });
      try {
        if (row.state === 'waiting') await handOver(messenger, row);
      } catch (error) {
        if (isUnavailable(error)) throw error;
        // It is written: the worker's round goes on with it.
        log.warn('A message was not handed over at once', { reason: error instanceof Error ? error.message : '' });
      }
      const now = (await findMessage(id)) ?? row;
      return { taker: now.taker ?? null, until: now.until };
    },

    async broadcastSignal({ id, name, variables, from, facility }) {
      const signal = await insertSignal({
        _id: id,
        name,
        variables,
        ...(facility !== undefined && { facility }),
        sender: { instance: from },
        at: new Date().toISOString(),
      });
      const { told, began } = await broadcast(messenger, signal);
      return { takers: told + began.length };
    },
  };
}

/** Of messages thrown by an instance whose drawing says nothing of it; the same as Zeebe's clients take. */
export const usualTimeToLive = 'PT1H';

const mostRemembered = 20_000;

/**
 * Which waits of an instance were looked after: a row is written many times, and only a new wait can have missed anything. Keys of waits
 * count upwards. Forgetting costs a question to the database, no more.
 */
function createLooked(): { isNew(row: InstanceRow, key: string | undefined): boolean; done(row: InstanceRow): void } {
  const upTo = new Map<string, number>();
  const lifeOf = (row: InstanceRow): string => `${row._id} ${row.startedAt}`;
  return {
    isNew: (row, key) => row.status === 'active' && Number(key ?? 0) > (upTo.get(lifeOf(row)) ?? -1),
    done(row) {
      const life = lifeOf(row);
      const known = upTo.get(life) ?? -1;
      upTo.delete(life);
      if (row.status !== 'active') return;
      const keys = [...row.subscriptions, ...(row.signalWaits ?? [])].map((one) => Number(one.key ?? 0));
      upTo.set(life, Math.max(known, ...keys));
      if (upTo.size > mostRemembered) upTo.delete(upTo.keys().next().value as string);
    },
  };
}
