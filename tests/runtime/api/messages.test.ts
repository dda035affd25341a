/** Messages and signals over HTTP: taken, kept, taken back, and what is refused. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../support/runtime.ts';
import { type Answer, type Body, type Caller, startApi, type TestApi } from './support.ts';

let api: TestApi;
let ops: Caller;
let director: Caller;

const definition = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
  id="visits" targetNamespace="https://careloop.dev/tests">
  <bpmn:message id="Booked" name="visit-booked" />
  <bpmn:message id="Came" name="patient-came">
    <bpmn:extensionElements><zeebe:subscription correlationKey="=&quot;came-&quot; + businessKey" /></bpmn:extensionElements>
  </bpmn:message>
  <bpmn:signal id="Closed" name="clinic-closed" />
  <bpmn:process id="booked-visit" name="预约就诊" isExecutable="true">
    <bpmn:startEvent id="Book" name="预约"><bpmn:extensionElements><zeebe:ioMapping><zeebe:output source="=get or else(nurse, null)" target="nurse" /></zeebe:ioMapping></bpmn:extensionElements><bpmn:messageEventDefinition id="m1" messageRef="Booked" /></bpmn:startEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="Book" targetRef="Wait" />
    <bpmn:eventBasedGateway id="Wait" name="等" />
    <bpmn:sequenceFlow id="f2" sourceRef="Wait" targetRef="PatientCame" />
    <bpmn:sequenceFlow id="f3" sourceRef="Wait" targetRef="ClinicClosed" />
    <bpmn:intermediateCatchEvent id="PatientCame" name="患者到诊"><bpmn:extensionElements><zeebe:ioMapping><zeebe:output source="=get or else(nurse, null)" target="nurse" /></zeebe:ioMapping></bpmn:extensionElements><bpmn:messageEventDefinition id="m2" messageRef="Came" /></bpmn:intermediateCatchEvent>
    <bpmn:intermediateCatchEvent id="ClinicClosed" name="停诊"><bpmn:signalEventDefinition id="s1" signalRef="Closed" /></bpmn:intermediateCatchEvent>
    <bpmn:sequenceFlow id="f4" sourceRef="PatientCame" targetRef="Seen" />
    <bpmn:sequenceFlow id="f5" sourceRef="ClinicClosed" targetRef="NotSeen" />
    <bpmn:endEvent id="Seen" name="已就诊" />
    <bpmn:endEvent id="NotSeen" name="未就诊" />
  </bpmn:process>
</bpmn:definitions>`;

beforeAll(async () => {
  api = await startApi();
  ops = await api.as('ops');
  director = await api.as('cs-director-bj');
  const deployed = await ops.post('/api/definitions', definition, { headers: { 'Content-Type': 'application/xml' } });
  expect(deployed.status).toBe(201);
});
afterAll(() => api.close());

const aKey = () => `V${randomUUID().slice(0, 8)}`;
const publish = (body: object, by = ops, key: string = randomUUID()): Promise<Answer> =>
  by.post('/api/messages', body, { key });
const begin = (key: string, facility = 'BJ') =>
  publish({ name: 'visit-booked', correlationKey: key, facility }).then((answer) => {
    expect(answer).toMatchObject({ status: 200, body: { taker: `booked-visit/${key}`, began: true } });
  });
const came = (key: string) => ({ name: 'patient-came', correlationKey: `came-${key}` });
const messageOf = async (id: string): Promise<Body> => (await ops.get(`/api/messages/${id}`)).body;
const instanceOf = async (key: string): Promise<Body> =>
  (await ops.get(`/api/instances/${encodeURIComponent(`booked-visit/${key}`)}`)).body;
const listens = (key: string) => eventually(async () => ((await instanceOf(key)).subscriptions?.length ?? 0) > 0);

test('a message that comes early is kept, shown to the operators, and taken when somebody waits', async () => {
  const key = aKey();
  const kept = await publish({ ...came(key), timeToLive: 'PT1H', facility: 'BJ', variables: { nurse: 'N1' } });
  expect(kept).toMatchObject({ status: 202, body: { state: 'waiting' } });
  const { id } = kept.body;
  const waiting = await ops.get(`/api/messages?state=waiting&correlationKey=came-${key}`);
  expect(waiting.body.items).toMatchObject([{ id, name: 'patient-came', facility: 'BJ', sender: { staff: 'ops' } }]);
  await begin(key);
  await eventually(async () => (await messageOf(id)).state === 'taken');
  expect(await messageOf(id)).toMatchObject({ taker: `booked-visit/${key}`, element: 'PatientCame', began: false });
  await eventually(async () => (await instanceOf(key)).status === 'completed');
});

test('operators see who waits for which message and signal, since when, with personal numbers masked', async () => {
  const key = `13800138${Math.floor(Math.random() * 900 + 100)}`;
  await begin(key);
  await listens(key);
  const about = { instance: `booked-visit/${key}`, process: 'booked-visit', facility: 'BJ' };
  const of = async (query: string): Promise<Body[]> =>
    (await ops.get(`/api/subscriptions?process=booked-visit&${query}`)).body.items.filter(
      (one: Body) => one.instance === about.instance,
    );
  const [message] = await of('kind=message&name=patient-came&limit=200');
  expect(message).toMatchObject({ ...about, element: 'PatientCame', elementName: '患者到诊' });
  expect(message?.['correlationKey']).toMatch(/^came-138.*\*/);
  expect(message?.['since']).toMatch(/^20/);
  expect(await of('kind=signal&name=clinic-closed&limit=200')).toMatchObject([
    { ...about, kind: 'signal', name: 'clinic-closed', elementName: '停诊' },
  ]);
  expect(await of(`correlationKey=came-${key}`)).toHaveLength(1);
  expect(await of('name=never-sent')).toEqual([]);
  await publish(came(key));
  await eventually(async () => (await of('limit=200')).length === 0);
});

