/** What fails says why, and may quote what people wrote: in histories it is sealed, at the codec endpoint it is read. */
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Job } from '../../activities/types.ts';
import type { Person } from '../../api/http/policy.ts';
import { decodedFor, toJson } from '../../api/resources/codec/payloads.ts';
import { findInstance } from '../../store/runtime/instances.ts';
import { aPlan, literal } from '../engine/support/plan.ts';
import { startGenericWorker } from '../support/generic-worker.ts';
import { payloadsIn, textsIn } from '../support/history-texts.ts';
import { testKeys } from '../support/keys.ts';
import { eventually, type Runtime, startRuntime } from '../support/runtime.ts';

const quoted = '患者说再不退款就去投诉';
const fails: Job = async () => {
  throw new Error(quoted, { cause: new Error(`The cashier system says: ${quoted}`) });
};

let runtime: Runtime;
let stopOutside: () => Promise<void>;
beforeAll(async () => {
  runtime = await startRuntime({ temporalAddress: inject('temporalAddress'), mongodbUri: inject('mongodbUri') }, [], {
    orderPayment: fails,
    findStaff: fails,
  });
  stopOutside = await startGenericWorker(runtime, { '*': { failure: quoted } });
});
afterAll(async () => {
  await stopOutside?.();
  await runtime?.close();
});

const operator: Person = { id: 'ops', name: '运维', roles: [{ role: 'ops', facility: '*', duties: ['oversee'] }] };

/** As Temporal's UI shows it to an operator. */
async function openedAtTheEndpoint(events: unknown): Promise<string[]> {
  const { payloads } = await decodedFor(operator, payloadsIn(events).map(toJson), testKeys);
  return payloads.map(({ data = '' }) => Buffer.from(data, 'base64').toString());
}

test.each([
  ['an activity', 'order-payment'],
  ['a local activity', 'find-staff'],
  ['a worker of others', 'acme:charge'],
])('what %s fails with stands in no event of the history, and is read at the codec endpoint', async (_, type) => {
  const process = `fails-${type.replace(':', '-')}`;
  const job = { type: literal(type), retries: literal('1') };
  await runtime.deployPlan(aPlan(process).add('serviceTask', 'Work', { job }).build());
  const handle = await runtime.start(process);
  const incident = await eventually(async () => (await findInstance(handle.workflowId))?.incidents[0]);
  expect([incident.code, JSON.stringify(incident.params)]).toEqual(['job-failed', expect.stringContaining(quoted)]);

  // The row is there before the workflow task is complete.
  const [events, failures] = await eventually(async () => {
    const { events } = await handle.fetchHistory();
    const read = (await openedAtTheEndpoint(events)).filter((text) => text.includes('"stack_trace"'));
    return read.length > 0 && [events, read.join()];
  });
  expect(failures).toContain(quoted);
  expect(textsIn(events).filter((text) => text.includes(quoted))).toEqual([]);
  await handle.terminate();
});
