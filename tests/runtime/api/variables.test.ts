/** What operators see of the variables of an instance, and what they may set right. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../support/runtime.ts';
import { type Body, type Caller, startApi, type TestApi } from './support.ts';

let api: TestApi;
let ops: Caller;
beforeAll(async () => {
  api = await startApi();
  ops = await api.as('ops');
  const deployed = await ops.post('/api/definitions', { xml: definition });
  expect(deployed.status).toBe(201);
});
afterAll(() => api.close());

/** Asks once per order, with the order as a variable of the task's own. */
const definition = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
  id="d" targetNamespace="https://careloop.dev/tests">
  <bpmn:process id="orders" name="订单" isExecutable="true">
    <bpmn:startEvent id="Begin"><bpmn:extensionElements><zeebe:ioMapping><zeebe:output source="=get or else(orders, null)" target="orders" /><zeebe:output source="=get or else(note, null)" target="note" /><zeebe:output source="=get or else(contact, null)" target="contact" /></zeebe:ioMapping></bpmn:extensionElements></bpmn:startEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="Begin" targetRef="Confirm" />
    <bpmn:userTask id="Confirm" name="确认订单">
      <bpmn:extensionElements><zeebe:userTask /><zeebe:ioMapping><zeebe:input source="=order.id" target="orderId" /></zeebe:ioMapping></bpmn:extensionElements>
      <bpmn:multiInstanceLoopCharacteristics>
        <bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=orders" inputElement="order" /></bpmn:extensionElements>
      </bpmn:multiInstanceLoopCharacteristics>
    </bpmn:userTask>
    <bpmn:sequenceFlow id="f2" sourceRef="Confirm" targetRef="End" />
    <bpmn:endEvent id="End" />
  </bpmn:process>
</bpmn:definitions>`;

const long = '长'.repeat(3000);

async function begun(): Promise<string> {
  const businessKey = `O-${randomUUID().slice(0, 8)}`;
  const variables = { orders: [{ id: 'first' }, { id: 'second' }], note: long, contact: '13800001234' };
  const started = await ops.post('/api/instances', { process: 'orders', facility: 'BJ', businessKey, variables });
  expect(started.status).toBe(201);
  const address = `/api/instances/${encodeURIComponent(started.body.id)}`;
  await eventually(async () => (await ops.get(address)).body.waits?.length === 2);
  return address;
}

const named = (scope: Body, name: string) => scope.variables.find((one: Body) => one.name === name);

test('variables are returned by scope, large ones cut with their size, personal numbers masked', async () => {
  const address = await begun();
  const { status, body } = await ops.get(`${address}/variables`);
  expect(status).toBe(200);
  const [process, ...inner] = body.scopes;
  expect(process).toMatchObject({ element: 'orders', elementName: '订单', kind: 'scope' });
  expect(named(process, 'facility')).toEqual({ name: 'facility', value: 'BJ', bytes: 4 });
  expect(named(process, 'contact')).toMatchObject({ value: '138****1234', masked: true });
  expect(named(process, 'note')).toMatchObject({
    cut: true,
    bytes: 9002,
    beginning: expect.stringMatching(/^"长{1999}$/),
  });
  expect(named(process, 'note')).not.toHaveProperty('value');
  const tasks = inner.filter((one: Body) => one.kind === 'task');
  expect(tasks.map((one: Body) => named(one, 'orderId')?.value)).toEqual(['first', 'second']);
  for (const one of tasks) expect(body.scopes.map((scope: Body) => scope.key)).toContain(one.within);
});

test('one variable is returned whole, one scope alone, and a missing one is reported', async () => {
  const address = await begun();
  const { body } = await ops.get(`${address}/variables?name=note`);
  expect(named(body.scopes[0], 'note')).toMatchObject({ value: long });
  const root = (await ops.get(`${address}/variables`)).body.scopes[0].key;
  expect((await ops.get(`${address}/variables?scope=${root}`)).body.scopes).toHaveLength(1);
  expect(await ops.get(`${address}/variables?scope=none`)).toMatchObject({ status: 404, body: { code: 'not-found' } });
  expect(await ops.get(`${address}/variables?name=none`)).toMatchObject({ status: 404, body: { code: 'not-found' } });
});

test('who may not read the instance does not find them, and those of an ended instance are those it ended with', async () => {
  const address = await begun();
  expect((await (await api.as('cs-director-bj')).get(`${address}/variables`)).status).toBe(200);
  expect((await (await api.as('cs-director-sh')).get(`${address}/variables`)).status).toBe(404);
  expect((await (await api.as('cashier-bj')).get(`${address}/variables`)).status).toBe(404);
  expect((await ops.post(`${address}/cancel`, { reason: '重复' })).status).toBe(200);
  const { body } = await ops.get(`${address}/variables?name=contact`);
  expect(body).toMatchObject({ status: 'cancelled', scopes: [{ variables: [{ name: 'contact', masked: true }] }] });
});

test('setting a variable to its current value returns at once and says so', async () => {
  const address = await begun();
  const set = () => ops.post(`${address}/variables`, { variables: { price: 7 } });
  expect(await set()).toMatchObject({ status: 200 });
  expect(await set()).toMatchObject({
    status: 200,
    body: { happened: { en: expect.stringMatching('Nothing changed') } },
  });
  const { items } = (await ops.get(`${address}/journal`)).body;
  expect(items.filter((one: Body) => one.kind === 'variables-set')).toHaveLength(1);
});

test('a number sent as it was shown stays what it is, and no text around one in part is taken', async () => {
  const address = await begun();
  const set = (contact: string) => ops.post(`${address}/variables`, { variables: { contact } });
  expect(await set('138****1234')).toMatchObject({
    status: 200,
    body: { happened: { en: expect.stringMatching('Nothing changed') } },
  });
  expect(await set('改为138****1234')).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'body.variables.contact', code: 'masked' }] },
  });
});

test('what Careloop sets itself is refused, but rules that are meant to be replaced', async () => {
  const address = await begun();
  const set = (body: object) => ops.post(`${address}/variables`, body);
  for (const name of ['businessKey', 'facility', 'startedAt', 'startedBy', 'rules'])
    expect(await set({ variables: { [name]: 'x', note: 'n' } })).toMatchObject({
      status: 400,
      body: { errors: [{ path: `body.variables.${name}`, code: 'reserved' }] },
    });
  expect(await set({ variables: { facility: 'SH' }, replaceRules: true })).toMatchObject({ status: 400 });
  expect(await set({ variables: { rules: { limits: {} } }, replaceRules: true })).toMatchObject({ status: 200 });
  const { body } = await ops.get(`${address}/variables?name=rules`);
  expect(named(body.scopes[0], 'rules')).toMatchObject({ value: { limits: {} } });
});
