/** Fifty at once to one instance: each is done once, or told to come again, and nothing is lost. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../support/runtime.ts';
import { type Answer, type Body, type Caller, startApi, type TestApi } from './support.ts';

let api: TestApi;
let ops: Caller;

const definition = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
  id="counters" targetNamespace="https://careloop.dev/tests">
  <bpmn:message id="Came" name="visitor-came">
    <bpmn:extensionElements><zeebe:subscription correlationKey="=businessKey" /></bpmn:extensionElements>
  </bpmn:message>
  <bpmn:process id="counter" name="登记处" isExecutable="true">
    <bpmn:startEvent id="Open" name="开门" />
    <bpmn:sequenceFlow id="f1" sourceRef="Open" targetRef="Watch" />
    <bpmn:userTask id="Watch" name="值班"><bpmn:extensionElements><zeebe:userTask /></bpmn:extensionElements></bpmn:userTask>
    <bpmn:sequenceFlow id="f2" sourceRef="Watch" targetRef="Shut" />
    <bpmn:endEvent id="Shut" name="关门" />
    <bpmn:subProcess id="Note" name="登记来访" triggeredByEvent="true">
      <bpmn:startEvent id="VisitorCame" name="来访" isInterrupting="false"><bpmn:messageEventDefinition id="m1" messageRef="Came" /></bpmn:startEvent>
      <bpmn:sequenceFlow id="f3" sourceRef="VisitorCame" targetRef="Noted" />
      <bpmn:endEvent id="Noted" name="已登记" />
    </bpmn:subProcess>
  </bpmn:process>
</bpmn:definitions>`;

beforeAll(async () => {
  api = await startApi();
  ops = await api.as('ops');
  const deployed = await ops.post('/api/definitions', definition, { headers: { 'Content-Type': 'application/xml' } });
  expect(deployed.status).toBe(201);
});
afterAll(() => api.close());

const fifty = Array.from({ length: 50 }, (_, index) => ({ index, key: randomUUID() }));

async function aCounter(): Promise<{ businessKey: string; path: string }> {
  const businessKey = `C${randomUUID().slice(0, 8)}`;
  const started = await ops.post('/api/instances', { process: 'counter', facility: 'BJ', businessKey });
  expect(started.status).toBe(201);
  const path = `/api/instances/${encodeURIComponent(`counter/${businessKey}`)}`;
  await eventually(async () => ((await ops.get(path)).body.subscriptions?.length ?? 0) > 0);
  return { businessKey, path };
}

/** As a client should: who is told to come again does, with the same key, after the time it was told. */
async function done(send: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    const answer = await send();
    if (answer.status !== 503) return answer;
    await delay(Number(answer.headers.get('retry-after')) * 1000);
  }
}

async function journalOf(path: string): Promise<Body[]> {
  const lines: Body[] = [];
  for (let cursor = ''; ; ) {
    const { body } = await ops.get(`${path}/journal?limit=100${cursor}`);
    lines.push(...body.items);
    if (body.nextCursor === undefined) return lines;
    cursor = `&cursor=${body.nextCursor}`;
  }
}

test('acts on one instance all get their turn', async () => {
  const { path } = await aCounter();
  const answers = await Promise.all(
    fifty.map(({ index, key }) =>
      done(() => ops.post(`${path}/variables`, { variables: { [`v${index}`]: index } }, { key })),
    ),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  await eventually(async () => {
    const set = (await journalOf(path)).filter(({ kind }) => kind === 'variables-set');
    return set.length === 50;
  });
});

test('messages of one name and key are each taken once', async () => {
  const { businessKey, path } = await aCounter();
  const answers = await Promise.all(
    fifty.map(({ key }) =>
      done(() => ops.post('/api/messages', { name: 'visitor-came', correlationKey: businessKey }, { key })),
    ),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(new Set(answers.map(({ body }) => body.taker))).toEqual(new Set([`counter/${businessKey}`]));
  await eventually(async () => {
    const fired = (await journalOf(path)).filter(({ kind }) => kind === 'event-fired');
    return fired.length === 50;
  });
});
