import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../support/runtime.ts';
import { type Body, type Caller, startApi, type TestApi } from './support.ts';

let api: TestApi;
let ops: Caller;
beforeAll(async () => {
  api = await startApi();
  ops = await api.as('ops');
  for (const definition of [
    drawn('Contact'),
    drawn('Call', '<bpmn:sequenceFlow id="f3" sourceRef="Call" targetRef="Sign" />'),
  ])
    expect(await deploy(definition)).toMatchObject({ status: 201 });
});
afterAll(() => api.close());

const task = (id: string, name: string) => `<bpmn:userTask id="${id}" name="${name}"><bpmn:extensionElements>
  <zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="handler" /></bpmn:extensionElements></bpmn:userTask>`;

/** One task, of which the later version has another id and a signature after it. */
const drawn = (id: string, more = '') => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
  id="d" targetNamespace="https://careloop.dev/tests">
  <bpmn:message id="Asked" name="visit-asked" />
  <bpmn:process id="visit" name="回访" isExecutable="true">
    <bpmn:startEvent id="Begin" name="开始"><bpmn:messageEventDefinition id="m1" messageRef="Asked" /></bpmn:startEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="Begin" targetRef="${id}" />
    ${task(id, '联系患者')}
    ${more ? `${more}${task('Sign', '签字')}<bpmn:sequenceFlow id="f2" sourceRef="Sign" targetRef="End" />` : `<bpmn:sequenceFlow id="f2" sourceRef="${id}" targetRef="End" />`}
    <bpmn:endEvent id="End" name="结束" />
  </bpmn:process>
