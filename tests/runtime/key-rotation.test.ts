/** Keys are changed while instances run (docs/operations.md#keys): the old one opens, the new one seals, and without the old one nothing is lost. */
import type { Client, WorkflowHandle } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { TaskRow } from '../../store/runtime/rows.ts';
import { sealingClient } from '../../temporal/sealing/client.ts';
import { type Key, type SealingKeys, sealingKeys } from '../../temporal/sealing/keys.ts';
import { aPlan, literal } from '../engine/support/plan.ts';
import { startGenericWorker } from '../support/generic-worker.ts';
import { payloadsIn, textsIn } from '../support/history-texts.ts';
import { testKeys } from '../support/keys.ts';
import { namespace } from '../support/namespace.ts';
import { eventually, type Runtime, startRuntime, taskAt } from '../support/runtime.ts';

const [oldActing] = testKeys.acting;
const [oldJob] = testKeys.job;
const newActing: Key = { id: 'new-acting', secret: Buffer.alloc(32, 'n') };
const newJob: Key = { id: 'new-job', secret: Buffer.alloc(32, 'm') };
/** The steps of a rotation; each is a restart of all programs. */
const added = sealingKeys([oldActing, newActing], [oldJob, newJob]);
const switched = sealingKeys([newActing, oldActing], [newJob, oldJob]);
const removed = sealingKeys([newActing], [newJob]);

let runtime: Runtime;
beforeAll(async () => {
  runtime = await startRuntime({ temporalAddress: inject('temporalAddress'), mongodbUri: inject('mongodbUri') }, []);
  const job = { type: literal('acme:charge'), retries: literal('1') };
  await runtime.deployPlan(
    aPlan('rotates')
      .add('userTask', 'First')
      .add('userTask', 'Second')
      .add('serviceTask', 'Charge', { job })
      .flow('First', 'Second')
      .flow('Second', 'Charge')
      .build(),
  );
});
afterAll(() => runtime?.close());

const clientWith = (keys: SealingKeys): Client => sealingClient(runtime.client.connection, namespace, keys);

async function restartedWith(keys: SealingKeys): Promise<void> {
  await runtime.stopWorker();
  await runtime.startWorker({}, keys);
}

function completes(task: TaskRow, keys: SealingKeys): Promise<unknown> {
  const by = { id: 'handler-bj', role: task.candidateGroups[0] ?? 'handler' };
  const update = { key: task.key, action: { type: 'complete', variables: {} }, by };
  return clientWith(keys)
    .workflow.getHandle(task.instance)
    .executeUpdate('task', { args: [update] });
}

const keyOf = ({ metadata }: Payload): string =>
  Buffer.from(metadata?.['encryption-key-id'] ?? new Uint8Array()).toString();

/** Those with which anything of its history was sealed. */
async function keysOf(handle: WorkflowHandle): Promise<string[]> {
  const { events } = await handle.fetchHistory();
  return [...new Set(payloadsIn(events).map(keyOf))].filter((key) => key !== '').sort();
}

/** What a failed workflow task says to whoever reads the history without a key. */
const failedTask = (handle: WorkflowHandle): Promise<string> =>
  eventually(async () => {
    const { events } = await handle.fetchHistory();
    const failed = events?.filter((event) => event.workflowTaskFailedEventAttributes) ?? [];
    return failed.length > 0 && textsIn(failed).join('\n');
  });

test('an instance goes on while keys are added and switched, and reads what the old ones sealed', async () => {
  await restartedWith(testKeys);
  const handle = await runtime.start('rotates', { variables: { cents: 5 } });
  const first = await taskAt(handle, 'First');
  expect(await keysOf(handle)).toEqual(['test-acting']);
  await restartedWith(added);
  await completes(first, testKeys);
  const second = await taskAt(handle, 'Second');
  expect(await keysOf(handle)).toEqual(['test-acting']);
  await restartedWith(switched);
  // One that was not restarted yet: it opens what the new key sealed, and seals with the old one.
  const stopOutside = await startGenericWorker(runtime, { '*': { variables: { receipt: 'R1' } } }, added.job);
  await completes(second, added);
  const outcome = await clientWith(switched).workflow.getHandle(handle.workflowId).result();
  expect(outcome).toMatchObject({ status: 'completed', variables: { cents: 5, receipt: 'R1' } });
  expect(await keysOf(handle)).toEqual(['new-acting', 'new-job', 'test-acting', 'test-job']);
  await stopOutside();
});

test('without the old key an instance waits, says which key is missing, and goes on when it is back', async () => {
  await restartedWith(testKeys);
  const handle = await runtime.start('rotates', { variables: { cents: 5 } });
  const first = await taskAt(handle, 'First');
  await restartedWith(removed);
  const started = await runtime.start('rotates', { variables: { cents: 6 } });
  await clientWith(removed).workflow.getHandle(handle.workflowId).signal('broadcast', { name: 'bell', variables: {} });
  for (const one of [handle, started])
    expect(await failedTask(one)).toMatch(/sealed with the key "test-acting".*CARELOOP_ACTING_KEYS/);
  // Temporal itself refuses acts on it, and questions, as long as this goes on.
  await expect(completes(first, removed)).rejects.toThrow();
  for (const one of [handle, started]) expect((await one.describe()).status.name).toBe('RUNNING');

  await restartedWith(switched);
  await taskAt(started, 'First');
  await eventually(() =>
    completes(first, switched).then(
      () => true,
      () => false,
    ),
  );
  await taskAt(handle, 'Second');
  for (const one of [handle, started]) await one.terminate();
});
