import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { findInstance } from '../../store/instances.ts';
import { listTasksOf } from '../../store/tasks.ts';
import { eventually, type Runtime, startRuntime } from '../support/runtime.ts';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await startRuntime({ temporalAddress: inject('temporalAddress'), mongodbUri: inject('mongodbUri') }, [
    'two-tasks',
  ]);
});
afterAll(() => runtime?.close());

const handler = { id: 'handler-bj', role: 'handler' };
const president = { id: 'president-bj', role: 'president' };

test('a process with two user tasks runs to its end', async () => {
  const handle = await runtime.start('two-tasks');
  const first = await eventually(async () => (await listTasksOf(handle.workflowId))[0]);
  expect(first).toMatchObject({ name: '第一步', candidateGroups: ['handler'], status: 'open', stage: 'registered' });

  const answer = await runtime.act(handle, {
    key: first.key,
    action: { type: 'complete', variables: {} },
    by: handler,
  });
  expect(answer.happened.zh).toContain('第二步');
  const second = answer.rows.tasks.find((row) => row.status === 'open');
  expect(second?.name).toBe('第二步');

  await runtime.act(handle, { key: second?.key ?? '', action: { type: 'complete', variables: {} }, by: president });
  expect(await handle.result()).toMatchObject({ status: 'completed' });
  const row = await findInstance(handle.workflowId);
  expect(row).toMatchObject({ status: 'completed', overdue: false, waits: [] });
});
