/** A step with a long journal is written in parts: each call has four seconds, and the same call again would never end. */
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Activities } from '../../activities/types.ts';
import { listJournal } from '../../store/runtime/journal.ts';
import { writeProjection } from '../../store/runtime/projection.ts';
import { aPlan, feel } from '../engine/support/plan.ts';
import { type Runtime, startRuntime } from '../support/runtime.ts';

let runtime: Runtime;
const lines: number[] = [];
const found: unknown[] = [];
const project: Activities['project'] = async (rows) => {
  lines.push(rows.journal.length);
  const answer = await writeProjection(rows);
  found.push(answer);
  return answer && { found: answer };
};
beforeAll(async () => {
  const servers = { temporalAddress: inject('temporalAddress'), mongodbUri: inject('mongodbUri') };
  runtime = await startRuntime(servers, [], { project });
});
afterAll(() => runtime?.close());

test('a step of five hundred items is journaled in parts, whole and in order', async () => {
  const loop = { type: 'multi', sequential: true, cardinality: feel('500'), behavior: 'all' } as const;
  const plan = aPlan('many-scripts')
    .add('startEvent', 'Start')
    .add('scriptTask', 'Count', { script: { source: feel('loopCounter'), resultVariable: 'last' }, loop })
    .add('endEvent', 'End')
    .flow('Start', 'Count', 'End')
    .build();
  await runtime.deployPlan(plan);
  const handle = await runtime.start('many-scripts');
  expect(await handle.result()).toMatchObject({ status: 'completed' });
  const written = await listJournal(handle.workflowId, 0, 10_000);
  expect(written.length).toBeGreaterThan(1000);
  expect(written.map((line) => line.n)).toEqual(written.map((_, index) => index + 1));
  expect(written.at(-1)?.kind).toBe('instance-ended');
  expect(Math.max(...lines)).toBe(200);
  // Its own first part is nothing that it did not know of.
  expect(found.every((answer) => answer === undefined)).toBe(true);
});
