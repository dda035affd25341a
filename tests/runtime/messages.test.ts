import { WorkflowUpdateFailedError } from '@temporalio/client';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { ExplainContext, Explanation } from '../../engine/model/types.ts';
import { MessageModel } from '../../store/messaging/message-rows.ts';
import { findMessage, listMessages } from '../../store/messaging/messages.ts';
import { findSignalTakers } from '../../store/messaging/signal-takers.ts';
import { findInstance, findMessageListeners, listInstances } from '../../store/runtime/instances.ts';
import { listJournal } from '../../store/runtime/journal.ts';
import { createMessenger } from '../../temporal/messenger.ts';
import { runMessageRound } from '../../worker/message-round.ts';
import { aPlan, literal } from '../engine/support/plan.ts';
import { eventually, type Runtime, startRuntime, taskAt } from '../support/runtime.ts';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await startRuntime({ temporalAddress: inject('temporalAddress'), mongodbUri: inject('mongodbUri') }, [
    'waits-for-message',
    'throws-message',
  ]);
});
afterAll(() => runtime?.close());

test('a message is correlated by name and key, once per id', async () => {
  const handle = await runtime.start('waits-for-message', { variables: { orderId: 'O1' } });
  await eventually(async () => (await findMessageListeners('arrived', 'O1')).length === 1);
  const wrong = { id: 'm0', name: 'arrived', correlationKey: 'O2', variables: {} };
  await expect(handle.executeUpdate('correlate', { args: [wrong] })).rejects.toBeInstanceOf(WorkflowUpdateFailedError);
  const right = { id: 'm1', name: 'arrived', correlationKey: 'O1', variables: { cents: 5 } };
  await handle.executeUpdate('correlate', { args: [right], updateId: 'm1' });
  expect(await handle.result()).toMatchObject({ status: 'completed', variables: { cents: 5 } });
});

test('an explanation with the deployed definitions says what only external systems can send', async () => {
  const handle = await runtime.start('waits-for-message', { variables: { orderId: 'O9' } });
  await eventually(async () => (await findMessageListeners('arrived', 'O9')).length === 1);
  const ask = async (around: ExplainContext) => {
    const { waits } = await handle.query<Explanation, [ExplainContext]>('explain', around);
    return waits.find(({ kind }) => kind === 'event')?.notice?.en;
  };
  expect(await ask({ messages: ['other'] })).toContain('"arrived"');
  expect(await ask({ messages: ['arrived'] })).toBeUndefined();
  expect(await ask({})).toBeUndefined();
});

test('a message thrown by one process reaches the one that waits for it', async () => {
  const taker = await runtime.start('waits-for-message', { variables: { orderId: 'O3' } });
  await eventually(async () => (await findMessageListeners('arrived', 'O3')).length === 1);
  const thrower = await runtime.start('throws-message', { variables: { orderId: 'O3' } });
  expect(await taker.result()).toMatchObject({ status: 'completed' });
  expect(await thrower.result()).toMatchObject({ status: 'completed' });
});

/** As the worker's program does each second. */
async function goRoundUntil(isSo: () => Promise<boolean>): Promise<void> {
  await eventually(async () => {
    expect(await runMessageRound(createMessenger(runtime.client, runtime.taskQueue), { expired: () => {} })).toEqual(
      [],
    );
    return isSo();
  });
}

const someone = { id: 'handler-bj', role: 'handler' };
const complete = { type: 'complete', variables: {} } as const;

const throwing = (key: string, event: object) =>
  aPlan(key)
    .add('startEvent', 'Start')
    .add('intermediateThrowEvent', 'Throw', { events: [event as never] })
    .add('endEvent', 'End')
    .flow('Start', 'Throw', 'End')
    .build();

