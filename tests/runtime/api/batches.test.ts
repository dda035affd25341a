/** Acts on all instances that a filter finds: the report says what each of them led to. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { batchRoutes } from '../../../api/resources/batches/routes.ts';
import { diagramXml, flow } from '../../engine/compile/builders.ts';
import { type OutsideWorker, startOutsideWorker } from '../../support/outside.ts';
import { eventually } from '../../support/runtime.ts';
import { type Body, type Caller, registered, startApi, type TestApi } from './support.ts';

const queue = `outside-${randomUUID().slice(0, 8)}`;
let api: TestApi;
let ops: Caller;
let worker: OutsideWorker | undefined;

beforeAll(async () => {
  api = await startApi();
  ops = await api.as('ops');
  await deploy(
    'pricing',
    '<bpmn:scriptTask id="Work" name="计算总额"><bpmn:extensionElements><zeebe:script expression="=price * 2" resultVariable="total"/></bpmn:extensionElements></bpmn:scriptTask>',
  );
});
afterAll(async () => {
  await worker?.end();
  await api?.close();
});

/** Start, this one element `Work`, end. */
async function deploy(process: string, work: string): Promise<void> {
  const content = `<bpmn:startEvent id="S"/>${work}<bpmn:endEvent id="E"/>${flow('f1', 'S', 'Work')}${flow('f2', 'Work', 'E')}`;
  const xml = diagramXml(content).replace('id="P"', `id="${process}"`);
  expect(await ops.post('/api/definitions', { xml })).toMatchObject({ status: 201 });
}

const address = (id: string) => `/api/instances/${encodeURIComponent(id)}`;
const shown = async (id: string): Promise<Body> => (await ops.get(address(id))).body;

async function stuck(process: string, facility = 'BJ'): Promise<string> {
  const begun = await ops.post('/api/instances', { process, facility, businessKey: `K${randomUUID().slice(0, 8)}` });
  expect(begun).toMatchObject({ status: 201 });
  const { id } = begun.body;
  await eventually(async () => (await shown(id)).incidents?.length > 0);
  return id;
}

async function finished(body: object, key = randomUUID()): Promise<Body> {
  const begun = await ops.post('/api/batches', body, { key });
  expect(begun).toMatchObject({ status: 200 });
  return eventually(async () => {
    const { body: batch } = await ops.get(`/api/batches/${begun.body.id}`);
    return batch.finished && batch;
  });
}

const byInstance = (batch: Body): Record<string, Body> =>
  Object.fromEntries(batch.report.items.map((one: Body) => [one.instance, one]));

test('a retry counts as done where the instance continues, and as stopped where it stops again; a repeat acts no second time', async () => {
  const [first, second, elsewhere] = await Promise.all([stuck('pricing'), stuck('pricing'), stuck('pricing', 'SH')]);
  await ops.post(`${address(first)}/variables`, { variables: { price: 21 } });
  const asked = { kind: 'retry', filter: { process: 'pricing', facility: 'BJ', element: 'Work' } };
  const key = randomUUID();
  const batch = await finished(asked, key);
  expect(batch).toMatchObject({
    kind: 'retry',
    process: 'pricing',
    facility: 'BJ',
    total: 2,
    counts: { done: 1, stopped: 1, pending: 0, watched: 0 },
  });
  const report = byInstance(batch);
  expect(report[first]).toMatchObject({
    outcome: 'done',
    lines: [{ element: 'Work' }, { words: { zh: '已完成。' } }],
  });
  expect(report[second]).toMatchObject({
    outcome: 'stopped',
    code: 'missing-variable',
    lines: [{ element: 'Work' }, { code: 'missing-variable', words: { zh: expect.stringContaining('price') } }],
  });
  const { incidents } = await shown(second);
  expect((await ops.post('/api/batches', asked, { key })).body).toEqual(batch);
  expect((await shown(second)).incidents).toEqual(incidents);
  expect((await shown(elsewhere)).incidents).toHaveLength(1);
  const only = await ops.get(`/api/batches/${batch.id}?outcome=stopped`);
  expect(only.body.report.items.map((one: Body) => one.instance)).toEqual([second]);
});

test('variables are set and what is stopped is retried in one batch', async () => {
  const id = await stuck('pricing');
  const batch = await finished({ kind: 'variables', filter: { ids: [id] }, variables: { price: 5 }, retry: true });
  expect(batch).toMatchObject({ total: 1, counts: { done: 1 } });
  expect(await shown(id)).toMatchObject({ status: 'completed' });
});

test('a preview counts what an act is about, by version, and begins nothing', async () => {
  const id = await stuck('pricing');
  const ids = [id, `complaint/${await registered(api)}`];
  const preview = async (kind: string) => (await ops.post('/api/batches/preview', { kind, filter: { ids } })).body;
  const pricing = { process: 'pricing', version: 1, instances: 1 };
  expect(await preview('retry')).toMatchObject({ found: 2, instances: 1, versions: [pricing], money: [] });
  expect(await preview('cancel')).toMatchObject({
    found: 2,
    instances: 2,
    versions: [{ process: 'complaint', instances: 1 }, pricing],
    money: [],
  });
  const here = await ops.post('/api/batches/preview', {
    kind: 'modify',
    filter: { ids, process: 'pricing', version: 1 },
  });
  expect(here.body.elements).toEqual([{ element: 'Work', instances: 1 }]);
  expect((await preview('variables')).money.length).toBeGreaterThan(0);
  expect((await shown(id)).incidents).toHaveLength(1);
  expect((await ops.get('/api/batches')).body.items.flatMap((one: Body) => one.filter?.ids ?? [])).not.toContain(id);
  const refused = { kind: 'variables', filter: { ids }, variables: { note: 1 } };
  expect(await ops.post('/api/batches', refused, { key: randomUUID() })).toMatchObject({
    status: 409,
    body: { code: 'second-person-needed' },
  });
});

