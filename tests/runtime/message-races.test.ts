/** Messages and signals that meet instances before, while and after they begin to wait: none is lost, none is taken twice. */
import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { messageActivities } from '../../activities/runtime/messages.ts';
import type { Activities, Projection } from '../../activities/types.ts';
import type { Variables } from '../../engine/model/plan.ts';
import { broadcast, deliver } from '../../store/messaging/delivery.ts';
import { recordOffer } from '../../store/messaging/message-fates.ts';
import type { MessageRow } from '../../store/messaging/message-rows.ts';
import { findMessage, insertMessage } from '../../store/messaging/messages.ts';
import { findSignalTakers } from '../../store/messaging/signal-takers.ts';
import { insertSignal } from '../../store/messaging/signals.ts';
import { findInstance, findMessageListeners } from '../../store/runtime/instances.ts';
import { listJournal } from '../../store/runtime/journal.ts';
import { createMessenger } from '../../temporal/messenger.ts';
import { runMessageRound } from '../../worker/message-round.ts';
import { aPlan, feel, literal } from '../engine/support/plan.ts';
import { eventually, firstTask, type Runtime, startRuntime } from '../support/runtime.ts';

let runtime: Runtime;
const key = feel('orderId');
const arrived = { name: literal('arrived'), correlationKey: key };

beforeAll(async () => {
  runtime = await startRuntime({ temporalAddress: inject('temporalAddress'), mongodbUri: inject('mongodbUri') }, [
    'waits-for-message',
  ]);
  // Takes one after the other, and writes down in which order.
  await runtime.deployPlan(
    aPlan('collects')
      .add('startEvent', 'Start')
      .add('receiveTask', 'Take', {
        message: arrived,
        outputs: [{ source: feel('append(taken, n)'), target: 'taken' }],
      })
      .add('exclusiveGateway', 'Enough')
      .add('endEvent', 'End')
      .flow('Start', 'Take', 'Enough')
      .branch('Enough', 'End', { condition: 'count(taken) >= wanted' })
      .branch('Enough', 'Take', { default: true })
      .build(),
  );
  await runtime.deployPlan(
    aPlan('hears-twice')
      .add('startEvent', 'Start')
      .add('intermediateCatchEvent', 'First', { events: [{ type: 'signal', name: literal('alarm') }] })
      .add('intermediateCatchEvent', 'Second', { events: [{ type: 'signal', name: literal('alarm') }] })
      .add('endEvent', 'End')
      .flow('Start', 'First', 'Second', 'End')
      .build(),
  );
});
afterAll(() => runtime?.close());

const messenger = () => createMessenger(runtime.client, runtime.taskQueue);

async function publish(orderId: string, variables: Variables = {}, id: string = randomUUID()): Promise<MessageRow> {
  const publishedAt = new Date().toISOString();
  const row = await insertMessage({
    _id: id,
    name: 'arrived',
    correlationKey: orderId,
    variables,
    digest: id,
    sender: { staff: 'ops-1' },
    publishedAt,
    until: new Date(Date.now() + 600_000).toISOString(),
  });
  await deliver(messenger(), row);
  return (await findMessage(id)) ?? row;
}

/** As the worker's program does each second. */
async function goRoundUntil(isSo: () => Promise<boolean | undefined>): Promise<void> {
  await eventually(async () => {
    await runMessageRound(messenger(), { expired: () => {} });
    return isSo();
  });
}

const isTaken = async (id: string): Promise<boolean> => (await findMessage(id))?.state === 'taken';

/** Messages an instance took, as its journal tells. */
async function takenBy(handle: WorkflowHandle): Promise<unknown[]> {
  const lines = await listJournal(handle.workflowId, 0, 1000);
  return lines.flatMap(({ kind, data }) => (kind === 'event-fired' ? [(data as { message?: string }).message] : []));
}

