import { WorkflowUpdateFailedError } from '@temporalio/client';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { findSubscribers } from '../../store/instances.ts';
import { eventually, type Runtime, startRuntime } from '../support/runtime.ts';

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
  await eventually(async () => (await findSubscribers('arrived', 'O1')).length === 1);
  const wrong = { id: 'm0', name: 'arrived', correlationKey: 'O2', variables: {} };
  await expect(handle.executeUpdate('correlate', { args: [wrong] })).rejects.toBeInstanceOf(WorkflowUpdateFailedError);
  const right = { id: 'm1', name: 'arrived', correlationKey: 'O1', variables: { cents: 5 } };
  await handle.executeUpdate('correlate', { args: [right], updateId: 'm1' });
  expect(await handle.result()).toMatchObject({ status: 'completed', variables: { cents: 5 } });
});

test('a message thrown by one process reaches the one that waits for it', async () => {
  const taker = await runtime.start('waits-for-message', { variables: { orderId: 'O3' } });
  await eventually(async () => (await findSubscribers('arrived', 'O3')).length === 1);
  const thrower = await runtime.start('throws-message', { variables: { orderId: 'O3' } });
  expect(await taker.result()).toMatchObject({ status: 'completed' });
  expect(await thrower.result()).toMatchObject({ status: 'completed' });
});
