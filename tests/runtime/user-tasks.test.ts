import { randomUUID } from 'node:crypto';
import { WithStartWorkflowOperation, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { defineUpdate } from '@temporalio/workflow';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { InstanceState, Refusal } from '../../engine/model/types.ts';
import { findInstance } from '../../store/runtime/instances.ts';
import { listJournal } from '../../store/runtime/journal.ts';
import { listTasksOf } from '../../store/runtime/tasks.ts';
import {
  type Answer,
  type StartInput,
  type TaskUpdate,
  updateNames,
} from '../../workflows/runtime/instance-messages.ts';
import { eventually, firstTask, type Runtime, startRuntime } from '../support/runtime.ts';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await startRuntime({ temporalAddress: inject('temporalAddress'), mongodbUri: inject('mongodbUri') }, [
    'two-tasks',
  ]);
});
afterAll(() => runtime?.close());

const handler = { id: 'handler-bj', role: 'handler' };
const colleague = { id: 'handler-2-bj', role: 'handler' };
const president = { id: 'president-bj', role: 'president' };
const complete = { type: 'complete', variables: {} } as const;

async function refusalOf(act: Promise<unknown>): Promise<Refusal> {
  const error = await act.then(
    () => undefined,
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(WorkflowUpdateFailedError);
  const { cause } = error as WorkflowUpdateFailedError;
  expect(cause).toBeInstanceOf(ApplicationFailure);
  return (cause as ApplicationFailure).details?.[0] as Refusal;
}

test('a process with two user tasks runs to its end', async () => {
  const handle = await runtime.start('two-tasks');
  const first = await firstTask(handle);
  expect(first).toMatchObject({ name: '第一步', candidateGroups: ['handler'], status: 'open', stage: 'registered' });

  const answer = await runtime.act(handle, { key: first.key, action: complete, by: handler });
  expect(answer.happened.zh).toContain('第二步');
  expect(answer.happened.zh).toContain('president');
  const second = answer.tasks.find((row) => row.status === 'open');
  expect(second?.name).toBe('第二步');

  await runtime.act(handle, { key: second?.key ?? '', action: complete, by: president });
  expect(await handle.result()).toMatchObject({ status: 'completed' });
  expect(await findInstance(handle.workflowId)).toMatchObject({ status: 'completed', overdue: false, waits: [] });
  const tasks = await listTasksOf(handle.workflowId);
  expect(tasks.map((task) => [task.status, task.closedBy])).toEqual([
    ['completed', 'handler-bj'],
    ['completed', 'president-bj'],
  ]);
});

test('the journal is written in order and without gaps', async () => {
  const handle = await runtime.start('two-tasks');
  const first = await firstTask(handle);
  await runtime.act(handle, { key: first.key, action: complete, by: handler });
  const { journalLength } = await handle.query<InstanceState>('state');
  const lines = await listJournal(handle.workflowId, 0, 1000);
  expect(lines).toHaveLength(journalLength);
  expect(lines.map((line) => line.n)).toEqual(lines.map((_, index) => index + 1));
  expect(lines[0]?.kind).toBe('instance-started');
});

test('a second completion is refused, naming who completed the task', async () => {
  const handle = await runtime.start('two-tasks');
  const { key } = await firstTask(handle);
  const acts = await Promise.allSettled(
    [handler, colleague].map((by) => runtime.act(handle, { key, action: complete, by })),
  );
  const won = acts.findIndex((act) => act.status === 'fulfilled');
  expect(acts.filter((act) => act.status === 'fulfilled')).toHaveLength(1);
  const loser = won === 0 ? colleague : handler;
  const winner = won === 0 ? handler : colleague;
  const refusal = await refusalOf(runtime.act(handle, { key, action: complete, by: loser }));
  expect(refusal).toMatchObject({ code: 'task-gone', details: { by: { id: winner.id } } });
});

test('a refused act leaves no trace in the history', async () => {
  const handle = await runtime.start('two-tasks');
  await firstTask(handle);
  const length = async () => (await handle.describe()).historyLength;
  const before = await eventually(async () => (await length()) > 3 && length());
  await refusalOf(runtime.act(handle, { key: 'nothing', action: complete, by: handler }));
  await refusalOf(handle.executeUpdate('task', { args: [{ rubbish: true }] }));
  expect(await length()).toBe(before);
});

test('the same update id acts once and answers the same', async () => {
  const handle = await runtime.start('two-tasks');
  const { key } = await firstTask(handle);
  const first = await runtime.act(handle, { key, action: complete, by: handler }, 'once');
  const again = await runtime.act(handle, { key, action: complete, by: handler }, 'once');
  expect(again).toEqual(first);
});

test('an update that comes with the start waits for the definition and is done', async () => {
  const { key } = await firstTask(await runtime.start('two-tasks'));
  const businessKey = `K${randomUUID().slice(0, 8)}`;
  const input: StartInput = {
    process: 'two-tasks',
    businessKey,
    facility: 'BJ',
    variables: {},
    startedBy: { id: 'intake-bj' },
  };
  const start = new WithStartWorkflowOperation('process', {
    workflowId: `two-tasks/${businessKey}`,
    taskQueue: runtime.taskQueue,
    args: [input],
    workflowIdConflictPolicy: 'FAIL',
  });
  const update: TaskUpdate = { key, action: { type: 'claim' }, by: handler };
  const answer = await runtime.client.workflow.executeUpdateWithStart(
    defineUpdate<Answer, [TaskUpdate]>(updateNames.task),
    { startWorkflowOperation: start, args: [update] },
  );
  expect(answer.tasks).toMatchObject([{ key, assignee: 'handler-bj' }]);
});

test('an unknown definition fails the start at once with a sentence', async () => {
  const handle = await runtime.start('never-drawn');
  await expect(handle.result()).rejects.toMatchObject({
    cause: { message: 'The definition never-drawn is not deployed.', type: 'UnknownDefinition' },
  });
});

test('the worker may go and come in the middle', async () => {
  const handle = await runtime.start('two-tasks');
  const first = await firstTask(handle);
  await runtime.stopWorker();
  const act = runtime.act(handle, { key: first.key, action: complete, by: handler });
  await runtime.startWorker();
  const second = (await act).tasks.find((row) => row.status === 'open');
  await runtime.act(handle, { key: second?.key ?? '', action: complete, by: president });
  expect(await handle.result()).toMatchObject({ status: 'completed' });
});