test('twenty messages of one key, published before, while and after somebody waits, are taken once each, the oldest first', async () => {
  const orderId = `O${randomUUID()}`;
  const ids: string[] = [];
  const send = async (n: number): Promise<void> => {
    ids[n] = (await publish(orderId, { n }))._id;
  };
  for (let n = 0; n < 7; n++) await send(n);
  const starting = runtime.start('collects', { variables: { orderId, taken: [], wanted: 20 } });
  for (let n = 7; n < 14; n++) await send(n);
  const handle = await starting;
  for (let n = 14; n < 20; n++) await send(n);
  await goRoundUntil(async () => (await findInstance(handle.workflowId))?.status === 'completed');
  const { variables } = (await handle.result()) as { variables: Variables };
  expect(variables['taken']).toEqual(Array.from({ length: 20 }, (_, n) => n));
  expect(await takenBy(handle)).toEqual(ids);
});

test('twenty messages at once to twenty instances that begin at once reach each its own', async () => {
  const keys = Array.from({ length: 20 }, () => `O${randomUUID()}`);
  const [sent, handles] = await Promise.all([
    Promise.all(keys.map((orderId) => publish(orderId))),
    Promise.all(keys.map((orderId) => runtime.start('waits-for-message', { variables: { orderId } }))),
  ]);
  // No round: who begins to wait finds what was there before.
  for (const handle of handles) expect(await handle.result()).toMatchObject({ status: 'completed' });
  const taken = await Promise.all(handles.map(takenBy));
  expect(taken).toEqual(sent.map((message) => [message._id]));
});

test('of several that wait for the same the one takes it that has waited longest, and only that one', async () => {
  const orderId = `O${randomUUID()}`;
  const handles: WorkflowHandle[] = [];
  // The lower business key waits last.
  for (const businessKey of ['Z', 'M', 'A'].map((letter) => `${letter}${randomUUID().slice(0, 8)}`)) {
    handles.push(await runtime.start('waits-for-message', { businessKey, variables: { orderId } }));
    await eventually(async () => (await findMessageListeners('arrived', orderId)).length === handles.length);
  }
  const ids = await Promise.all([randomUUID(), randomUUID()].map(async (id) => (await publish(orderId, {}, id))._id));
  await goRoundUntil(async () => (await Promise.all(ids.map(isTaken))).every(Boolean));
  const takers = await Promise.all(ids.map(async (id) => (await findMessage(id))?.taker));
  expect(takers.sort()).toEqual([handles[0]?.workflowId, handles[1]?.workflowId].sort());
  expect((await publish(orderId)).taker).toBe(handles[2]?.workflowId);
  for (const handle of handles) expect(await handle.result()).toMatchObject({ status: 'completed' });
});

test('the same message published twenty times at once is taken once', async () => {
  const orderId = `O${randomUUID()}`;
  const handle = await runtime.start('collects', { variables: { orderId, taken: [], wanted: 2 } });
  const id = randomUUID();
  await Promise.all(Array.from({ length: 20 }, () => publish(orderId, { n: 1 }, id)));
  await goRoundUntil(() => isTaken(id));
  await publish(orderId, { n: 2 });
  await goRoundUntil(async () => (await findInstance(handle.workflowId))?.status === 'completed');
  expect(await handle.result()).toMatchObject({ variables: { taken: [1, 2] } });
});

test('whoever continues after a crash asks the instance that was asked before, also when it has ended by it', async () => {
  const orderId = `O${randomUUID()}`;
  const [first, second] = [
    await runtime.start('waits-for-message', { variables: { orderId } }),
    await runtime.start('waits-for-message', { variables: { orderId } }),
  ];
  await eventually(async () => (await findMessageListeners('arrived', orderId)).length === 2);
  const id = randomUUID();
  const publishedAt = new Date().toISOString();
  const until = new Date(Date.now() + 600_000).toISOString();
  const sender = { staff: 'ops-1' };
  await insertMessage({
    _id: id,
    name: 'arrived',
    correlationKey: orderId,
    variables: {},
    digest: id,
    sender,
    publishedAt,
    until,
  });
  // Here its sender died: the instance was asked and has it, nobody wrote that down.
  await recordOffer(id, { instance: second.workflowId, element: 'Wait' }, 1);
  await second.executeUpdate('correlate', {
    updateId: id,
    args: [{ id, name: 'arrived', correlationKey: orderId, variables: {} }],
  });
  expect(await second.result()).toMatchObject({ status: 'completed' });
  await goRoundUntil(() => isTaken(id));
  expect(await findMessage(id)).toMatchObject({ taker: second.workflowId });
  expect(await takenBy(first)).toEqual([]);
  await publish(orderId);
  await first.result();
});

