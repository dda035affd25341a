import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../support/runtime.ts';
import { type Body, type Caller, registered, startApi, type TestApi } from './support.ts';

let api: TestApi;
let ops: Caller;
beforeAll(async () => {
  api = await startApi();
  ops = await api.as('ops');
});
afterAll(() => api.close());

const definition = (key: string, content: string, version = 1) => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
  id="d${version}" targetNamespace="https://careloop.dev/tests">
  <bpmn:message id="Ordered" name="course-ordered" />
  <bpmn:message id="Answered" name="patient-answered">
    <bpmn:extensionElements><zeebe:subscription correlationKey="=businessKey" /></bpmn:extensionElements>
  </bpmn:message>
  <bpmn:process id="${key}" name="疗程" isExecutable="true">${content}</bpmn:process>
</bpmn:definitions>`;

const waiting = definition(
  'course',
  `<bpmn:startEvent id="Begin"><bpmn:messageEventDefinition id="m1" messageRef="Ordered" /></bpmn:startEvent>
   <bpmn:sequenceFlow id="f1" sourceRef="Begin" targetRef="WaitForAnswer" />
   <bpmn:intermediateCatchEvent id="WaitForAnswer" name="等待患者答复">
     <bpmn:extensionElements><zeebe:ioMapping><zeebe:output source="=price" target="price" /></zeebe:ioMapping></bpmn:extensionElements>
     <bpmn:messageEventDefinition id="m2" messageRef="Answered" />
   </bpmn:intermediateCatchEvent>
   <bpmn:sequenceFlow id="f2" sourceRef="WaitForAnswer" targetRef="Decide" />
   <bpmn:exclusiveGateway id="Decide" name="是否继续" />
   <bpmn:sequenceFlow id="f3" sourceRef="Decide" targetRef="End">
     <bpmn:conditionExpression>=price &gt; 100</bpmn:conditionExpression>
   </bpmn:sequenceFlow>
   <bpmn:endEvent id="End" />`,
);

const deploy = (xml: string) => ops.post('/api/definitions', xml, { headers: { 'Content-Type': 'application/xml' } });

test('a definition is deployed once per change, and each version stays readable', async () => {
  const first = await deploy(waiting);
  expect(first).toMatchObject({ status: 201, body: { definitions: [{ key: 'course', version: 1, created: true }] } });
  expect(first.headers.get('Location')).toBe('/api/definitions/course/versions/1');
  expect(await deploy(waiting)).toMatchObject({ status: 200, body: { definitions: [{ version: 1, created: false }] } });
  const changed = waiting.replace('是否继续', '继续吗');
  expect(await deploy(changed)).toMatchObject({ status: 201, body: { definitions: [{ version: 2 }] } });
  const xml = await ops.get('/api/definitions/course/versions/1');
  expect(xml.headers.get('Content-Type')).toMatch('application/xml');
  expect(xml.body).toContain('name="是否继续"');
  // It came without a diagram and got one, so that it can be shown.
  expect(xml.body).toContain('bpmnElement="WaitForAnswer"');
  expect((await ops.get('/api/definitions?key=course')).body.items).toMatchObject([
    { version: 2, newest: true },
    { version: 1, newest: false },
  ]);
  expect((await ops.get('/api/definitions/course/versions/9')).status).toBe(404);
});

test('a process may be named in any script, and is found where its deployment says', async () => {
  const first = await deploy(definition('疗程回访', '<bpmn:userTask id="等待答复" />'));
  expect(first).toMatchObject({ status: 201, body: { definitions: [{ key: '疗程回访', created: true }] } });
  const found = await ops.get(first.headers.get('Location') ?? '');
  expect(found.body).toContain('<bpmn:process id="疗程回访"');
  expect(found.body).toContain('bpmnElement="等待答复"');
});

test('a version is taken out of use when nothing runs on it, and the one before is the newest then', async () => {
  const simple = (name: string) =>
    definition('retired', `<bpmn:userTask id="Ask" name="${name}" />`).replace(
      /<bpmn:message [\s\S]*<\/bpmn:message>/,
      '',
    );
  for (const name of ['一', '二']) expect((await deploy(simple(name))).status).toBe(201);
  const start = (body: object) => ops.post('/api/instances', { process: 'retired', facility: 'BJ', ...body });
  const id = (await start({})).body.id;
  const act = (version: number, what: string) => ops.post(`/api/definitions/retired/versions/${version}/${what}`, {});
  await eventually(async () => (await ops.get(`/api/instances/${encodeURIComponent(id)}`)).status === 200);
  expect(await act(2, 'deactivate')).toMatchObject({
    status: 409,
    body: { code: 'instances-running', running: 1, instances: [id], detail: expect.stringContaining(id) },
  });
  const counted = (await ops.get('/api/definitions?key=retired&counts=true')).body.items;
  expect(counted).toMatchObject([
    { version: 2, newest: true, instances: { active: 1, stopped: 0 } },
    { version: 1, newest: false, instances: { active: 0, stopped: 0 } },
  ]);
  await ops.post(`/api/instances/${encodeURIComponent(id)}/cancel`, { reason: '试完' });
  expect(await act(2, 'deactivate')).toMatchObject({
    status: 200,
    body: { newest: false, deactivated: { by: 'ops' } },
  });
  expect(await start({ version: 2 })).toMatchObject({ status: 409, body: { code: 'version-deactivated' } });
  expect(await start({})).toMatchObject({ status: 201, body: { version: 1 } });
  // The same definition again is a new version, not the one that was taken back.
  expect(await deploy(simple('二'))).toMatchObject({ status: 201, body: { definitions: [{ version: 3 }] } });
  expect(await act(2, 'activate')).toMatchObject({ status: 200, body: { newest: false } });
  expect(await act(9, 'deactivate')).toMatchObject({ status: 404 });
});

test('what is wrong with a definition comes back as data and nothing is deployed', async () => {
  const answer = await deploy(definition('wrong', '<bpmn:serviceTask id="NoJob" name="没有任务" />'));
  expect(answer).toMatchObject({ status: 422, body: { code: 'definition-refused' } });
  expect(answer.body.problems).toEqual(
    expect.arrayContaining([expect.objectContaining({ severity: 'error', element: 'NoJob' })]),
  );
  expect((await deploy('this is not XML')).status).toBe(422);
  const plain = await ops.post('/api/definitions', 'x', { headers: { 'Content-Type': 'text/plain' } });
  expect(plain).toMatchObject({ status: 415, body: { hint: expect.stringMatching('application/bpmn\\+xml') } });
  expect((await ops.get('/api/definitions?key=wrong')).body.items).toEqual([]);
});

test('a definition can be checked without deploying it, and in the encoding it is saved in', async () => {
  const latin = definition('rehearsed', '<bpmn:userTask id="Ask" name="Prüfen" />')
    .replace('疗程', 'Kurs')
    .replace('UTF-8', 'ISO-8859-1');
  const bytes = Uint8Array.from(latin, (sign) => sign.charCodeAt(0));
  const send = (query: string) =>
    ops.post(`/api/definitions${query}`, bytes, { headers: { 'Content-Type': 'text/xml' } });
  const dry = await send('?dryRun=true');
  expect(dry).toMatchObject({ status: 200, body: { definitions: [{ key: 'rehearsed', version: 1, created: true }] } });
  expect(dry.body.problems).toContainEqual(
    expect.objectContaining({ severity: 'info', code: 'missing-form', element: 'Ask', elementName: 'Prüfen' }),
  );
  expect((await ops.get('/api/definitions?key=rehearsed')).body.items).toEqual([]);
  expect(await send('')).toMatchObject({ status: 201, body: { problems: dry.body.problems } });
  expect(await send('?dryRun=true')).toMatchObject({ status: 200, body: { definitions: [{ created: false }] } });
  const kept = await ops.get('/api/definitions/rehearsed/versions/1');
  expect(kept.body).toMatch(/encoding="UTF-8"[\s\S]*Prüfen/);
});

test('a definition with its forms and English names is deployed as JSON, and by the operators only', async () => {
  const xml = await readFile(new URL('../../../definitions/refund/refund.bpmn', import.meta.url), 'utf8');
  const director = await api.as('cs-director-bj');
  expect(await director.post('/api/definitions', { xml })).toMatchObject({
    status: 403,
    body: { code: 'wrong-role', roles: ['ops'], words: { zh: expect.stringContaining('（ops）') } },
  });
  const without = await ops.post('/api/definitions', { xml, forms: {} });
  expect(without.status).toBe(422);
});

test('a message starts a process once, is correlated to a waiting one, and is refused otherwise', async () => {
  const key = `C${randomUUID().slice(0, 8)}`;
  const send = (body: object) => ops.post('/api/messages', body, { key: randomUUID() });
  const unknown = await send({ name: 'nobody-knows-it' });
  expect(unknown).toMatchObject({ status: 404, body: { code: 'no-taker' } });
  const order = { name: 'course-ordered', correlationKey: key, facility: 'SH' };
  expect(await send({ ...order, facility: undefined })).toMatchObject({ status: 422 });
  const began = await send(order);
  expect(began).toMatchObject({ status: 200, body: { taker: `course/${key}`, began: true } });
  // Only an instance that is listed can be named to those who may see it.
  await eventually(async () => (await ops.get(`/api/instances/course%2F${key}`)).status === 200);
  const second = await send(order);
  expect(second).toMatchObject({ status: 409, body: { code: 'already-running', taker: `course/${key}` } });
  const answer = { name: 'patient-answered', correlationKey: key };
  const taken = await eventually(async () => {
    const one = await send(answer);
    return one.status === 200 && one.body;
  });
  expect(taken).toMatchObject({ taker: `course/${key}`, element: 'WaitForAnswer', began: false });
  expect(await send(answer)).toMatchObject({ status: 404 });
  const elsewhere = await api.as('handler-bj');
  const foreign = await elsewhere.post('/api/messages', { ...order, correlationKey: `${key}-2` });
  expect(foreign).toMatchObject({ status: 403, body: { code: 'wrong-facility' } });
});

test('an incident is listed with its reason, its variable corrected, and the instance continues after a retry', async () => {
  const [incident] = await eventually(async () => {
    const { items } = (await ops.get('/api/instances?incident=true&process=course')).body;
    return items.length > 0 && items;
  });
  expect(incident.incidents[0]).toMatchObject({ element: 'WaitForAnswer', code: 'missing-variable' });
  const address = `/api/instances/${encodeURIComponent(incident.id)}`;
  const explained = (await ops.get(`${address}/explain`)).body;
  expect(explained.waits[0]).toMatchObject({ element: 'WaitForAnswer', incident: { code: 'missing-variable' } });
  expect((await ops.post(`${address}/variables`, { variables: { price: 200 } })).status).toBe(200);
  const retried = await ops.post(`${address}/retry`, {});
  expect(retried).toMatchObject({ status: 200, body: { instance: { status: 'completed', incidents: [] } } });
  expect(await ops.post(`${address}/retry`, {})).toMatchObject({ status: 422 });
  expect(await ops.post(`${address}/cancel`, { reason: 'too late' })).toMatchObject({ status: 409 });
  const journal = await ops.get(`${address}/journal?limit=2`);
  expect(journal.body.items.map((one: Body) => one.n)).toEqual([1, 2]);
  const next = await ops.get(`${address}/journal?limit=2&cursor=${journal.body.nextCursor}`);
  expect(next.body.items.map((one: Body) => one.n)).toEqual([3, 4]);
});

test('only operators cancel an instance, with a reason', async () => {
  const caseNumber = await registered(api);
  const address = `/api/instances/complaint%2F${caseNumber}`;
  const director = await api.as('cs-director-bj');
  expect((await director.get(address)).body).toMatchObject({ id: `complaint/${caseNumber}`, status: 'active' });
  expect((await director.post(`${address}/cancel`, { reason: '重复' })).status).toBe(403);
  expect((await (await api.as('cashier-bj')).get(address)).status).toBe(404);
  expect(await ops.post(`${address}/cancel`, { reason: '重复登记' })).toMatchObject({
    status: 200,
    body: { instance: { status: 'cancelled' } },
  });
  const list = await ops.get(`/api/instances?status=cancelled&q=${caseNumber}`);
  expect(list.body.items).toHaveLength(1);
  expect((await ops.get('/api/instances/complaint%2FXX000000')).status).toBe(404);
});

test('only operators put a clock forward, and only that of a drill', async () => {
  const drill = `/api/instances/complaint%2F${await registered(api, { timeScale: 10 })}`;
  const to = new Date(Date.now() + 7_200_000).toISOString();
  const director = await api.as('cs-director-bj');
  expect((await director.post(`${drill}/clock`, { to })).status).toBe(403);
  expect(await ops.post(`${drill}/clock`, { to: 'tomorrow' })).toMatchObject({ status: 400 });
  const forward = await ops.post(`${drill}/clock`, { to });
  expect(forward).toMatchObject({ status: 200, body: { instance: { status: 'active' } } });
  expect(forward.body.now >= to).toBe(true);
  expect(forward.body.happened.en).toMatch('put forward');
  expect((await ops.get(`${drill}/explain`)).body.at >= to).toBe(true);
  const real = `/api/instances/complaint%2F${await registered(api)}`;
  expect(await ops.post(`${real}/clock`, { to })).toMatchObject({ status: 409, body: { code: 'clock-is-real' } });
});

test('why a date: each day and the notice it rests on', async () => {
  const { body } = await ops.get('/api/calendar/why?from=2026-09-30&workingDays=3&facility=BJ');
  expect(body).toMatchObject({ dueDate: '2026-10-10', provisional: false, calendar: { id: 'china', version: 1 } });
  expect(body.steps.filter((one: Body) => one.counted)).toHaveLength(3);
  expect((await ops.get('/api/calendar/why?from=2026-09-30&workingDays=3&facility=XX')).status).toBe(404);
});

test('metrics count requests by route pattern and hold no ids', async () => {
  const text = String((await api.anonymous.get('/metrics')).body);
  expect(text).toMatch('route="/api/instances/{id}"');
  expect(text).not.toMatch(/BJ20\d\d/);
  expect(text).toMatch(/careloop_updates_total\{update="retry",result="done"\} 1/);
});