test('the list of what is waited for goes on where its page ended', async () => {
  const keys = [aKey(), aKey()];
  for (const key of keys) await begin(key);
  for (const key of keys) await listens(key);
  const seen: string[] = [];
  let cursor = '';
  do {
    const { body } = await ops.get(`/api/subscriptions?process=booked-visit&limit=1${cursor}`);
    seen.push(...body.items.map((one: Body) => `${one.instance} ${one.name}`));
    cursor = body.nextCursor && `&cursor=${body.nextCursor}`;
  } while (cursor);
  expect(new Set(seen).size).toBe(seen.length);
  for (const key of keys)
    for (const name of ['patient-came', 'clinic-closed']) expect(seen).toContain(`booked-visit/${key} ${name}`);
});

test('a repeat with the same key is answered with what became of it, and nothing is taken twice', async () => {
  const key = aKey();
  const once = randomUUID();
  const early = { ...came(key), timeToLive: 'PT1H' };
  const first = await publish(early, ops, once);
  expect(await publish(early, ops, once)).toMatchObject({ status: 202, body: { id: first.body.id } });
  await begin(key);
  await eventually(async () => (await messageOf(first.body.id)).state === 'taken');
  const repeat = await publish(early, ops, once);
  expect(repeat).toMatchObject({ status: 200, body: { id: first.body.id, taker: `booked-visit/${key}` } });
});

test('one id is one message, whoever sends it; another content under it is refused', async () => {
  const key = aKey();
  const order = { ...came(key), timeToLive: 'PT1H', facility: 'BJ', messageId: 'sms-17' };
  const first = await publish(order);
  expect(await publish(order, director)).toMatchObject({ status: 202, body: { id: first.body.id } });
  const other = await publish({ ...order, variables: { nurse: 'N2' } });
  expect(other).toMatchObject({ status: 409, body: { code: 'message-id-taken' } });
  const elsewhere = await publish({ ...order, correlationKey: `came-${aKey()}` });
  expect(elsewhere.body.id).not.toBe(first.body.id);
});

test('a message without a time to live is refused at once when nothing waits for it, and may be sent again', async () => {
  const key = aKey();
  const once = randomUUID();
  expect(await publish(came(key), ops, once)).toMatchObject({ status: 404, body: { code: 'no-taker' } });
  await begin(key);
  await listens(key);
  expect(await publish(came(key), ops, once)).toMatchObject({ status: 200, body: { taker: `booked-visit/${key}` } });
});