test('a message that finds no worker stays with the instance it was held out to, and is taken when a worker is back', async () => {
  const orderId = `O${randomUUID()}`;
  const handle = await runtime.start('waits-for-message', { variables: { orderId } });
  await eventually(async () => (await findMessageListeners('arrived', orderId)).length === 1);
  await runtime.stopWorker();
  const id = randomUUID();
  await expect(publish(orderId, {}, id)).rejects.toThrow();
  expect(await findMessage(id)).toMatchObject({ state: 'waiting', offer: { instance: handle.workflowId } });
  await runtime.startWorker();
  await goRoundUntil(() => isTaken(id));
  expect(await handle.result()).toMatchObject({ status: 'completed' });
  expect(await takenBy(handle)).toEqual([id]);
});

/** A worker whose rows of some instances come late. */
async function withLateRows(
  isLate: (rows: Projection) => boolean,
  work: (late: { came: Promise<void>; write(): void }) => Promise<void>,
): Promise<void> {
  let write = () => {};
  let arrive = () => {};
  const gate = new Promise<void>((resolve) => {
    write = resolve;
  });
  const came = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const shipped = messageActivities(messenger());
  const project: Activities['project'] = async (rows) => {
    if (isLate(rows)) {
      arrive();
      await gate;
    }
    return shipped.project(rows);
  };
  await runtime.stopWorker();
  await runtime.startWorker({ project });
  try {
    await work({ came, write });
  } finally {
    write();
    await runtime.stopWorker();
    await runtime.startWorker();
  }
}

test('a message published between the wait and its row is taken when the row is written', async () => {
  const orderId = `O${randomUUID()}`;
  const waits = (rows: Projection) => rows.instance.subscriptions.some((one) => one.correlationKey === orderId);
  await withLateRows(waits, async ({ came, write }) => {
    const handle = await runtime.start('waits-for-message', { variables: { orderId } });
    await came;
    expect(await publish(orderId)).toMatchObject({ state: 'waiting' });
    write();
    expect(await handle.result()).toMatchObject({ status: 'completed' });
  });
});

test('a signal reaches an instance that waits without a row yet, once, and none that waits only later', async () => {
  const isHearing = (rows: Projection) => rows.instance.process === 'hears-twice';
  await withLateRows(isHearing, async ({ came, write }) => {
    const handle = await runtime.start('hears-twice');
    await came;
    const throwing = async (at = new Date().toISOString()) => {
      const sender = { staff: 'ops-1' };
      const signal = await insertSignal({ _id: randomUUID(), name: 'alarm', variables: {}, sender, at });
      return broadcast(messenger(), signal);
    };
    // Thrown before anybody waited: nobody hears it, not even later.
    await throwing('2026-01-01T00:00:00.000Z');
    expect(await throwing()).toEqual({ delivered: 0, began: [] });
    write();
    const waitsAt = (element: string) =>
      eventually(async () => (await findInstance(handle.workflowId))?.waits.some((wait) => wait.element === element));
    await waitsAt('Second');
    expect(await findSignalTakers('alarm')).toMatchObject([{ instance: handle.workflowId }]);
    expect(await throwing()).toEqual({ delivered: 1, began: [] });
    expect(await handle.result()).toMatchObject({ status: 'completed' });
  });
});

test('the sender of an expired message journals it', async () => {
  await runtime.deployPlan(
    aPlan('asks')
      .add('startEvent', 'Start')
      .add('intermediateThrowEvent', 'Ask', {
        properties: { timeToLive: 'PT0.2S' },
        events: [{ type: 'message', name: literal('asked') }],
      })
      .add('userTask', 'Work')
      .add('endEvent', 'End')
      .flow('Start', 'Ask', 'Work', 'End')
      .build(),
  );
  const handle = await runtime.start('asks');
  await firstTask(handle);
  const lines = async () => (await listJournal(handle.workflowId, 0, 100)).filter(({ kind }) => /^message-/.test(kind));
  await goRoundUntil(async () => (await lines()).length === 2);
  expect(await lines()).toMatchObject([
    { kind: 'message-buffered', element: 'Ask', data: { message: 'asked' } },
    { kind: 'message-undelivered', element: 'Ask', data: { message: 'asked' } },
  ]);
});
