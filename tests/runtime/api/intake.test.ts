/** Over HTTP, at every door: what the diagram does not declare is refused by its name, and nothing of it is written. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../support/runtime.ts';
import { type Answer, type Body, type Caller, startApi, type TestApi } from './support.ts';

const taking = (...names: string[]) =>
  `<bpmn:extensionElements><zeebe:ioMapping>${names
    .map((name) => `<zeebe:output source="=get or else(${name}, null)" target="${name}" />`)
    .join('')}</zeebe:ioMapping></bpmn:extensionElements>`;

const xml = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="https://careloop.dev/tests">
  <bpmn:message id="Weighed" name="parcel-weighed"><bpmn:extensionElements><zeebe:subscription correlationKey="=businessKey" /></bpmn:extensionElements></bpmn:message>
  <bpmn:message id="Brought" name="parcel-brought"><bpmn:extensionElements><zeebe:subscription correlationKey="=businessKey" /></bpmn:extensionElements></bpmn:message>
  <bpmn:signal id="Stop" name="post-strike" />
  <bpmn:process id="parcel" name="包裹" isExecutable="true">
    <bpmn:startEvent id="Begin" name="收件">${taking('note')}</bpmn:startEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="Begin" targetRef="Weigh" />
    <bpmn:intermediateCatchEvent id="Weigh" name="称重">${taking('weight')}<bpmn:messageEventDefinition id="m1" messageRef="Weighed" /></bpmn:intermediateCatchEvent>
    <bpmn:sequenceFlow id="f2" sourceRef="Weigh" targetRef="Sign" />
    <bpmn:userTask id="Sign" name="签收"><bpmn:extensionElements><zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="ops" />
      <zeebe:ioMapping><zeebe:output source="=get or else(signedBy, null)" target="signedBy" /></zeebe:ioMapping></bpmn:extensionElements></bpmn:userTask>
    <bpmn:boundaryEvent id="Strike" name="罢工" cancelActivity="false" attachedToRef="Sign">${taking('days')}<bpmn:signalEventDefinition id="s1" signalRef="Stop" /></bpmn:boundaryEvent>
    <bpmn:sequenceFlow id="f4" sourceRef="Strike" targetRef="Late" />
    <bpmn:endEvent id="Late" name="晚到" />
    <bpmn:sequenceFlow id="f3" sourceRef="Sign" targetRef="End" />
    <bpmn:endEvent id="End" name="送达" />
  </bpmn:process>
  <bpmn:process id="pick-up" name="取件" isExecutable="true">
    <bpmn:startEvent id="BroughtIn" name="送来">${taking('sender')}<bpmn:messageEventDefinition id="m2" messageRef="Brought" /></bpmn:startEvent>
    <bpmn:sequenceFlow id="g1" sourceRef="BroughtIn" targetRef="Keep" />
    <bpmn:userTask id="Keep" name="保管"><bpmn:extensionElements><zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="ops" /></bpmn:extensionElements></bpmn:userTask>
    <bpmn:sequenceFlow id="g2" sourceRef="Keep" targetRef="Gone" />
    <bpmn:endEvent id="Gone" name="取走" />
  </bpmn:process>
  <bpmn:process id="refill" name="补充" isExecutable="true">
    <bpmn:startEvent id="Low" name="不足">${taking('shelf')}<bpmn:conditionalEventDefinition id="c1"><bpmn:condition xsi:type="bpmn:tFormalExpression">=left &lt; 3</bpmn:condition></bpmn:conditionalEventDefinition></bpmn:startEvent>
    <bpmn:sequenceFlow id="h1" sourceRef="Low" targetRef="Refilled" />
    <bpmn:endEvent id="Refilled" name="已补充" />
  </bpmn:process>
</bpmn:definitions>`;

let api: TestApi;
let ops: Caller;
beforeAll(async () => {
  api = await startApi();
  ops = await api.as('ops');
  expect((await ops.post('/api/definitions', { xml })).status).toBe(201);
});
afterAll(async () => {
  await api?.close();
});

const errors = ({ body }: Answer) => body.errors?.map((one: Body) => one.path);
const refusal = (name: string, code = 'not-declared') => ({ status: 422, code, paths: [`body.variables.${name}`] });
const said = (answer: Answer) => ({ status: answer.status, code: answer.body.code, paths: errors(answer) });
const once = () => ({ key: randomUUID() });

async function aParcel(): Promise<{ id: string; key: string }> {
  const key = `P${randomUUID().slice(0, 8)}`;
  const body = { process: 'parcel', facility: 'BJ', businessKey: key, variables: { note: 'fragile' } };
  expect((await ops.post('/api/instances', body, once())).status).toBe(201);
  return { id: `parcel/${key}`, key };
}
/** Of one that may just be beginning. */
const variablesOf = (id: string): Promise<Record<string, unknown>> =>
  eventually(async () => {
    const { body } = await ops.get(`/api/instances/${encodeURIComponent(id)}/variables`);
    const shown: Body[] | undefined = body.scopes?.[0].variables;
    return shown && Object.fromEntries(shown.map((one) => [one.name, one.value]));
  });
