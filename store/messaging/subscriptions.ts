/** Running instances that wait for messages and signals, wait by wait: those that have waited longest first. */
import type { PipelineStage, QueryFilter } from 'mongoose';
import { InstanceModel } from '../runtime/instances.ts';
import type { InstanceRow } from '../runtime/rows.ts';

export interface SubscriptionSearch {
  /** Absent: all. */
  facilities?: string[];
  kind?: 'message' | 'signal';
  name?: string;
  process?: string;
  correlationKey?: string;
  /** Where the page before ended. */
  after?: { since: string; id: string };
  limit: number;
}

export interface Subscription
  extends Pick<InstanceRow, 'process' | 'businessKey' | 'title' | 'facility' | 'definition'> {
  /** `<instance>#<wait key>#<name>`. */
  _id: string;
  instance: string;
  /** Of a signal, where it is shown to people. */
  element?: string;
  kind: 'message' | 'signal';
  name: string;
  correlationKey?: string;
  since: string;
}

/** Of what an instance listens to; signals have no element there, but their wait has. */
const heard = {
  messages: { $ifNull: ['$subscriptions', []] },
  signals: { $ifNull: ['$signalWaits', []] },
};

export async function listSubscriptions(search: SubscriptionSearch): Promise<Subscription[]> {
  const { kind, name, correlationKey, after, limit } = search;
  const ofEachWait = {
    ...(kind && { kind }),
    ...(name !== undefined && { name }),
    ...(correlationKey !== undefined && { correlationKey }),
    ...(after && { $or: [{ since: { $gt: after.since } }, { since: after.since, _id: { $gt: after.id } }] }),
  };
  const rows = await InstanceModel.aggregate<Subscription & { waits: InstanceRow['waits'] }>([
    { $match: instancesOf(search) },
    { $addFields: { heard: [kindOf('message', heard.messages), kindOf('signal', heard.signals)] } },
    { $unwind: '$heard' },
    { $unwind: '$heard.list' },
    {
      $project: {
        _id: { $concat: ['$_id', '#', { $ifNull: ['$heard.list.key', ''] }, '#', '$heard.list.name'] },
        instance: '$_id',
        process: 1,
        businessKey: 1,
        title: 1,
        facility: 1,
        definition: 1,
        waits: 1,
        kind: '$heard.kind',
        key: '$heard.list.key',
        name: '$heard.list.name',
        element: '$heard.list.element',
        correlationKey: '$heard.list.correlationKey',
        since: { $ifNull: ['$heard.list.since', '$startedAt'] },
      },
    },
    { $match: ofEachWait },
    { $sort: { since: 1, _id: 1 } },
    { $limit: limit },
  ] as PipelineStage[]);
  return rows.map(({ waits, ...row }) => withElement(row, waits));
}

const kindOf = (kind: Subscription['kind'], list: object) => ({ kind, list });

function instancesOf({
  facilities,
  kind,
  name,
  process,
  correlationKey,
}: SubscriptionSearch): QueryFilter<InstanceRow> {
  const named = name ?? { $exists: true };
  const messages =
    correlationKey === undefined
      ? { 'subscriptions.name': named }
      : { subscriptions: { $elemMatch: { name: named, correlationKey } } };
  // Signals have no correlation key.
  const listening = [
    ...(kind === 'signal' ? [] : [messages]),
    ...(kind === 'message' || correlationKey !== undefined ? [] : [{ signals: named }]),
  ];
  return {
    status: 'active',
    ...(facilities && { facility: { $in: facilities } }),
    ...(process !== undefined && { process }),
    $or: listening,
  } as QueryFilter<InstanceRow>;
}

function withElement(row: Subscription & { key?: string }, waits: InstanceRow['waits']): Subscription {
  const { key, ...subscription } = row;
  const element = subscription.element ?? waits.find((wait) => wait.key === key)?.element;
  return { ...subscription, ...(element !== undefined && { element }) };
}
