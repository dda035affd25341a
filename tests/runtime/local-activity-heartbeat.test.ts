/** Workflow tasks that Temporal keeps open for the database: what was told while they were is still so when the instance is replayed. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { definitionActivities } from '../../activities/runtime/definitions.ts';
import type { Activities } from '../../activities/types.ts';
import { instanceId } from '../../engine/model/keys.ts';
import type { InstanceState } from '../../engine/model/types.ts';
import { usualDescendantsPerDay } from '../../store/runtime/descendants.ts';
import { findInstance } from '../../store/runtime/instances.ts';
import { queryNames, type StartInput, startPresentation } from '../../workflows/runtime/instance-messages.ts';
import { eventually, firstTask, type Runtime, startRuntime } from '../support/runtime.ts';

let runtime: Runtime;
let kept: () => Promise<boolean> = async () => true;
const { loadDefinition } = definitionActivities(usualDescendantsPerDay);
const slowly: Activities['loadDefinition'] = async (ask) => {
  await eventually(kept);
  return loadDefinition(ask);
};
beforeAll(async () => {
  const servers = { temporalAddress: inject('temporalAddress'), mongodbUri: inject('mongodbUri') };
  runtime = await startRuntime(servers, ['two-tasks'], { loadDefinition: slowly });
});
afterAll(() => runtime?.close());

test.each([{}, { speed: 36_000 }])(
  'an instance that waited for its definition began when it was started: %o',
  async (about) => {
    const input: StartInput = {
      process: 'two-tasks',
      businessKey: `K${randomUUID().slice(0, 8)}`,
      facility: 'BJ',
      variables: {},
      startedBy: { id: 'consultant-bj', role: 'consultant' },
      ...about,
    };
    const workflowId = instanceId(input.process, input.businessKey);
    const handle = runtime.client.workflow.getHandle(workflowId);
    // Two empty tasks after the first: each is told to the server when most of its second is over.
    kept = async () => (await handle.describe()).historyLength >= 9;
    await runtime.client.workflow.start('process', {
      workflowId,
      taskQueue: runtime.taskQueue,
      args: [input],
      workflowTaskTimeout: '1s',
      ...startPresentation(input),
    });
    const { createdAt } = await firstTask(handle);
    const { startTime } = await handle.describe();
    const row = await eventually(() => findInstance(workflowId));
    expect(row.startedAt).toBe(startTime.toISOString());

    // Another worker knows nothing of it but its history.
    await runtime.stopWorker();
    await runtime.startWorker();
    const state = await handle.query<InstanceState>(queryNames.state);
    expect(state.startedAt).toBe(row.startedAt);
    const task = Object.values(state.waits).find((wait) => wait.kind === 'task');
    expect(task?.since).toBe(createdAt);
    await handle.terminate();
  },
);
