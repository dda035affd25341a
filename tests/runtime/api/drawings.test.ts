/** What is drawn and not deployed yet is kept on the server, and nobody overwrites what somebody else has saved. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../../support/runtime.ts';
import { type Caller, startApi, type TestApi } from './support.ts';

let api: TestApi;
let one: Caller;
let another: Caller;
beforeAll(async () => {
  api = await startApi();
  [one, another] = [await api.as('ops'), await api.as('ops2')];
});
afterAll(async () => {
  await api?.close();
});

const xml = (step: string, name = '核对') => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
  id="d" targetNamespace="https://careloop.dev/tests">
  <bpmn:process id="stocktaking" name="盘点" isExecutable="true">
    <bpmn:startEvent id="Begin" />
    <bpmn:sequenceFlow id="f1" sourceRef="Begin" targetRef="${step}" />
    <bpmn:userTask id="${step}" name="${name}"><bpmn:extensionElements><zeebe:userTask />
      <zeebe:assignmentDefinition candidateGroups="ops" /></bpmn:extensionElements></bpmn:userTask>
    <bpmn:sequenceFlow id="f2" sourceRef="${step}" targetRef="End" />
    <bpmn:endEvent id="End" />
  </bpmn:process>
</bpmn:definitions>`;

// Unfinished, and with an id that looks like a number of somebody.
const files = { xml: '<bpmn:task id="Task_13800001234"', forms: { check: { components: [] } } };
const drawing = { process: 'stocktaking', name: '盘点', shared: false, revision: 0, files };

describe('a drawing', () => {
  test('is kept as it is, unfinished, and listed for its owner only', async () => {
    const path = `/api/drawings/${randomUUID()}`;
    const saved = await one.put(path, drawing);
    expect(saved.body).toMatchObject({ revision: 1, owner: 'ops', updatedBy: 'ops' });
    expect((await one.get(path)).body.files).toEqual(files);
    expect((await one.get('/api/drawings?process=stocktaking')).body.items).toMatchObject([{ id: saved.body.id }]);
    expect((await another.get(path)).status).toBe(404);
    expect((await another.get('/api/drawings?process=stocktaking')).body.items).toEqual([]);
    expect((await another.put(path, { ...drawing, revision: 1 })).status).toBe(409);
    expect((await another.delete(path)).status).toBe(404);
    expect((await one.delete(path)).status).toBe(200);
    expect((await one.get(path)).status).toBe(404);
  });

  test('that is shared is saved by whoever has seen its latest revision', async () => {
    const path = `/api/drawings/${randomUUID()}`;
    await one.put(path, { ...drawing, shared: true });
    const theirs = await another.put(path, { ...drawing, revision: 1, name: '盘点（二）' });
    expect(theirs.body).toMatchObject({ revision: 2, owner: 'ops', updatedBy: 'ops2', shared: true });
    const { status, body } = await one.put(path, { ...drawing, shared: true, revision: 1 });
    expect(status).toBe(409);
    expect(body).toMatchObject({ code: 'changed-meanwhile', revision: 2, updatedBy: 'ops2' });
    expect((await one.get(path)).body.name).toBe('盘点（二）');
  });
});

test('a check outside of the API knows what a deployment would know', async () => {
  const { body } = await one.get('/api/lint-context?process=complaint');
  expect(body.roles.ops.zh).toEqual(expect.any(String));
  expect(body.jobSignatures['send-message'].input.properties.to).toBeDefined();
  expect(body.sentMessages).toEqual(expect.any(Array));
});

test('before a deployment it is said what a migration would do with the instances that run', async () => {
  await one.post('/api/definitions', { xml: xml('Check') });
  const businessKey = randomUUID();
  const started = await one.post('/api/instances', { process: 'stocktaking', facility: 'BJ', businessKey });
  expect(started.status).toBe(201);
  await eventually(async () => {
    const { body } = await one.get('/api/definitions?key=stocktaking&counts=true');
    return body.items[0].instances.active === 1;
  });
  const renamed = await one.post('/api/definitions/impact', { xml: xml('Check', '盘点核对') });
  expect(renamed.body.definitions).toMatchObject([
    { key: 'stocktaking', version: 2, created: true, running: 1, tried: 1, possible: 1 },
  ]);
  expect(renamed.body.definitions[0].waits).toMatchObject([{ element: 'Check', outcome: 'stays', instances: 1 }]);
  const replaced = await one.post('/api/definitions/impact', { xml: xml('Count') });
  expect(replaced.body.definitions).toMatchObject([{ running: 1, tried: 1, possible: 0 }]);
  expect(replaced.body.definitions[0].waits).toMatchObject([{ element: 'Check', outcome: 'needs-decision' }]);
  expect((await one.get('/api/definitions?key=stocktaking')).body.items).toHaveLength(1);
  const refused = await one.post('/api/definitions/impact', { xml: '<definitions/>' });
  expect([refused.status, refused.body.code]).toEqual([422, 'definition-refused']);
});
