import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { InstanceState } from '../../engine/model/types.ts';
import { findPlan } from '../../store/definitions/plans.ts';
import { findInstance } from '../../store/runtime/instances.ts';
import { listTasksOf } from '../../store/runtime/tasks.ts';
import type {
  MigrateAnswer,
  MigrateDryRun,
  ModifyAnswer,
  ModifyDryRun,
} from '../../workflows/runtime/change-messages.ts';
import { laterPatience } from '../support/changed-patience.ts';
import { eventually, firstTask, type Runtime, startRuntime, taskAt } from '../support/runtime.ts';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await startRuntime({ temporalAddress: inject('temporalAddress'), mongodbUri: inject('mongodbUri') }, [
    'patience',
    'two-tasks',
    'payment',
  ]);
  await runtime.deploy(await laterPatience());
});
afterAll(() => runtime?.close());

const handler = { id: 'handler-bj', role: 'handler' };
const operator = { id: 'ops-1', role: 'ops' };
const complete = { type: 'complete', variables: {} } as const;

async function aPatient(about: object = {}): Promise<WorkflowHandle> {
  return runtime.start('patience', { version: 1, variables: { limit: 'P10D' }, ...about });
}

const migrate = (handle: WorkflowHandle, ask: object, updateId?: string) =>
  handle.executeUpdate<MigrateAnswer, [object]>('migrate', {
    args: [{ version: 2, by: operator, ...ask }],
    ...(updateId && { updateId }),
  });
const refusalOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error) => error.cause?.details?.[0],
  );

test('an instance with an open task and a running timer is tried, migrated, and continues by the new definition', async () => {
  const handle = await aPatient();
  const { key } = await firstTask(handle);
  await runtime.act(handle, { key, action: { type: 'claim' }, by: handler });
  const found = await findPlan('patience', 2);
  const definition = { key: 'patience', version: 2, hash: found?.hash };
  const dry = await handle.query<MigrateDryRun, [object]>('dryRunMigrate', { plan: found?.plan, definition });
  expect(dry.refusal).toMatchObject({ code: 'decisions-needed' });
  expect(dry.report.map(({ element, outcome }) => [element, outcome])).toEqual([
    ['Work', 'needs-decision'],
    ['Late', 'dropped'],
  ]);
  const refusal = await refusalOf(migrate(handle, {}));
  expect(refusal).toMatchObject({ code: 'decisions-needed', details: { report: [{ element: 'Work' }, {}] } });
  expect(await refusalOf(migrate(handle, { version: 9 }))).toMatchObject({ code: 'unknown-version' });
  expect(await refusalOf(migrate(handle, { timers: 'perhaps' }))).toMatchObject({ code: 'malformed' });
  const untouched = await handle.query<InstanceState>('state');
  expect(untouched).toMatchObject({ definition: { version: 1 }, clocks: [{ status: 'running' }] });

  const options = { mapping: { Work: 'Handle' }, timers: 'reevaluate' };
  const again = await handle.query<MigrateDryRun, [object]>('dryRunMigrate', {
    plan: found?.plan,
    definition,
    ...options,
  });
  expect(again).toMatchObject({ report: [{ outcome: 'moves', to: 'Handle' }, { outcome: 'stays' }] });
  const answer = await migrate(handle, options, 'once');
  expect(answer.report).toEqual(again.report);
  expect(answer.happened.zh).toContain('第2版');
  const since = untouched.waits[key]?.since ?? '';
  const state = await handle.query<InstanceState>('state');
  const due = new Date(Date.parse(since) + 5 * 86_400_000).toISOString();
  expect(state).toMatchObject({ definition, clocks: [{ id: 'closure', dueAt: due }] });
  expect(await migrate(handle, options)).toMatchObject({ already: true, report: [] });

  await runtime.stopWorker();
  await runtime.startWorker();
  await runtime.act(handle, { key, action: complete, by: handler });
  const signing = await taskAt(handle, 'Sign');
  await runtime.act(handle, { key: signing.key, action: complete, by: { id: 'president-bj', role: 'president' } });
  expect(await handle.result()).toMatchObject({ status: 'completed' });
  expect(await findInstance(handle.workflowId)).toMatchObject({ definition, clocks: [{ status: 'met' }] });
  expect((await listTasksOf(handle.workflowId)).map((task) => [task.element, task.status])).toEqual(
    expect.arrayContaining([
      ['Handle', 'completed'],
      ['Sign', 'completed'],
    ]),
  );
});

test('the plan it migrated to is carried over continue-as-new, and its timer fires by it', async () => {
  const handle = await aPatient({ speed: 1_000_000, variables: { limit: 'P60D' }, continueAfter: 30 });
  const { key } = await firstTask(handle);
  await migrate(handle, { mapping: { Work: 'Handle' } }, 'carried');
  const firstRun = (await handle.describe()).raw.workflowExecutionInfo?.firstRunId;
  for (const type of ['claim', 'unclaim', 'claim', 'unclaim', 'claim'] as const)
    await runtime.act(handle, { key, action: { type }, by: handler });
  await eventually(async () => (await handle.describe()).runId !== firstRun);
  const repeated = await runtime.client.workflow
    .getHandle(handle.workflowId)
    .executeUpdate<MigrateAnswer, [object]>('migrate', {
      args: [{ version: 2, by: operator, mapping: { Work: 'Handle' } }],
      updateId: 'carried',
    });
  expect(repeated.happened.zh).toContain('第2版');
  await eventually(async () => (await findInstance(handle.workflowId))?.overdue);
  await runtime.act(handle, { key, action: complete, by: handler });
  expect(await taskAt(handle, 'Sign')).toMatchObject({ name: '签字' });
  await handle.terminate();
});

test('a token is moved by the operators, after a dry run', async () => {
  const handle = await runtime.start('two-tasks');
  const { key } = await firstTask(handle);
  const instructions = [{ type: 'move', key, to: 'Second' }];
  const dry = await handle.query<ModifyDryRun, [object]>('dryRunModify', { instructions });
  expect(dry.report.map(({ outcome, element }) => `${outcome} ${element}`)).toEqual([
    'cancelled First',
    'created Second',
  ]);
  const modify = (what: object[]) =>
    handle.executeUpdate<ModifyAnswer, [object]>('modify', { args: [{ instructions: what, by: operator }] });
  expect(await refusalOf(modify([{ type: 'move', key, to: 'Nowhere' }]))).toMatchObject({ code: 'unknown-element' });
  const { report } = await modify(instructions);
  expect(report).toEqual(dry.report);
  const second = await taskAt(handle, 'Second');
  expect((await listTasksOf(handle.workflowId)).find((task) => task.element === 'First')).toMatchObject({
    status: 'cancelled',
  });
  await runtime.act(handle, { key: second.key, action: complete, by: { id: 'president-bj', role: 'president' } });
  expect(await handle.result()).toMatchObject({ status: 'completed' });
});