const waitsAt = (id: string, element: string): Promise<Body> =>
  eventually(async () => {
    const { body } = await ops.get(`/api/instances/${encodeURIComponent(id)}`);
    return body.waits?.some((one: Body) => one.element === element) && body;
  });
const weigh = (key: string, variables: object) =>
  ops.post('/api/messages', { name: 'parcel-weighed', correlationKey: key, variables }, once());

test('a start takes in what its start event declares', async () => {
  const start = (variables: object) =>
    ops.post('/api/instances', { process: 'parcel', facility: 'BJ', variables }, once());
  expect(said(await start({ note: 'x', refundId: 'R' }))).toEqual(refusal('refundId', 'form-invalid'));
  expect((await start({ facility: 'SH' })).status).toBeGreaterThanOrEqual(400);
  const { id } = await aParcel();
  expect(await variablesOf(id)).toMatchObject({ note: 'fragile', facility: 'BJ' });
});

test('a message takes in what the event declares that waits for it', async () => {
  const { id, key } = await aParcel();
  await waitsAt(id, 'Weigh');
  expect(said(await weigh(key, { weight: 2, note: 'forged' }))).toEqual(refusal('note'));
  expect((await weigh(key, { businessKey: 'other' })).status).toBe(400);
  expect((await weigh(key, { weight: 2 })).status).toBe(200);
  expect(await variablesOf(id)).toMatchObject({ note: 'fragile', weight: 2, businessKey: key });
  const lines = (await ops.get(`/api/instances/${encodeURIComponent(id)}/journal?limit=200`)).body.items;
  expect(lines.find((one: Body) => one.kind === 'event-fired')?.data).toMatchObject({
    names: ['weight'],
    digest: expect.stringMatching(/^sha256:[\da-f]{64}$/),
  });
});

test('a message that begins a process takes in what its start event declares', async () => {
  const bring = (variables: object) =>
    ops.post(
      '/api/messages',
      { name: 'parcel-brought', correlationKey: `B${randomUUID()}`, facility: 'BJ', variables },
      once(),
    );
  expect(said(await bring({ sender: 'x', owner: 'y' }))).toEqual(refusal('owner'));
  const begun = await bring({ sender: 'x' });
  expect(begun).toMatchObject({ status: 200, body: { began: true } });
  expect(await variablesOf(begun.body.taker)).toMatchObject({ sender: 'x' });
});

test('a task takes in what it declares, and a task that declares nothing takes in nothing', async () => {
  const { id, key } = await aParcel();
  await waitsAt(id, 'Weigh');
  await weigh(key, {});
  await waitsAt(id, 'Sign');
  const task = await eventually(async () => (await ops.get(`/api/tasks?q=${key}&group=ops`)).body.items[0]);
  const complete = (variables: object) => ops.post(`/api/tasks/${task.id}/complete`, { variables }, once());
  expect(said(await complete({ signedBy: 'x', amountCents: 1 }))).toEqual(refusal('amountCents', 'form-invalid'));
  expect((await complete({ signedBy: 'x' })).status).toBe(200);
});

test('a signal takes in the variables that a catching process declares', async () => {
  const { id, key } = await aParcel();
  await waitsAt(id, 'Weigh');
  await weigh(key, {});
  await waitsAt(id, 'Sign');
  const strike = (variables: object) =>
    ops.post('/api/signals', { name: 'post-strike', variables, facility: 'BJ' }, once());
  expect(said(await strike({ days: 3, weight: 9 }))).toEqual(refusal('weight'));
  expect((await strike({ days: 3 })).status).toBe(200);
  expect(await eventually(async () => (await variablesOf(id))['days'] === 3)).toBe(true);
});

test('a condition takes in what it reads and what its start event declares', async () => {
  const look = (variables: object) =>
    ops.post('/api/conditions', { variables, facility: 'BJ', processes: ['refill'] }, once());
  expect(said(await look({ left: 1, price: 2 }))).toEqual(refusal('price'));
  const { body } = await look({ left: 1, shelf: 'A' });
  expect(body.started).toMatchObject([{ process: 'refill', began: true }]);
  expect(await variablesOf(body.started[0].instance)).toMatchObject({ shelf: 'A', left: 1 });
});

test('operators correct variables, and never whose an instance is', async () => {
  const { id } = await aParcel();
  await waitsAt(id, 'Weigh');
  const set = (variables: object) =>
    ops.post(`/api/instances/${encodeURIComponent(id)}/variables`, { variables }, once());
  expect((await set({ note: 'corrected' })).status).toBe(200);
  for (const name of ['businessKey', 'facility', 'startedBy', 'startedAt'])
    expect((await set({ [name]: 'forged' })).status).toBe(400);
  expect(await variablesOf(id)).toMatchObject({ note: 'corrected', facility: 'BJ' });
});