test('what begins to match after the question whether a second person is needed is asked about again', async () => {
  const [id, complaint] = [await stuck('pricing'), `complaint/${await registered(api)}`];
  const processes = { workOff: () => Promise.reject(new Error('No batch may begin.')) };
  const route = batchRoutes({ processes } as never).find(({ key }) => key === 'POST /api/batches');
  const act = (ids: string[], more: object = {}) =>
    route?.handle({ body: { kind: 'variables', filter: { ids }, variables: { note: 1 } }, params: {}, query: {} }, {
      ...{ person: { id: 'ops', name: '', roles: [{ role: 'ops', facility: '*' }] }, idempotencyKey: randomUUID() },
      ...more,
    } as never);
  await expect(act([id, complaint])).rejects.toMatchObject({ fields: { code: 'second-person-needed' } });
  await expect(act([id, complaint], { released: true })).rejects.toThrow('No batch may begin.');
  await expect(act([id])).rejects.toThrow('No batch may begin.');
});

test('skips and cancels need a reason, and the batch shows it', async () => {
  const [skipped, cancelled] = await Promise.all([stuck('pricing'), stuck('pricing')]);
  expect(await ops.post('/api/batches', { kind: 'skip', filter: {} }, { key: randomUUID() })).toMatchObject({
    status: 400,
  });
  const one = await finished({ kind: 'skip', filter: { ids: [skipped] }, reason: '手工算过' });
  expect(one).toMatchObject({ kind: 'skip', reason: '手工算过', counts: { done: 1 } });
  const other = await finished({ kind: 'cancel', filter: { ids: [cancelled] }, reason: '重复登记' });
  expect(other).toMatchObject({ kind: 'cancel', counts: { done: 1 } });
  expect(await shown(skipped)).toMatchObject({ status: 'completed' });
  expect(await shown(cancelled)).toMatchObject({ status: 'cancelled' });
  const nothing = await finished({ kind: 'retry', filter: { ids: [skipped, cancelled] } });
  expect(nothing).toMatchObject({ total: 0, finished: true });
});

test('a job that is ordered again and fails again is reported with what it said', async () => {
  worker = await startOutsideWorker(inject('temporalAddress'), queue);
  const type = `/api/job-types/${encodeURIComponent('acme:hopeless:1')}`;
  expect(await ops.put(type, { taskQueue: queue, description: 'Of ACME.' })).toMatchObject({ status: 201 });
  await deploy(
    'charging',
    '<bpmn:serviceTask id="Work" name="扣款"><bpmn:extensionElements><zeebe:taskDefinition type="acme:hopeless:1"/></bpmn:extensionElements></bpmn:serviceTask>',
  );
  const id = await stuck('charging');
  expect((await shown(id)).incidents).toMatchObject([{ code: 'job-failed' }]);
  const batch = await finished({ kind: 'retry', filter: { process: 'charging', incidentCode: 'job-failed' } });
  expect(byInstance(batch)[id]).toMatchObject({
    outcome: 'stopped',
    code: 'job-failed',
    lines: [{ elementName: '扣款' }, { words: { en: expect.stringContaining('The account is closed.') } }],
  });
});

test('instances are found and counted by version, element, incident and times', async () => {
  const id = await stuck('pricing', 'CD');
  const { startedAt } = await shown(id);
  const found = async (query: string): Promise<string[]> =>
    (await ops.get(`/api/instances?process=pricing&facility=CD&${query}`)).body.items.map((one: Body) => one.id);
  const hit = [
    'version=1',
    'element=Work',
    'incidentCode=missing-variable',
    'element=Work&incidentCode=missing-variable',
    `startedFrom=${startedAt}`,
  ];
  for (const query of hit) expect([query, await found(query)]).toEqual([query, [id]]);
  const missed = ['version=2', 'element=E', 'incidentCode=no-flow', `startedTo=${startedAt}`, `endedFrom=${startedAt}`];
  for (const query of missed) expect([query, await found(query)]).toEqual([query, []]);
  const totals = await ops.get('/api/instance-totals?process=pricing&facility=CD&by=element');
  expect(totals.body).toEqual({
    total: 1,
    stopped: 1,
    overdue: 0,
    groups: [{ value: 'Work', total: 1, stopped: 1, overdue: 0 }],
  });
});

test('a batch that was stopped continues when it is resumed', async () => {
  const ids = await Promise.all([stuck('pricing'), stuck('pricing')]);
  await api.stopWorker();
  const begun = await ops.post(
    '/api/batches',
    { kind: 'cancel', filter: { ids }, reason: '盘点' },
    { key: randomUUID() },
  );
  const stopped = await ops.post(`/api/batches/${begun.body.id}/stop`);
  expect(stopped).toMatchObject({ status: 200, body: { stopped: { by: 'ops' }, counts: { pending: 2 } } });
  await api.startWorker();
  const resumed = await ops.post(`/api/batches/${begun.body.id}/resume`);
  expect(resumed.body.stopped).toBeUndefined();
  await eventually(async () => (await ops.get(`/api/batches/${begun.body.id}`)).body.counts.done === 2);
});