test('a signal reaches every instance that waits for it, and begins the processes that start by it', async () => {
  const alarm = { type: 'signal', name: literal('alarm') } as const;
  await runtime.deployPlan(
    aPlan('hears')
      .add('startEvent', 'Start')
      .add('intermediateCatchEvent', 'Hear', { events: [alarm] })
      .add('endEvent', 'End')
      .flow('Start', 'Hear', 'End')
      .build(),
  );
  await runtime.deployPlan(
    aPlan('woken')
      .add('startEvent', 'Woken', { events: [alarm] })
      .add('endEvent', 'End')
      .flow('Woken', 'End')
      .build(),
  );
  await runtime.deployPlan(throwing('warns', alarm));
  const hearing = await Promise.all([1, 2, 3].map(() => runtime.start('hears')));
  await eventually(async () => (await findSignalTakers('alarm')).length === 3);
  const warning = await runtime.start('warns');
  for (const handle of hearing) expect(await handle.result()).toMatchObject({ status: 'completed' });
  expect(await warning.result()).toMatchObject({ status: 'completed' });
  const woken = await eventually(async () => {
    const rows = await listInstances({ process: 'woken', limit: 10 });
    return rows.every((row) => row.status === 'completed') && rows.length > 0 && rows;
  });
  expect(woken).toMatchObject([{ facility: 'BJ', startedBy: warning.workflowId }]);
});

test('a message that begins a process begins one at a time per key, and begins it again after the end', async () => {
  const name = literal('visit-ended');
  await runtime.deployPlan(
    aPlan('visit')
      .add('startEvent', 'Ended', { events: [{ type: 'message', name }] })
      .add('userTask', 'Call')
      .add('endEvent', 'End')
      .flow('Ended', 'Call', 'End')
      .build(),
  );
  await runtime.deployPlan(throwing('tells', { type: 'message', name, correlationKey: literal('V1') }));
  const begun = runtime.client.workflow.getHandle('visit/V1');
  expect(await (await runtime.start('tells')).result()).toMatchObject({ status: 'completed' });
  const first = await taskAt(begun, 'Call');
  const firstRun = (await begun.describe()).runId;

  // While it runs, a second one is kept; it begins the next instance when the first has ended.
  const second = await runtime.start('tells');
  expect(await second.result()).toMatchObject({ status: 'completed' });
  expect((await begun.describe()).runId).toBe(firstRun);
  const kept = (await listJournal(second.workflowId, 0, 100)).filter((line) => line.kind === 'message-buffered');
  expect(kept).toMatchObject([{ element: 'Throw', data: { message: 'visit-ended' } }]);

  await runtime.act(begun, { key: first.key, action: complete, by: someone });
  await goRoundUntil(async () => (await listMessages({ sender: second.workflowId, limit: 9 }))[0]?.state === 'taken');
  expect((await begun.describe()).runId).not.toBe(firstRun);
  await eventually(async () => (await findInstance('visit/V1'))?.status === 'active');
});

test('a message without a receiver is kept, does not hold up the end of its sender, and is journaled when it expires', async () => {
  const variables = { orderId: 'nobody' };
  const thrower = await runtime.start('throws-message', { variables });
  expect(await thrower.result()).toMatchObject({ status: 'completed' });
  const [message] = await listMessages({ sender: thrower.workflowId, limit: 9 });
  expect(message).toMatchObject({ state: 'waiting', name: 'arrived', correlationKey: 'nobody' });
  await MessageModel.updateOne(
    { _id: message?._id },
    { $set: { until: message?.publishedAt, dueAt: message?.publishedAt } },
  );
  await goRoundUntil(async () => (await findMessage(message?._id ?? ''))?.untold === undefined);
  expect(await findMessage(message?._id ?? '')).toMatchObject({ state: 'expired' });
  const told = (await listJournal(thrower.workflowId, 0, 100)).filter((line) => /^message-/.test(line.kind));
  expect(told).toMatchObject([
    { kind: 'message-buffered', element: 'Throw', data: { message: 'arrived', id: message?._id } },
    { kind: 'message-undelivered', element: 'Throw', data: { message: 'arrived', id: message?._id } },
  ]);
});
