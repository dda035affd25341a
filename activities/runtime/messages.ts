/**
 * BPMN messages and signals thrown by an instance, and what a new wait finds: all of them are rows (store/messaging/messages.ts, store/messaging/signals.ts)
 * before anybody is told through Temporal. Rows of instances are written here too, because who begins to wait looks for messages then.
 */
import { log } from '@temporalio/activity';
import type { Plan } from '../../engine/model/plan.ts';
import { addDuration } from '../../engine/time/duration.ts';
import { isUnavailable } from '../../store/db/availability.ts';
import { rememberFor } from '../../store/db/remember.ts';
import { findPinnedPlan } from '../../store/definitions/plans.ts';
import { hasMessageStarts } from '../../store/definitions/uses.ts';
import { broadcastInserted, deliver, reaches } from '../../store/messaging/delivery.ts';
import {
  findDeliveryWatermark,
  removeDeliveryWatermark,
  saveDeliveryWatermark,
} from '../../store/messaging/delivery-watermark.ts';
import type { Channel } from '../../store/messaging/message-channels.ts';
import {
  findMessage,
  findWaitingFor,
  findWaitingToBegin,
  insertMessage,
  wakeMessages,
} from '../../store/messaging/messages.ts';
import { findSignalsSince, insertSignal } from '../../store/messaging/signals.ts';
import { findUnassignable } from '../../store/organisation/assignable.ts';
import { type RefusedRow, writeProjection } from '../../store/runtime/projection.ts';
import type { InstanceRow, Projection } from '../../store/runtime/rows.ts';
import type { RuntimeActivities } from '../types.ts';
import { sharedBetweenAttempts } from './long-writes.ts';
import type { Messenger } from './ports.ts';
import { taskSearchKeys } from './search-keys.ts';

export function messageActivities(
  messenger: Messenger,
): Pick<RuntimeActivities, 'project' | 'publishMessage' | 'broadcastSignal'> {
  const watermarks = createDeliveryWatermarks();

  /** Not awaited; after a failure the worker's round delivers (worker/message-round.ts). */
  function deliverInBackground(channels: Channel[]): void {
    void (async () => {
      for (const channel of channels) await deliver(messenger, channel);
    })().catch(() => undefined);
  }

  /** What came for its new waits before their row was there. */
  async function deliverEarlier(row: InstanceRow): Promise<void> {
    const news = await watermarks.newIn(row);
    await Promise.all([findMessagesFor(row, news), deliverMissedSignals(row, news)]);
    await watermarks.done(row, news);
  }

  async function findMessagesFor(row: InstanceRow, { subscriptions }: NewSubscriptions): Promise<void> {
    const channels = [
      ...(await findWaitingFor(subscriptions)),
      ...(row.status !== 'active' && (await startsByMessages(row.process)) ? await findWaitingToBegin(row) : []),
    ];
    if (channels.length === 0) return;
    await wakeMessages(channels);
    deliverInBackground(channels);
  }

  /** Signals thrown since it waits, before its row told so; one it has heard already it knows by the id. */
  async function deliverMissedSignals(row: InstanceRow, { signalWaits }: NewSubscriptions): Promise<void> {
    if (signalWaits.length === 0) return;
    const since = signalWaits.map((one) => one.since).sort()[0] ?? row.startedAt;
    for (const signal of await findSignalsSince([...new Set(signalWaits.map((one) => one.name))], since)) {
      const hears = signalWaits.some((one) => one.name === signal.name && one.since <= signal.at);
      if (hears && signal.sender.instance !== row._id && reaches(signal.reach, row.facility))
        await messenger.signal(row._id, signal);
    }
  }

  return {
    project: sharedBetweenAttempts(async (rows) => {
      const refused: RefusedRow[] = [];
      const found = await writeProjection(await withSearchKeys(rows), (row) => refused.push(row));
      const [unassignable] = await Promise.all([findUnassignable(rows.tasks), deliverEarlier(rows.instance)]);
      const [first] = refused;
      if (found === undefined && unassignable.length === 0 && !first) return undefined;
      return {
        ...(found !== undefined && { found }),
        ...(unassignable.length > 0 && { unassignable }),
        ...(first && { refused: { rows: refused.map(({ kind, id }) => `${kind} ${id}`), cause: saidOf(first) } }),
      };
    }),

    async publishMessage({ id, name, correlationKey, variables, from, lineage, element, facility, clock, timeToLive }) {
      const publishedAt = new Date().toISOString();
      const row = await insertMessage({
        _id: id,
        name,
        ...(correlationKey !== undefined && { correlationKey }),
        variables,
        digest: id,
        facility,
        sender: { instance: from, element, lineage },
        ...(clock && { clock }),
        publishedAt,
        until: addDuration(publishedAt, timeToLive ?? defaultTimeToLive, 'UTC'),
      });
      try {
        if (row.state === 'waiting') await deliver(messenger, row);
      } catch (error) {
        if (isUnavailable(error)) throw error;
        // It is stored: the worker's round continues with it.
        log.warn('A message was not handed over at once', { reason: error instanceof Error ? error.message : '' });
      }
      const now = (await findMessage(id)) ?? row;
      return { taker: now.taker ?? null, until: now.until };
    },

    async broadcastSignal({ id, name, variables, from, lineage, facility }) {
      const signal = await insertSignal({
        _id: id,
        name,
        variables,
        facility,
        sender: { instance: from, lineage },
        at: new Date().toISOString(),
      });
      const counts = await broadcastInserted(messenger, signal);
      if (!counts) throw new Error('Another worker is broadcasting this signal.');
      return { takers: counts.delivered + counts.began.length };
    },
  };
}

