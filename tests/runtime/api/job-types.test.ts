/** Jobs that are not ours: registered over HTTP, pinned at deployment, done by somebody else's worker in its own process. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type OutsideWorker, startOutsideWorker } from '../../support/outside.ts';
import { eventually } from '../../support/runtime.ts';
import { type Answer, type Body, type Caller, startApi, type TestApi } from './support.ts';

const queue = `outside-${randomUUID().slice(0, 8)}`;
let api: TestApi;
let ops: Caller;
let worker: OutsideWorker | undefined;

beforeAll(async () => {
  api = await startApi();
  ops = await api.as('ops');
});
afterAll(async () => {
  await worker?.end();
  await api?.close();
});

async function ask(method: string, path: string, body?: unknown, by = ops): Promise<Answer> {
  const response = await fetch(api.address + path, {
    method,
    headers: { ...by.headers, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : text, headers: response.headers };
}

const register = (type: string, more: object = {}, taskQueue = queue) =>
  ask('PUT', `/api/job-types/${encodeURIComponent(type)}`, { taskQueue, description: 'Of ACME.', ...more });

/** Start, one service task of this type with `more` in it, end; an error event leads to an end of its own. */
function definition(process: string, type: string, more = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="D" targetNamespace="t">
  <bpmn:error id="TooMuch" errorCode="too-much"/>
  <bpmn:process id="${process}" name="${process}" isExecutable="true">
    <bpmn:startEvent id="Start" name="开始"><bpmn:extensionElements><zeebe:ioMapping><zeebe:output source="=get or else(cents, null)" target="cents" /><zeebe:output source="=get or else(kind, null)" target="kind" /></zeebe:ioMapping></bpmn:extensionElements><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:serviceTask id="Work" name="外部处理">
      <bpmn:extensionElements><zeebe:taskDefinition type="${type}" retries="3"/>${more}</bpmn:extensionElements>
      <bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing>
    </bpmn:serviceTask>
    <bpmn:endEvent id="Done" name="完成"><bpmn:incoming>f2</bpmn:incoming></bpmn:endEvent>
    <bpmn:boundaryEvent id="Refused" name="超额" attachedToRef="Work"><bpmn:outgoing>f3</bpmn:outgoing><bpmn:errorEventDefinition errorRef="TooMuch"/></bpmn:boundaryEvent>
    <bpmn:endEvent id="TooMuchEnd" name="未付"><bpmn:incoming>f3</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="Start" targetRef="Work"/>
    <bpmn:sequenceFlow id="f2" sourceRef="Work" targetRef="Done"/>
    <bpmn:sequenceFlow id="f3" sourceRef="Refused" targetRef="TooMuchEnd"/>
  </bpmn:process>
</bpmn:definitions>`;
}

const deploy = (process: string, type: string, more?: string) =>
  ask('POST', '/api/definitions', { xml: definition(process, type, more) });

/** A job type that is worked out may be one that moves money: one proposes, another releases. */
async function byTwo(act: string, params: object, body: object): Promise<void> {
  const proposed = await ask('POST', '/api/proposals', { act, params, body, reason: 'test' });
  const other = await api.as('ops2');
  expect(await ask('POST', `/api/proposals/${proposed.body.id}/release`, {}, other)).toMatchObject({ status: 200 });
}

async function start(process: string, variables: object = {}): Promise<string> {
  const begun = await ask('POST', '/api/instances', { process, facility: 'BJ', variables });
  expect(begun).toMatchObject({ status: 201, body: { process, version: expect.any(Number), began: true } });
  return begun.body.id;
}

const reached = (id: string, is: (row: Body) => boolean): Promise<Body> =>
  eventually(async () => {
    const { status, body } = await ops.get(`/api/instances/${encodeURIComponent(id)}`);
    return status === 200 && is(body) ? body : null;
  });
const ended = (id: string) => reached(id, (row) => row.status !== 'active');
const stopped = (id: string) => reached(id, (row) => row.incidents?.length > 0);
/** Its lines may come after the row of the instance. */
const journal = async (id: string): Promise<string[]> =>
  (await ops.get(`/api/instances/${encodeURIComponent(id)}/journal?limit=200`)).body.items.map(
    (line: Body) =>
      `${line.kind}${line.element ? ` ${line.element}` : ''}${line.data?.code ? ` ${line.data.code}` : ''}`,
  );

test('a definition with an unregistered job type is refused, and the answer says what to do', async () => {
  const refused = await deploy('charging', 'acme:charge:1');
  expect(refused).toMatchObject({ status: 422, body: { code: 'definition-refused' } });
  expect(refused.body.problems[0]).toMatchObject({
    code: 'unknown-job-type',
    element: 'Work',
    hint: expect.stringContaining('PUT /api/job-types/acme%3Acharge%3A1'),
  });
});

test('built-in types tell what they take and answer, and which definitions use them', async () => {
  const deployed = await ask('POST', '/api/definitions', {
    xml: definition(
      'telling',
      'send-message',
      '<zeebe:taskHeaders><zeebe:header key="to" value="ops"/><zeebe:header key="template" value="hello"/></zeebe:taskHeaders>',
    ),
    messages: { hello: { zh: { subject: '您好', body: '{businessKey}' } } },
  });
  expect(deployed).toMatchObject({ status: 201 });
  const { items } = (await ops.get('/api/job-types')).body;
  expect(items.find((one: Body) => one.type === 'send-message')).toMatchObject({
    builtIn: true,
    execution: 'local',
    usedBy: expect.arrayContaining([{ process: 'telling', version: 1 }]),
    input: { type: 'object', required: ['to'] },
    output: { properties: { sentTo: { type: 'array' } } },
    headers: expect.arrayContaining(['to', 'template']),
  });
  expect(items.find((one: Body) => one.type === 'find-staff')).toMatchObject({
    usedBy: [],
    errors: { 'nobody-in-role': expect.any(String) },
  });
});

test('a definition whose task names a message text that it does not bring is refused', async () => {
  const header = '<zeebe:taskHeaders><zeebe:header key="template" value="hello"/></zeebe:taskHeaders>';
  const refused = await deploy('wordless', 'send-message', header);
  expect(refused).toMatchObject({
    status: 422,
    body: { problems: expect.arrayContaining([expect.objectContaining({ code: 'unknown-message-template' })]) },
  });
});

test('only operators register, never a built-in type, our own queue, or a time-out that is none', async () => {
  const handler = await api.as('handler-bj');
  const body = { taskQueue: queue, description: 'Of ACME.' };
  expect(await ask('PUT', '/api/job-types/x', body, handler)).toMatchObject({ status: 403 });
  expect(await register('order-payment')).toMatchObject({ status: 409, body: { code: 'built-in-job-type' } });
  const [own] = (await ops.get('/api/job-types')).body.items;
  expect(await register('x', {}, own.taskQueue)).toMatchObject({
    status: 422,
    body: { errors: [{ code: 'own_queue' }] },
  });
  for (const startToCloseTimeout of ['5 minutes', 'P1M', 'PT0S', 'P31D'])
    expect(await register('x', { startToCloseTimeout })).toMatchObject({ status: 400 });
});

test('while no worker polls the queue the wait says so, then an incident does, and with a worker it continues by itself', async () => {
  expect(await register('acme:charge:1', { scheduleToStartTimeout: 'PT1S' })).toMatchObject({
    status: 201,
    body: { type: 'acme:charge:1', taskQueue: queue, served: false, usedBy: [] },
  });
  const header = '<zeebe:taskHeaders><zeebe:header key="currency" value="CNY"/></zeebe:taskHeaders>';
  expect(await deploy('charging', 'acme:charge:1', header)).toMatchObject({ status: 201 });
  const id = await start('charging', { cents: 900 });

  const explained = await eventually(async () => {
    const { body } = await ops.get(`/api/instances/${encodeURIComponent(id)}/explain`);
    return body.waits?.[0]?.problem ? body.waits[0] : null;
  });
  expect(explained).toMatchObject({ element: 'Work', canMove: false, problem: { zh: expect.stringContaining(queue) } });

  const row = await stopped(id);
  expect(row).toMatchObject({
    status: 'active',
    incidents: [{ code: 'no-worker', elementName: '外部处理', message: { zh: expect.stringContaining(queue) } }],
    waits: [{ what: expect.stringContaining('没有工作进程'), waitingFor: ['ops'] }],
  });

  worker = await startOutsideWorker(inject('temporalAddress'), queue);
  expect(await ended(id)).toMatchObject({ status: 'completed', incidents: [] });
  await expect
    .poll(() => journal(id))
    .toEqual(
      expect.arrayContaining([
        'incident-raised Work no-worker',
        'incident-resolved Work no-worker',
        'element-completed Work',
      ]),
    );
  const { items } = (await ops.get('/api/job-types')).body;
  expect(items.find((one: Body) => one.type === 'acme:charge:1')).toMatchObject({
    served: true,
    usedBy: [{ process: 'charging', version: 1 }],
  });
});

test('a BPMN error of the worker is caught by the error event of the definition', async () => {
  await register('acme:check:1');
  expect(await deploy('checking', 'acme:check:1')).toMatchObject({ status: 201 });
  const refused = await start('checking', { cents: 2000 });
  await ended(refused);
  await expect.poll(() => journal(refused)).toContain('element-completed TooMuchEnd');
  const paid = await start('checking', { cents: 900 });
  await ended(paid);
  await expect.poll(() => journal(paid)).toContain('element-completed Done');
});

test('an attempt that fails is repeated as often as the definition says', async () => {
  await register('acme:shaky:1');
  await deploy('shaky', 'acme:shaky:1');
  expect(await ended(await start('shaky'))).toMatchObject({ status: 'completed' });
});

test('a failure that is not to be repeated, and an answer that is no object, are incidents', async () => {
  await register('acme:hopeless:1');
  await deploy('hopeless', 'acme:hopeless:1');
  const hopeless = await stopped(await start('hopeless'));
  expect(hopeless.incidents).toMatchObject([
    { code: 'job-failed', message: { zh: expect.stringContaining('closed') } },
  ]);
  await register('acme:odd:1');
  await deploy('odd', 'acme:odd:1');
  const odd = await stopped(await start('odd'));
  expect(odd.incidents).toMatchObject([{ code: 'job-failed', message: { zh: expect.stringContaining('变量对象') } }]);
});

test('an unregistered type computed at run time is an incident, and a retry after registering continues', async () => {
  expect(await deploy('any', '=kind')).toMatchObject({ status: 409, body: { code: 'second-person-needed' } });
  await byTwo('POST /api/definitions', {}, { xml: definition('any', '=kind') });
  const id = await start('any', { kind: 'acme:later:1', cents: 1 });
  expect(await stopped(id)).toMatchObject({
    incidents: [{ code: 'unknown-job-type', message: { zh: expect.stringContaining('acme:later:1') } }],
  });
  await byTwo('POST /api/instances/{id}/variables', { id }, { variables: { kind: 'acme:later:1' } });
  await register('acme:later:1', { scheduleToStartTimeout: 'PT1S' }, `${queue}-nobody`);
  await ops.post(`/api/instances/${encodeURIComponent(id)}/retry`, {});
  expect(await reached(id, (row) => row.incidents[0]?.code === 'no-worker')).toMatchObject({ status: 'active' });
  const known = await start('any', { kind: 'acme:check:1', cents: 5 });
  expect(await ended(known)).toMatchObject({ status: 'completed' });
});

test('what runs keeps the queue it was deployed with; what is deployed again takes the new one', async () => {
  await register('acme:moved:1', { scheduleToStartTimeout: 'PT1S' }, `${queue}-old`);
  await deploy('moved', 'acme:moved:1');
  await register('acme:moved:1', { scheduleToStartTimeout: 'PT1S' }, `${queue}-new`);
  const before = await stopped(await start('moved'));
  expect(before.incidents[0].message.zh).toContain(`${queue}-old`);
  const again = await deploy('moved', 'acme:moved:1');
  expect(again.body.definitions).toMatchObject([{ key: 'moved', version: 2, created: true }]);
  const after = await stopped(await start('moved'));
  expect(after.incidents[0].message.zh).toContain(`${queue}-new`);
});

test('a registration goes only when no newest version names it', async () => {
  expect(await ask('DELETE', '/api/job-types/acme%3Acheck%3A1')).toMatchObject({
    status: 409,
    body: { code: 'job-type-in-use', usedBy: [{ process: 'checking', version: 1 }] },
  });
  expect((await deploy('checking', 'acme:shaky:1')).status).toBe(201);
  expect((await ask('DELETE', '/api/job-types/acme%3Acheck%3A1')).status).toBe(204);
  expect((await ask('DELETE', '/api/job-types/acme%3Acheck%3A1')).status).toBe(404);
});

test('the type * matches every type that is not registered otherwise', async () => {
  expect(await register('*')).toMatchObject({ status: 201, body: { type: '*' } });
  expect(await deploy('anything', 'acme:shaky:1')).toMatchObject({ status: 201 });
  expect(await deploy('anything-else', 'nobody:knows:1')).toMatchObject({ status: 201 });
  expect(await ask('DELETE', '/api/job-types/*')).toMatchObject({
    status: 409,
    body: { usedBy: [{ process: 'anything-else' }] },
  });
});

test('an instance is started once per business key, at a facility of one’s own, and not where a case has its own door', async () => {
  const body = { process: 'shaky', facility: 'BJ', businessKey: `once-${randomUUID().slice(0, 8)}` };
  expect(await ask('POST', '/api/instances', body)).toMatchObject({ status: 201, body: { began: true } });
  expect(await ask('POST', '/api/instances', body)).toMatchObject({ status: 200, body: { began: false } });
  expect(await ask('POST', '/api/instances', { ...body, process: 'followUp' })).toMatchObject({
    status: 409,
    body: { code: 'started-elsewhere', hint: expect.stringContaining('POST /api/events') },
  });
  expect(await ask('POST', '/api/instances', { ...body, process: 'nothing' })).toMatchObject({ status: 404 });
  expect(await ask('POST', '/api/instances', { ...body, facility: 'XX' })).toMatchObject({ status: 422 });
  expect(await ask('POST', '/api/instances', { ...body, variables: { businessKey: 7 } })).toMatchObject({
    status: 400,
    body: { errors: [{ path: 'body.variables.businessKey', code: 'reserved' }] },
  });
});