test('a message begins a process one at a time per key; a second one waits for the end of the first', async () => {
  const key = aKey();
  await begin(key);
  const again = { name: 'visit-booked', correlationKey: key, facility: 'BJ' };
  expect(await publish(again)).toMatchObject({ status: 409, body: { code: 'already-running' } });
  const kept = await publish({ ...again, timeToLive: 'P1D' });
  expect(kept.status).toBe(202);
  await listens(key);
  expect((await publish(came(key))).status).toBe(200);
  await eventually(async () => {
    await api.goRound();
    return (await messageOf(kept.body.id)).state === 'taken';
  });
  expect(await messageOf(kept.body.id)).toMatchObject({ began: true, taker: `booked-visit/${key}` });
  await eventually(async () => (await instanceOf(key)).status === 'active');
});

test('an operator withdraws a waiting message with a reason, after which it is not correlated', async () => {
  const key = aKey();
  const { id } = (await publish({ ...came(key), timeToLive: 'PT1H' })).body;
  expect((await ops.delete(`/api/messages/${id}`)).status).toBe(400);
  const address = `/api/messages/${id}?reason=${encodeURIComponent('sent to the wrong visit')}`;
  expect((await director.delete(address)).status).toBe(403);
  const withdrawn = { state: 'withdrawn', withdrawn: { by: 'ops', reason: 'sent to the wrong visit' } };
  expect(await ops.delete(address)).toMatchObject({ status: 200, body: withdrawn });
  expect(await ops.delete(address)).toMatchObject({ status: 200, body: withdrawn });
  await begin(key);
  await listens(key);
  await api.goRound();
  expect((await instanceOf(key)).status).toBe('active');
  const { id: taken } = (await publish(came(key))).body;
  const late = await ops.delete(`/api/messages/${taken}?reason=late`);
  expect(late).toMatchObject({ status: 409, body: { code: 'message-not-waiting' } });
  expect(await ops.delete(`/api/messages/unknown?reason=x`)).toMatchObject({ status: 404 });
});

test('a message whose time is over says so', async () => {
  const key = aKey();
  const once = randomUUID();
  const early = { ...came(key), timeToLive: 'PT0.05S' };
  const { id } = (await publish(early, ops, once)).body;
  await eventually(async () => {
    await api.goRound();
    return (await messageOf(id)).state === 'expired';
  });
  expect(await publish(early, ops, once)).toMatchObject({ status: 409, body: { code: 'message-expired' } });
  for (const timeToLive of ['an hour', 'PT0S', '-PT1H', 'P9Y'])
    expect(await publish({ ...early, timeToLive })).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
});

test('a person reaches instances of their facilities only, now and later', async () => {
  const key = aKey();
  const kept = await publish({ ...came(key), timeToLive: 'PT1H' }, director);
  expect(kept.status).toBe(202);
  await begin(key, 'SH');
  await listens(key);
  await api.goRound();
  expect((await messageOf(kept.body.id)).state).toBe('waiting');
  expect(await publish(came(key), director)).toMatchObject({ status: 404 });
  expect(await publish(came(key))).toMatchObject({ status: 200 });
  const shanghai = await api.as('cs-director-sh');
  expect((await shanghai.get(`/api/messages/${kept.body.id}`)).status).toBe(404);
  expect((await director.get(`/api/messages/${kept.body.id}`)).status).toBe(200);
});

test('a signal is heard by all that wait for it, once, and thrown once per key', async () => {
  const keys = [aKey(), aKey()];
  for (const key of keys) await begin(key);
  for (const key of keys) await listens(key);
  const once = randomUUID();
  const throwIt = (by = ops) => by.post('/api/signals', { name: 'clinic-closed' }, { key: once });
  expect(await throwIt(director)).toMatchObject({ status: 403 });
  const first = await throwIt();
  expect(first.status).toBe(200);
  expect(first.body.delivered).toBeGreaterThanOrEqual(2);
  for (const key of keys) await eventually(async () => (await instanceOf(key)).status === 'completed');
  expect((await throwIt()).body).toEqual(first.body);
  const last = aKey();
  await begin(last);
  await listens(last);
  expect((await instanceOf(last)).status).toBe('active');
});

test.each([
  ['/api/messages', 'episodeEvent'],
  ['/api/messages', 'patient.MR-BJ-0001.stopped'],
  ['/api/signals', 'patient.MR-BJ-0001.stopped'],
  ['/api/signals', 'patient.a.b\n.complaint'],
])('%s: what only the requests of a process tell its instances is not published (%s)', async (path, name) => {
  const answer = await ops.post(path, { name, facility: 'BJ' }, { key: randomUUID() });
  expect(answer).toMatchObject({ status: 409, body: { code: 'sent-elsewhere' } });
});
