import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { listMessagesOf } from '../../store/messaging/outbox.ts';
import { findInstance } from '../../store/runtime/instances.ts';
import { aPlan, literal } from '../engine/support/plan.ts';
import { eventually, firstTask, type Runtime, startRuntime } from '../support/runtime.ts';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await startRuntime({ temporalAddress: inject('temporalAddress'), mongodbUri: inject('mongodbUri') }, [
    'patience',
    'two-tasks',
  ]);
});
afterAll(() => runtime?.close());

const handler = { id: 'handler-bj', role: 'handler' };
const complete = { type: 'complete', variables: {} } as const;
/** 7 days in 0.6 s. */
const speed = 1_000_000;

test('a breached limit makes the instance overdue, is recorded and notified to the roles; the task stays open', async () => {
  const handle = await runtime.start('patience', { variables: { limit: 'P7D' }, speed });
  const { key } = await firstTask(handle);
  const late = await eventually(async () => {
    const row = await findInstance(handle.workflowId);
    return row?.overdue ? row : null;
  });
  expect(late.clocks).toMatchObject([{ id: 'closure', status: 'breached' }]);
  expect(late.waits).toMatchObject([{ elementName: '处理' }]);
  const told = await eventually(async () => {
    const messages = await listMessagesOf(handle.workflowId);
    return messages.length === 2 && messages;
  });
  expect(told.map((message) => message.to).sort()).toEqual(['cs-director', 'president']);
  await eventually(async () => {
    const attributes = (await handle.describe()).typedSearchAttributes.getAll();
    return attributes.some((pair) => pair.key.name === 'Overdue' && pair.value === true);
  });

  await runtime.act(handle, { key, action: complete, by: handler });
  expect(await handle.result()).toMatchObject({ status: 'completed' });
  const ended = await findInstance(handle.workflowId);
  expect(ended).toMatchObject({ overdue: false, clocks: [{ id: 'closure', status: 'breached' }] });
});

test('a limit that is met is never notified', async () => {
  const handle = await runtime.start('patience', { variables: { limit: 'P7D' } });
  const { key } = await firstTask(handle);
  await runtime.act(handle, { key, action: complete, by: handler });
  await handle.result();
  const { events } = await handle.fetchHistory();
  expect(events?.filter((event) => event.timerFiredEventAttributes)).toEqual([]);
  expect(await listMessagesOf(handle.workflowId)).toEqual([]);
  expect(await findInstance(handle.workflowId)).toMatchObject({ clocks: [{ id: 'closure', status: 'met' }] });
});

test('a task is overdue exactly when its due date passes', async () => {
  const handle = await runtime.start('two-tasks', { speed: 10_000 });
  const before = await eventually(() => findInstance(handle.workflowId));
  expect(before.overdue).toBe(false);
  const late = await eventually(async () => {
    const row = await findInstance(handle.workflowId);
    return row?.overdue ? row : null;
  });
  expect(late.dueAt).toBe(before.dueAt);
  expect(late.updatedAt >= (late.dueAt ?? '')).toBe(true);
});

test('the details tell in words where it is, whom it waits for and how fast its clock runs', async () => {
  const handle = await runtime.start('two-tasks', { speed: 60 });
  await firstTask(handle);
  const metadata = (await handle.query('__temporal_workflow_metadata')) as { currentDetails?: string };
  expect(metadata.currentDetails).toContain('等待handler办理“第一步”');
  expect(metadata.currentDetails).toContain('应于');
  expect(metadata.currentDetails).toContain('60 倍速');
});

test.each([
  ['P60D', 60 * 24 * 3600],
  ['P10Y', 10 * 365 * 24 * 3600],
])('a timer of %s is one timer on the server, and a date that has passed fires at once', async (duration, seconds) => {
  const process = `long-${duration.toLowerCase()}`;
  const event = (kind: 'date' | 'duration', value: string) => ({
    events: [{ type: 'timer' as const, timer: { kind, value: literal(value) } }],
  });
  await runtime.deployPlan(
    aPlan(process)
      .add('startEvent', 'Start')
      .add('intermediateCatchEvent', 'Past', event('date', '2020-01-01T00:00:00Z'))
      .add('intermediateCatchEvent', 'Long', event('duration', duration))
      .flow('Start', 'Past', 'Long')
      .build(),
  );
  const handle = await runtime.start(process);
  const started = await eventually(async () => {
    const { events } = await handle.fetchHistory();
    return events?.flatMap((one) => one.timerStartedEventAttributes ?? []).at(0);
  });
  expect(Math.abs(Number(started.startToFireTimeout?.seconds) - seconds)).toBeLessThan(4 * 24 * 3600);
  const [row] = (await findInstance(handle.workflowId))?.waits ?? [];
  expect(row).toMatchObject({ element: 'Long' });
  await handle.executeUpdate('cancel', { args: [{ reason: 'over', by: { id: 'ops-1' } }] });
  expect(await handle.result()).toMatchObject({ status: 'cancelled' });
});
