/** Listeners through a real worker: each is an activity, and whoever acts on a task hears what its listeners say. */
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import type { Job } from '../../activities/types.ts';
import type { Refusal } from '../../engine/model/types.ts';
import { findInstance } from '../../store/runtime/instances.ts';
import { listJournal } from '../../store/runtime/journal.ts';
import { listTasksOf } from '../../store/runtime/tasks.ts';
import { around, diagramXml, extensions } from '../engine/compile/builders.ts';
import { eventually, firstTask, type Runtime, startRuntime } from '../support/runtime.ts';

const execution = (event: string) => `<zeebe:executionListener eventType="${event}" type="order-payment" retries="1"/>`;
const ofTask = (event: string) => `<zeebe:taskListener eventType="${event}" type="order-payment" retries="1"/>`;
const listened = diagramXml(
  around(
    `<bpmn:userTask id="A" name="核对">${extensions(
      `<zeebe:assignmentDefinition candidateGroups="handler"/>
       <zeebe:executionListeners>${execution('start')}${execution('end')}</zeebe:executionListeners>
       <zeebe:taskListeners>${ofTask('creating')}${ofTask('completing')}${ofTask('canceling')}</zeebe:taskListeners>`,
    )}</bpmn:userTask>`,
  ),
).replace('id="P"', 'id="listened"');

/** What was asked, `<event>:<place>`, and what is answered to it. */
const asked: string[] = [];
const answers = new Map<string, () => Awaited<ReturnType<Job>>>();
const orderPayment: Job = async (_input, { key }) => {
  const part = key.split(':').slice(1).join(':');
  asked.push(part);
  return answers.get(part)?.() ?? {};
};

let runtime: Runtime;
beforeAll(async () => {
  const servers = { temporalAddress: inject('temporalAddress'), mongodbUri: inject('mongodbUri') };
  runtime = await startRuntime(servers, [], { orderPayment });
  await runtime.deploy(listened);
});
afterAll(() => runtime?.close());
afterEach(() => {
  asked.length = 0;
  answers.clear();
});

const handler = { id: 'handler-bj', role: 'handler' };
const ops = { id: 'ops-1', role: 'ops' };
const complete = { type: 'complete', variables: { checked: true } } as const;

test('a task goes through all its listeners, each asked once', async () => {
  answers.set('creating:0', () => ({ corrections: { priority: 90 } }));
  const handle = await runtime.start('listened');
  const task = await firstTask(handle);
  expect(task).toMatchObject({ priority: 90 });
  await runtime.act(handle, { key: task.key, action: complete, by: handler });
  expect(await handle.result()).toMatchObject({ status: 'completed', variables: { checked: true } });
  expect(asked).toEqual(['start:0', 'creating:0', 'completing:0', 'end:0']);
  expect(await listTasksOf(handle.workflowId)).toMatchObject([{ status: 'completed', closedBy: 'handler-bj' }]);
  const journal = await listJournal(handle.workflowId, 0, 100);
  expect(journal.filter(({ kind }) => kind === 'listener-completed')).toHaveLength(4);
});

test('a completion denied by a listener is refused with its reason; the task stays open', async () => {
  answers.set('completing:0', () => ({ denied: true, deniedReason: '金额未核对' }));
  const handle = await runtime.start('listened');
  const { key } = await firstTask(handle);
  const error = await runtime.act(handle, { key, action: complete, by: handler }).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(WorkflowUpdateFailedError);
  expect((error.cause as ApplicationFailure).details?.[0] as Refusal).toMatchObject({
    code: 'denied-by-listener',
    details: { reason: '金额未核对' },
  });
  expect(await listTasksOf(handle.workflowId)).toMatchObject([{ status: 'open', assignee: null }]);
  answers.clear();
  await runtime.act(handle, { key, action: complete, by: handler });
  expect(await handle.result()).toMatchObject({ status: 'completed' });
});

test('a listener that fails is an incident at its element, and a retry asks it again', async () => {
  answers.set('start:0', () => {
    throw ApplicationFailure.nonRetryable('The audit system says no.');
  });
  const handle = await runtime.start('listened');
  const [incident] = await eventually(async () => {
    const row = await findInstance(handle.workflowId);
    return row?.incidents.length ? row.incidents : null;
  });
  expect(incident).toMatchObject({ code: 'job-failed', element: 'A' });
  expect(incident?.params).toMatchObject({ reason: 'listener', listener: 'start' });
  answers.clear();
  await handle.executeUpdate('retry', { args: [{ key: incident?.key, by: ops }] });
  await firstTask(handle);
  expect(asked).toEqual(['start:0', 'start:0', 'creating:0']);
  await handle.executeUpdate('cancel', { args: [{ reason: 'over', by: ops }] });
  expect(await handle.result()).toMatchObject({ status: 'cancelled' });
  expect(asked.at(-1)).toBe('canceling:0');
  expect(await listTasksOf(handle.workflowId)).toMatchObject([{ status: 'cancelled' }]);
});