</bpmn:definitions>`;

const deploy = (xml: string) => ops.post('/api/definitions', xml, { headers: { 'Content-Type': 'application/xml' } });

/** Instances begin by the newest version: one moved back waits as if it had begun by the first. */
async function aVisit(version: 1 | 2 = 1): Promise<{ id: string; address: string }> {
  const key = `V${randomUUID().slice(0, 8)}`;
  const order = { name: 'visit-asked', correlationKey: key, facility: 'SH' };
  expect(await ops.post('/api/messages', order, { key: randomUUID() })).toMatchObject({ status: 200 });
  const id = `visit/${key}`;
  const address = `/api/instances/${encodeURIComponent(id)}`;
  await eventually(async () => (await ops.get(address)).body.waits?.length);
  if (version === 1)
    expect(await ops.post(`${address}/migrate`, { version: 1, mapping: { Call: 'Contact' } })).toMatchObject({
      status: 200,
    });
  return { id, address };
}

/** A batch as it stands at its end: it goes on by itself. */
async function finished({ status, body }: Awaited<ReturnType<typeof ops.post>>): Promise<Body> {
  expect({ status, body }).toMatchObject({ status: 200 });
  const done = await eventually(async () => {
    const answer = await ops.get(`/api/batches/${body.id}`);
    return answer.body.finished && answer;
  });
  return done.body;
}

test('a migration is tried, refused with what it needs, and done with the mapping; the journal tells it', async () => {
  const { address } = await aVisit();
  const dry = await ops.post(`${address}/migrate`, { version: 2, dryRun: true });
  expect(dry).toMatchObject({ status: 200, body: { possible: false, refusal: { code: 'decisions-needed' } } });
  expect(dry.body.report).toMatchObject([{ element: 'Contact', outcome: 'needs-decision', code: 'element-gone' }]);
  const refused = await ops.post(`${address}/migrate`, { version: 2 });
  expect(refused).toMatchObject({
    status: 409,
    body: { code: 'decisions-needed', details: { report: dry.body.report } },
  });
  expect((await ops.get(address)).body.definition.version).toBe(1);
  const key = randomUUID();
  const done = await ops.post(`${address}/migrate`, { version: 2, mapping: { Contact: 'Call' } }, { key });
  expect(done).toMatchObject({
    status: 200,
    body: {
      report: [{ outcome: 'moves', to: 'Call' }],
      instance: { definition: { version: 2 }, waits: [{ element: 'Call' }] },
    },
  });
  expect((await ops.post(`${address}/migrate`, { version: 2, mapping: { Contact: 'Call' } }, { key })).body).toEqual(
    done.body,
  );
  const journal = (await ops.get(`${address}/journal?limit=200`)).body.items;
  expect(journal.filter((one: Body) => one.kind === 'instance-migrated').at(-1)).toMatchObject({
    data: { from: 1, to: 2 },
  });
  expect(await ops.post(`${address}/migrate`, { version: 9 })).toMatchObject({ status: 404 });
});

test('tokens are moved and started, after a dry run', async () => {
  const { address } = await aVisit(2);
  const [wait] = (await ops.get(address)).body.waits;
  const instructions = [{ type: 'move', key: wait.key, to: 'Sign' }];
  const dry = await ops.post(`${address}/modify`, { instructions, dryRun: true });
  expect(dry).toMatchObject({ status: 200, body: { possible: true, status: 'active' } });
  expect((await ops.get(address)).body.waits).toMatchObject([{ element: 'Call' }]);
  const done = await ops.post(`${address}/modify`, { instructions });
  expect(done.body).toMatchObject({ report: dry.body.report, instance: { waits: [{ element: 'Sign' }] } });
  const nonsense = { instructions: [{ type: 'start', element: 'Nowhere', where: 'before' }] };
  expect(await ops.post(`${address}/modify`, nonsense)).toMatchObject({
    status: 409,
    body: { code: 'unknown-element' },
  });
  expect(await ops.post(`${address}/modify`, { ...nonsense, dryRun: true })).toMatchObject({
    status: 200,
    body: { possible: false, refusal: { code: 'unknown-element' } },
  });
  expect(await ops.post(`${address}/skip`, { key: wait.key, reason: 'by hand' })).toMatchObject({ status: 409 });
});

test('a batch migrates the instances of a version with a report for each, and the same key again answers the same', async () => {
  const visits = await Promise.all([aVisit(), aVisit(), aVisit()]);
  const ids = visits.map((visit) => visit.id).sort();
  const asked = { process: 'visit', fromVersion: 1, toVersion: 2, filter: { ids } };
  const tried = await finished(await ops.post('/api/migrations', { ...asked, dryRun: true }, { key: randomUUID() }));
  expect(tried).toMatchObject({ dryRun: true, total: 3, counts: { refused: 3, done: 0 } });
  const key = randomUUID();
  const mapping = { Contact: 'Call' };
  const done = await finished(await ops.post('/api/migrations', { ...asked, mapping }, { key }));
  expect(done).toMatchObject({ kind: 'migrate', total: 3, counts: { done: 3, pending: 0 } });
  expect(done.report.items.map((one: Body) => [one.instance, one.lines[0].outcome])).toEqual(
    ids.map((id) => [id, 'moves']),
  );
  expect((await ops.post('/api/migrations', { ...asked, mapping }, { key })).body).toEqual(done);
  const page = await ops.get(`/api/batches/${done.id}?limit=2`);
  expect(page.body.report.items).toHaveLength(2);
  const rest = await ops.get(`/api/batches/${done.id}?limit=2&cursor=${page.body.report.nextCursor}`);
  expect(rest.body.report.items.map((one: Body) => one.instance)).toEqual([ids[2]]);
  for (const { address } of visits) expect((await ops.get(address)).body.definition.version).toBe(2);
  const list = await ops.get('/api/batches?limit=1');
  expect(list.body).toMatchObject({ items: [{ id: done.id, finished: true }], nextCursor: expect.any(String) });
});

test('a batch moves what waits at an element, wherever something does', async () => {
  const visits = await Promise.all([aVisit(2), aVisit(2)]);
  await ops.post(`${visits[1]!.address}/modify`, { instructions: [{ type: 'move', from: 'Call', to: 'Sign' }] });
  const filter = { ids: visits.map((visit) => visit.id) };
  const asked = { process: 'visit', version: 2, filter, instructions: [{ type: 'move', from: 'Call', to: 'Sign' }] };
  const tried = await finished(await ops.post('/api/modifications', { ...asked, dryRun: true }, { key: randomUUID() }));
  expect(tried).toMatchObject({ kind: 'modify', dryRun: true, counts: { possible: 1, refused: 1, done: 0 } });
  const done = await finished(await ops.post('/api/modifications', asked, { key: randomUUID() }));
  expect(done).toMatchObject({ counts: { done: 1, refused: 1 } });
  const lines = Object.fromEntries(done.report.items.map((one: Body) => [one.instance, one.lines ?? one.code]));
  expect(lines[visits[0]!.id]).toMatchObject([{ outcome: 'cancelled', element: 'Call' }, { element: 'Sign' }]);
  for (const { address } of visits) expect((await ops.get(address)).body.waits).toMatchObject([{ element: 'Sign' }]);
  const byKey = { ...asked, instructions: [{ type: 'move', key: '3', to: 'Sign' }] };
  expect(await ops.post('/api/modifications', byKey, { key: randomUUID() })).toMatchObject({ status: 400 });
});

test('a batch that is stopped in the middle answers when those it was at are on record', async () => {
  const visits = await Promise.all(Array.from({ length: 24 }, () => aVisit()));
  const filter = { ids: visits.map((visit) => visit.id) };
  const asked = { process: 'visit', fromVersion: 1, toVersion: 2, mapping: { Contact: 'Call' }, filter };
  const begun = ops.post('/api/migrations', asked, { key: randomUUID() });
  const newest = async () => (await ops.get('/api/batches?limit=1')).body.items[0];
  await eventually(async () => {
    const { total, counts } = await newest();
    return total === 24 && counts.done > 0;
  });
  const stopped = await ops.post(`/api/batches/${(await newest()).id}/stop`);
  expect(stopped).toMatchObject({ status: 200, body: { finished: true, total: 24 } });
  // The batch itself answers when nothing is under way any more, or after a few seconds as it stands then.
  expect((await begun).status).toBe(200);
  const { body } = await ops.get(`/api/batches/${stopped.body.id}`);
  expect(body.counts).toEqual(stopped.body.counts);
  expect(body.counts.underway).toBe(0);
});

test('a batch begun while no worker runs continues by itself when one does, unless it was stopped', async () => {
  const visits = await Promise.all([aVisit(), aVisit()]);
  const asked = { process: 'visit', fromVersion: 1, toVersion: 2, mapping: { Contact: 'Call' } };
  const batch = (ids: string[]) => ops.post('/api/migrations', { ...asked, filter: { ids } }, { key: randomUUID() });
  await api.stopWorker();
  const [begun, other] = await Promise.all([batch([visits[0]!.id]), batch([visits[1]!.id])]);
  for (const answer of [begun, other])
    expect(answer).toMatchObject({ status: 200, body: { finished: false, counts: { pending: 1 } } });
  const stopped = await ops.post(`/api/batches/${other.body.id}/stop`);
  expect(stopped).toMatchObject({
    status: 200,
    body: { finished: true, stopped: { by: 'ops' }, counts: { pending: 1 } },
  });
  await api.startWorker();
  expect(await finished(begun)).toMatchObject({ counts: { done: 1, already: 0 } });
  expect((await ops.get(visits[1]!.address)).body.definition.version).toBe(1);
  const late = await ops.post(`/api/batches/${begun.body.id}/stop`);
  expect(late).toMatchObject({ status: 200, body: { finished: true, counts: { done: 1 } } });
  expect(late.body.stopped, 'nothing was left to stop').toBeUndefined();
});

test('only the operators change instances, and a batch needs a key', async () => {
  const { address } = await aVisit(2);
  const director = await api.as('cs-director-bj');
  for (const path of [
    `${address}/migrate`,
    `${address}/modify`,
    `${address}/skip`,
    '/api/migrations',
    '/api/modifications',
  ])
    expect(await director.post(path, {}, { key: randomUUID() })).toMatchObject({
      status: 403,
      body: { code: 'wrong-role' },
    });
  const batch = { process: 'visit', fromVersion: 1, toVersion: 2 };
  expect(await ops.post('/api/migrations', batch)).toMatchObject({
    status: 400,
    body: { code: 'idempotency-key-missing' },
  });
  expect(await ops.get(`/api/batches/${'0'.repeat(64)}`)).toMatchObject({ status: 404 });
});
