/** The workers that docs/job-workers.md prints do jobs of a real instance, and take nothing that was not sealed for jobs. */
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Client } from '@temporalio/client';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { saveJobType } from '../../store/definitions/job-types.ts';
import { findInstance } from '../../store/runtime/instances.ts';
import { createActingCodec, createJobCodec } from '../../temporal/sealing/codec.ts';
import { aPlan, literal } from '../engine/support/plan.ts';
import '../support/public-test.ts';
import { type DocumentedWorker, documentedLanguages } from '../support/documented-workers/workers.ts';
import { textsIn } from '../support/history-texts.ts';
import { testKeys, testKeyVariables } from '../support/keys.ts';
import { namespace } from '../support/namespace.ts';
import { eventually, type Runtime, startRuntime } from '../support/runtime.ts';

const { CARELOOP_JOB_KEYS: jobKeys } = testKeyVariables;
/** Long enough to be deflated. */
const memo = '患者说再不退款就去投诉。'.repeat(20);
const secretOfOthers = Buffer.alloc(32, 'o');

let runtime: Runtime;
let native: NativeConnection;
beforeAll(async () => {
  const temporalAddress = inject('temporalAddress');
  runtime = await startRuntime({ temporalAddress, mongodbUri: inject('mongodbUri') }, []);
  native = await NativeConnection.connect({ address: temporalAddress });
  const about = { description: 'Charges a card.', updatedAt: new Date().toISOString(), updatedBy: 'ops' };
  await saveJobType({ _id: 'acme:charge:1', taskQueue: 'acme', scheduleToStartTimeout: 'PT10M', ...about });
  const job = { type: literal('acme:charge:1'), retries: literal('1') };
  const noCover = { events: [{ type: 'error' as const, code: literal('no-cover') }] };
  await runtime.deployPlan(
    aPlan('charges').add('serviceTask', 'Charge', { job }).boundary('Charge', 'NoCover', noCover).build(),
  );
});
afterAll(async () => {
  await native?.close();
  await runtime?.close();
});

const aCharge = (card: string) => runtime.start('charges', { variables: { cents: 500, card, memo } });
type Charge = Awaited<ReturnType<typeof aCharge>>;
const incidentOf = ({ workflowId }: Charge) => eventually(async () => (await findInstance(workflowId))?.incidents[0]);

/** What whoever reaches Temporal reads of it. */
async function plainTexts(handle: Charge): Promise<string> {
  const { events } = await handle.fetchHistory();
  return textsIn(events).join('\n');
}

/** Somebody between Careloop and the worker, who has no key: what `damage` makes of the sealed input is what the worker is given. */
async function whileInputIs(damage: (payload: Payload) => Payload, key: string): Promise<unknown> {
  const { encode, decode } = createJobCodec(testKeys.job);
  const payloadCodecs: PayloadCodec[] = [
    {
      encode: async (payloads, context) =>
        context?.type === 'activity' ? (await encode(payloads)).map(damage) : payloads,
      decode: async (payloads, context) => (context?.type === 'activity' ? decode(payloads) : payloads),
    },
  ];
  const taskQueue = `between-${randomUUID()}`;
  const dataConverter = { payloadCodecs };
  const between = await Worker.create({ connection: native, namespace, taskQueue, workflowBundle, dataConverter });
  const client = new Client({ connection: runtime.client.connection, namespace });
  const start = { taskQueue, workflowId: taskQueue, args: [{ cents: 500, card: 'full', memo }, key] };
  return between.runUntil(client.workflow.execute('charges', start));
}

const workflowBundle = await bundleWorkflowCode({
  workflowsPath: fileURLToPath(new URL('../support/documented-workers/workflows.ts', import.meta.url)),
  logger: new DefaultLogger('WARN'),
});

const changed = ({ metadata, data }: Payload): Payload => {
  const bytes = Buffer.from(data ?? []);
  bytes[20] = (bytes[20] ?? 0) ^ 1;
  return { metadata: metadata ?? {}, data: bytes };
};
const acting = await createActingCodec(testKeys).encode([
  { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('{}') },
]);
const sealedByOthers = await createJobCodec([{ id: 'test-job', secret: secretOfOthers }]).encode([
  { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('{"card":"full","cents":1,"memo":""}') },
]);
const damages: [string, (payload: Payload) => Payload][] = [
  ['changed in one bit', changed],
  [
    'not sealed at all',
    () => ({ metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('{"cents":1}') }),
  ],
  ['sealed with the acting key', () => acting[0] as Payload],
  ['sealed by somebody with a key of the same name', () => sealedByOthers[0] as Payload],
];

describe.each(documentedLanguages)('the worker in $name', (language) => {
  const tried = (title: string, run: () => Promise<void>) => {
    const { missing } = language;
    if (missing === undefined) test(title, run);
    else test.skip(title, { meta: { skippedBecause: missing } }, () => {});
  };
  let worker: DocumentedWorker | undefined;
  // Temporal's SDK for Go is compiled here where it never was: minutes on a busy machine.
  beforeAll(async () => {
    if (language.missing === undefined) worker = await language.start(jobKeys);
  }, 1_800_000);
  afterAll(async () => {
    await worker?.stop();
    await language.close();
  });

  tried('opens the input of a job and seals its result', async () => {
    const handle = await aCharge('full');
    expect(await handle.result()).toMatchObject({ variables: { receipt: expect.stringContaining(` 500 ${memo}`) } });
    expect(await plainTexts(handle)).not.toMatch(/患者|receipt/);
  });

  tried('seals a BPMN error, whose code and variables are taken', async () => {
    const handle = await aCharge('empty');
    expect(await handle.result()).toMatchObject({ variables: { cents: 500 } });
    expect(await plainTexts(handle)).not.toMatch(/no cover|no-cover/);
  });

  tried('seals what it fails with, which the incident tells', async () => {
    const handle = await aCharge('broken');
    const { code, params } = await incidentOf(handle);
    expect([code, JSON.stringify(params)]).toEqual([
      'job-failed',
      expect.stringContaining(`The bank says of it: ${memo}`),
    ]);
    expect(await plainTexts(handle)).not.toMatch(/患者|The bank/);
    await handle.terminate();
  });

  tried('takes an input that was sealed for jobs, and no other', async () => {
    const key = randomUUID();
    expect(await whileInputIs((payload) => payload, key)).toEqual({ receipt: `charges#${key} 500 ${memo}` });
    for (const [how, damage] of damages) {
      const refused = randomUUID();
      await expect(whileInputIs(damage, refused), how).rejects.toThrow();
    }
    expect((await worker?.charges())?.filter((made) => made.startsWith('charges#'))).toEqual([`charges#${key}`]);
  });

  tried(
    'is not believed when it seals with a key that Careloop does not have, and goes on with the right one',
    async () => {
      await worker?.stop();
      const rogue = await language.start(`mine:${secretOfOthers.toString('base64')},${jobKeys}`);
      const handle = await aCharge('full');
      const incident = await incidentOf(handle);
      expect(incident).toMatchObject({ code: 'job-failed', params: { reason: 'job-result-unsealed' } });
      await rogue.stop();
      worker = await language.start(jobKeys);
      await handle.executeUpdate('retry', { args: [{ key: incident.key, by: { id: 'ops', role: 'ops' } }] });
      expect(await handle.result()).toMatchObject({ variables: { receipt: expect.stringContaining(memo) } });
    },
  );
});
