/** A process that starts itself, in whatever way, is stopped by an incident. */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { filterOf } from '../../store/runtime/instance-filter.ts';
import { InstanceModel } from '../../store/runtime/instances.ts';
import type { InstanceRow } from '../../store/runtime/rows.ts';
import { aPlan, literal } from '../engine/support/plan.ts';
import { eventually, type Runtime, startRuntime, taskAt } from '../support/runtime.ts';

const descendantsPerDay = 5;

let runtime: Runtime;
beforeAll(async () => {
  const servers = { temporalAddress: inject('temporalAddress'), mongodbUri: inject('mongodbUri') };
  runtime = await startRuntime(servers, [], {}, { descendantsPerDay });
});
afterAll(() => runtime?.close());

const ops = { id: 'ops', role: 'ops' };

const descendantsOf = (root: string): Promise<InstanceRow[]> =>
  InstanceModel.find(filterOf({ root })).lean<InstanceRow[]>();

const codesOf = ({ incidents }: InstanceRow): string[] => incidents.map(({ code }) => code);

describe.each(['signal', 'message'] as const)('a process begun by a %s that throws the same', (type) => {
  const name = literal(`again-by-${type}`);

  test('is stopped by an incident of the instance beyond the limit, which begins when it is retried', async () => {
    const process = `again-by-${type}`;
    await runtime.deployPlan(
      aPlan(process)
        .add('startEvent', 'Begun', { events: [{ type, name }] })
        .add('endEvent', 'Again', { events: [{ type, name }] })
        .flow('Begun', 'Again')
        .build(),
    );
    const first = await runtime.start(process, { startEvent: 'Begun' });
    const rows = await eventually(async () => {
      const found = await descendantsOf(first.workflowId);
      return found.length > descendantsPerDay && found;
    });
    const inOrder = rows.sort((a, b) => (a.lineage?.generation ?? 0) - (b.lineage?.generation ?? 0));
    expect(inOrder.map(({ lineage }) => lineage?.generation)).toEqual([1, 2, 3, 4, 5, 6]);
    const [last] = inOrder.slice(-1);
    expect(inOrder.slice(0, -1).every(({ status }) => status === 'completed')).toBe(true);
    expect(last).toMatchObject({ status: 'active' });
    expect(last && codesOf(last)).toEqual(['too-many-descendants']);

    const held = runtime.client.workflow.getHandle(last?._id ?? '');
    await held.executeUpdate('retry', { args: [{ key: last?.incidents[0]?.key, by: ops }] });
    expect(await held.result()).toMatchObject({ status: 'completed' });
    // What it throws is held again.
    await eventually(async () => {
      const found = await descendantsOf(first.workflowId);
      return found.some((row) => row.lineage?.generation === 7 && codesOf(row).includes('too-many-descendants'));
    });
  });
});

test('calls of itself beyond the limit are incidents of the calling elements, and nothing is begun', async () => {
  await runtime.deployPlan(
    aPlan('calls-itself')
      .add('startEvent', 'Start')
      .add('callActivity', 'Call', {
        process: literal('calls-itself'),
        loop: { type: 'multi', sequential: false, cardinality: { feel: '3' }, behavior: 'all' },
      })
      .add('endEvent', 'End')
      .flow('Start', 'Call', 'End')
      .build(),
  );
  const first = await runtime.start('calls-itself');
  const stopped = async () => {
    const all = await descendantsOf(first.workflowId);
    const root = await InstanceModel.findById(first.workflowId).lean<InstanceRow>();
    const codes = [root, ...all].flatMap((row) => (row ? codesOf(row) : []));
    // Six run (the root, too), and each calls three.
    return all.length === descendantsPerDay && codes.length === 6 * 3 - descendantsPerDay && { all, codes };
  };
  const { all, codes } = await eventually(stopped);
  expect(new Set(codes)).toEqual(new Set(['too-many-descendants']));
  expect(all.every(({ lineage }) => lineage && lineage.generation >= 1 && lineage.generation <= 5)).toBe(true);

  const [row] = all.filter(({ incidents }) => incidents.length > 0);
  const refused = runtime.client.workflow.getHandle(row?._id ?? '');
  await refused.executeUpdate('retry', { args: [{ key: row?.incidents[0]?.key, by: ops }] });
  await eventually(stopped);
});

test('what people start does not count, however much it is', async () => {
  await runtime.deployPlan(
    aPlan('by-people').add('startEvent', 'Start').add('userTask', 'Work').flow('Start', 'Work').build(),
  );
  const started = await Promise.all(Array.from({ length: 2 * descendantsPerDay }, () => runtime.start('by-people')));
  for (const handle of started) await taskAt(handle, 'Work');
});
