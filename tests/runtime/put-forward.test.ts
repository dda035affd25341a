/** Process time of a drill, put forward from outside: it stops at each timer, and what is due there is done by the answer. */
import type { WorkflowHandle } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { addDuration } from '../../engine/time/duration.ts';
import { findInstance } from '../../store/runtime/instances.ts';
import { type ClockAnswer, type ClockUpdate, clockUpdate } from '../../workflows/runtime/instance-messages.ts';
import { aPlan, literal } from '../engine/support/plan.ts';
import { firstTask, type Runtime, replayOptions, startRuntime } from '../support/runtime.ts';

let runtime: Runtime;
beforeAll(async () => {
  const servers = { temporalAddress: inject('temporalAddress'), mongodbUri: inject('mongodbUri') };
  runtime = await startRuntime(servers, ['two-tasks']);
  await runtime.deployPlan(
    aPlan('three-months')
      .add('startEvent', 'Start')
      .add('intermediateCatchEvent', 'Two', after('P60D'))
      .add('intermediateCatchEvent', 'One', after('P30D'))
      .add('userTask', 'Act')
      .flow('Start', 'Two', 'One', 'Act')
      .build(),
  );
});
afterAll(() => runtime?.close());

const after = (duration: string) => ({
  events: [{ type: 'timer' as const, timer: { kind: 'duration' as const, value: literal(duration) } }],
});
const by = { id: 'ops-1', role: 'ops' };
const putForward = (handle: WorkflowHandle, to: string, updateId?: string) =>
  handle.executeUpdate<ClockAnswer, [ClockUpdate]>(clockUpdate, {
    args: [{ to, by }],
    ...(updateId !== undefined && { updateId }),
  });
const waitsAt = async ({ workflowId }: WorkflowHandle) =>
  (await findInstance(workflowId))?.waits.map(({ element }) => element);
const past = (days: number) => {
  const realEpoch = new Date().toISOString();
  return { speed: 10, realEpoch, processEpoch: addDuration(realEpoch, `-P${days}D`, 'UTC') };
};

test.each([{}, { continueAfter: 10 }])(
  'goes from timer to timer, then on to the instant asked for (%o)',
  async (about) => {
    const timeScale = past(400);
    const handle = await runtime.start('three-months', { timeScale, ...about });
    const to = addDuration(timeScale.processEpoch, 'P200D', 'UTC');
    const first = await putForward(handle, to);
    expect(first.now >= addDuration(timeScale.processEpoch, 'P60D', 'UTC')).toBe(true);
    expect(first.now < addDuration(timeScale.processEpoch, 'P61D', 'UTC')).toBe(true);
    expect(first.happened.zh).toContain('流程时钟已拨到');
    expect(await waitsAt(handle)).toEqual(['One']);
    const second = await putForward(handle, to, 'once');
    expect(second.now < addDuration(timeScale.processEpoch, 'P91D', 'UTC')).toBe(true);
    expect(await waitsAt(handle)).toEqual(['Act']);
    // The same request again changes nothing.
    expect((await putForward(handle, to, 'once')).now < addDuration(timeScale.processEpoch, 'P91D', 'UTC')).toBe(true);
    expect((await putForward(handle, to)).now >= to).toBe(true);
    // What has gone by already changes nothing either.
    expect((await putForward(handle, timeScale.processEpoch)).now >= to).toBe(true);
    expect((await findInstance(handle.workflowId))?.updatedAt ?? '').toMatch(new RegExp(`^${to.slice(0, 10)}`));

    const history = await handle.fetchHistory();
    await Worker.runReplayHistory(await replayOptions(), history, handle.workflowId);
    await handle.terminate();
  },
);

test('that began in the past is real time once it is put forward to now, and can then no more be put forward', async () => {
  const handle = await runtime.start('two-tasks', { timeScale: past(30) });
  await firstTask(handle);
  expect((await findInstance(handle.workflowId))?.overdue).toBe(false);
  const { now } = await putForward(handle, addDuration(new Date().toISOString(), 'P1D', 'UTC'));
  expect(Math.abs(Date.parse(now) - Date.now())).toBeLessThan(60_000);
  expect(await findInstance(handle.workflowId)).toMatchObject({ overdue: true, speed: 1 });
  await expect(putForward(handle, now)).rejects.toMatchObject({ cause: { details: [{ code: 'clock-is-real' }] } });
  await handle.terminate();
});

test('is refused without a person, or an instant', async () => {
  const handle = await runtime.start('two-tasks', { timeScale: past(30) });
  for (const ask of [{ to: '2027-01-01T00:00:00Z' }, { by }, { to: 'tomorrow', by }])
    await expect(handle.executeUpdate(clockUpdate, { args: [ask] })).rejects.toMatchObject({
      cause: { details: [{ code: 'malformed' }] },
    });
  await handle.terminate();
});