async function withSearchKeys(rows: Projection): Promise<Projection> {
  if (rows.tasks.length === 0) return rows;
  const { key, version, hash } = rows.instance.definition;
  const columns = (await findPinnedPlan<Plan>(key, version, hash))?.profile?.columns ?? [];
  return { ...rows, tasks: rows.tasks.map((task) => ({ ...task, searchKeys: taskSearchKeys(task, columns) })) };
}

/** It goes into the history: its beginning is enough. */
const saidOf = ({ cause }: RefusedRow): string => cause.slice(0, 300);

/** Default time to live of thrown messages; the same as in Zeebe's clients. */
const defaultTimeToLive = 'PT1H';

interface NewSubscriptions {
  subscriptions: InstanceRow['subscriptions'];
  signalWaits: InstanceRow['signalWaits'] & object;
}

/** A version that has just been deployed is known a little later; its messages are held out again by then. */
const startsByMessages = rememberFor(5000, hasMessageStarts);

const maxRemembered = 20_000;

/** A row is written many times, and only a new wait can have missed anything. What this program has looked for it keeps in mind. */
function createDeliveryWatermarks(): {
  newIn(row: InstanceRow): Promise<NewSubscriptions>;
  done(row: InstanceRow, news: NewSubscriptions): Promise<void>;
} {
  const known = new Map<string, number>();
  const lifeOf = (row: InstanceRow): string => `${row._id} ${row.startedAt}`;
  const keyOf = (wait: { key?: string }): number => Number(wait.key ?? 0);

  function keep(row: InstanceRow, upTo: number): void {
    known.delete(lifeOf(row));
    known.set(lifeOf(row), upTo);
    if (known.size > maxRemembered) known.delete(known.keys().next().value as string);
  }

  return {
    async newIn(row) {
      const { subscriptions, signalWaits = [] } = row;
      if (row.status !== 'active' || subscriptions.length + signalWaits.length === 0)
        return { subscriptions: [], signalWaits: [] };
      const upTo = known.get(lifeOf(row)) ?? (await findDeliveryWatermark(row._id, row.startedAt));
      keep(row, upTo);
      const isNew = (wait: { key?: string }): boolean => keyOf(wait) > upTo;
      return { subscriptions: subscriptions.filter(isNew), signalWaits: signalWaits.filter(isNew) };
    },
    async done(row, { subscriptions, signalWaits }) {
      if (row.status !== 'active') {
        // One that another program has written goes by its age.
        if (known.delete(lifeOf(row))) await removeDeliveryWatermark(row._id);
        return;
      }
      const keys = [...subscriptions, ...signalWaits].map(keyOf);
      if (keys.length === 0) return;
      const upTo = Math.max(...keys);
      await saveDeliveryWatermark(row._id, row.startedAt, upTo);
      keep(row, upTo);
    },
  };
}
