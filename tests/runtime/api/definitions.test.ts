/** A deployed definition tells of itself what clients need to list its instances and to start one. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type TestApi } from './support.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(async () => {
  await api?.close();
});

const xml = (leaders: string) => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
  xmlns:careloop="https://careloop.dev/schema/1.0" id="d" targetNamespace="https://careloop.dev/tests">
  <bpmn:process id="visit-request" name="参观申请" isExecutable="true" careloop:candidateStarterGroups="*" careloop:leaderGroups="${leaders}">
    <bpmn:startEvent id="Begin" name="申请">
      <bpmn:extensionElements><zeebe:formDefinition formId="visit" /></bpmn:extensionElements>
    </bpmn:startEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="Begin" targetRef="End" />
    <bpmn:endEvent id="End" name="结束" />
  </bpmn:process>
</bpmn:definitions>`;
const forms = {
  visit: { type: 'default', id: 'visit', components: [{ type: 'number', key: 'guests', label: '人数' }] },
};

test('any member of staff reads the profile of the newest version', async () => {
  const ops = await api.as('ops');
  for (const leaders of ['hr', 'gm-office'])
    expect((await ops.post('/api/definitions', { xml: xml(leaders), forms })).status).toBe(201);
  const handler = await api.as('handler-bj');
  const { status, body } = await handler.get('/api/definitions/visit-request');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    key: 'visit-request',
    version: 2,
    newest: true,
    candidateStarterGroups: ['*'],
    leaderGroups: ['gm-office'],
    stages: [],
    columns: [],
    startForm: { id: 'visit', fields: [{ key: 'guests', type: 'number' }] },
  });
});

test('a definition that is not deployed is not found, and a role that does not exist refuses one', async () => {
  const ops = await api.as('ops');
  expect((await ops.get('/api/definitions/nothing')).status).toBe(404);
  const { status, body } = await ops.post('/api/definitions', { xml: xml('gm-ofice'), forms });
  expect(status).toBe(422);
  expect(body.problems[0]).toMatchObject({ severity: 'error', code: 'unknown-role', element: 'visit-request' });
});

test('a version keeps its note and all of its files, as they can be deployed again', async () => {
  const ops = await api.as('ops');
  // Ids may look like numbers of people: nothing in a file is masked.
  const files = {
    xml: xml('hr').replaceAll('visit-request', 'visit-files').replaceAll('"f1"', '"Flow_13800001234"'),
    forms,
    englishNames: { Begin: 'Requested' },
    messages: { invited: { zh: { subject: '邀请', body: '欢迎 {name}' } } },
    decisions: [await readFile(join(import.meta.dirname, '../../../examples/tasks/member-discount.dmn'), 'utf8')],
  };
  const first = await ops.post('/api/definitions', { ...files, note: '第一版' });
  expect(first.status).toBe(201);
  const { body: list } = await ops.get('/api/definitions?key=visit-files');
  expect(list.items[0]).toMatchObject({ version: 1, note: '第一版' });
  const kept = await ops.get('/api/definitions/visit-files/versions/1/files');
  expect(kept.body).toEqual({ ...files, xml: expect.stringContaining('id="Flow_13800001234"') });
  const again = await ops.post('/api/definitions', kept.body);
  expect(again.body.problems).toEqual(
    first.body.problems.filter(({ code }: { code: string }) => code !== 'no-diagram'),
  );
  expect((await ops.get('/api/definitions/visit-files/versions/9/files')).status).toBe(404);
});
