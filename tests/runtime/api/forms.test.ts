/** A form of a task: shown in full, served as it was deployed, and filled in as the page would. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../support/runtime.ts';
import { type Body, type Caller, startApi, type TestApi } from './support.ts';

const xml = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
  xmlns:careloop="https://careloop.dev/schema/1.0" id="d" targetNamespace="https://careloop.dev/tests">
  <bpmn:process id="parking" name="停车位" isExecutable="true" careloop:title="=&quot;停车位 &quot; + plate">
    <bpmn:extensionElements>
      <careloop:column id="plate" name="车牌" nameEn="Plate" type="text" value="=plate" />
    </bpmn:extensionElements>
    <bpmn:startEvent id="Begin" name="申请"><bpmn:extensionElements><zeebe:ioMapping><zeebe:output source="=get or else(plate, null)" target="plate" /><zeebe:output source="=get or else(free, null)" target="free" /><zeebe:output source="=get or else(rent, null)" target="rent" /></zeebe:ioMapping></bpmn:extensionElements></bpmn:startEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="Begin" targetRef="Assign" />
    <bpmn:userTask id="Assign" name="分配车位">
      <bpmn:extensionElements>
        <zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="ops" /><zeebe:formDefinition formId="place" />
      </bpmn:extensionElements>
    </bpmn:userTask>
    <bpmn:sequenceFlow id="f2" sourceRef="Assign" targetRef="End" />
    <bpmn:endEvent id="End" name="结束" />
  </bpmn:process>
</bpmn:definitions>`;
const form = (heading: string) => ({
  type: 'default',
  id: 'place',
  components: [
    { type: 'text', id: 'Heading', text: heading },
    { type: 'textfield', key: 'plate', label: '车牌', readonly: true },
    { type: 'select', key: 'place', label: '车位', valuesExpression: '=free', validate: { required: true } },
    { type: 'number', key: 'months', label: '月数', defaultValue: 12, decimalDigits: 0 },
  ],
});

let api: TestApi;
let ops: Caller;
beforeAll(async () => {
  api = await startApi();
  ops = await api.as('ops');
  expect((await ops.post('/api/definitions', { xml, forms: { place: form('# 分配') } })).status).toBe(201);
});
afterAll(async () => {
  await api?.close();
});

async function aTask(plate = '京A12345'): Promise<Body> {
  const variables = { plate, free: ['B1-7', 'B1-8'], rent: 300 };
  const begun = await ops.post('/api/instances', { process: 'parking', facility: 'BJ', variables });
  expect(begun.status).toBe(201);
  return eventually(async () => {
    const { items } = (await ops.get('/api/tasks?process=parking&group=ops')).body;
    return items.find((one: Body) => one.instance === begun.body.id);
  });
}

test('a task shows its form in full, what the form reads, and the summary of the process', async () => {
  const { id } = await aTask();
  const { status, body } = await ops.get(`/api/tasks/${id}`);
  expect(status).toBe(200);
  expect(body.form.fields).toMatchObject([
    { component: 'text', text: '# 分配' },
    { key: 'plate', readonly: true, value: '京A12345' },
    { key: 'place', required: true, options: [{ value: 'B1-7' }, { value: 'B1-8' }] },
    { key: 'months', default: 12 },
  ]);
  expect(body.form.schema).toEqual(form('# 分配'));
  expect(body.variables).toEqual({ plate: '京A12345', free: ['B1-7', 'B1-8'] });
  expect(body.summary).toEqual({
    title: '停车位 京A12345',
    columns: [{ id: 'plate', name: '车牌', englishName: 'Plate', type: 'text', value: '京A12345' }],
  });
});

test('a completion writes the writable fields, with the default of one left out, and nothing else', async () => {
  const { id, instance } = await aTask();
  const complete = (variables: object) => ops.post(`/api/tasks/${id}/complete`, { variables });
  const refused = await complete({ plate: '京B00000', place: 'C9', rent: 0 });
  expect(refused).toMatchObject({ status: 422, body: { code: 'form-invalid' } });
  expect(refused.body.errors.map((one: Body) => [one.path, one.code])).toEqual([
    ['body.variables.plate', 'read-only'],
    ['body.variables.place', 'option'],
    ['body.variables.rent', 'unknown-field'],
  ]);
  expect((await complete({ plate: '京A12345', place: 'B1-8' })).status).toBe(200);
  const { body } = await ops.get(`/api/instances/${encodeURIComponent(instance)}/variables`);
  expect(body.scopes[0].variables).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ name: 'months', value: 12 }),
      expect.objectContaining({ name: 'place', value: 'B1-8' }),
      expect.objectContaining({ name: 'rent', value: 300 }),
    ]),
  );
});

test('a candidate is shown numbers of people masked, and sends them back unchanged; who has claimed the task sees them', async () => {
  const { id } = await aTask('13800001234');
  const shown = async () => (await ops.get(`/api/tasks/${id}`)).body.variables.plate;
  const complete = (variables: object) => ops.post(`/api/tasks/${id}/complete`, { variables });
  expect(await shown()).toBe('138****1234');
  expect((await ops.post(`/api/tasks/${id}/claim`)).status).toBe(200);
  expect(await shown()).toBe('13800001234');
  expect(await complete({ plate: '139****1234', place: 'B1-8' })).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'body.variables.plate', code: 'masked' }] },
  });
  // The field is read-only: it passes only as what is stored.
  expect((await complete({ plate: '138****1234', place: 'B1-8' })).status).toBe(200);
});

test('a form is served as it was deployed with a version, and another text makes another version', async () => {
  expect((await ops.post('/api/definitions', { xml, forms: { place: form('# 分配') } })).status).toBe(200);
  const changed = await ops.post('/api/definitions', { xml, forms: { place: form('# 分配车位') } });
  expect(changed.body.definitions).toMatchObject([{ version: 2, created: true }]);
  const handler = await api.as('handler-bj');
  const formOf = (version: number) => handler.get(`/api/definitions/parking/versions/${version}/forms/place`);
  expect((await formOf(1)).body).toEqual(form('# 分配'));
  expect((await formOf(2)).body).toEqual(form('# 分配车位'));
  expect((await formOf(3)).status).toBe(404);
});
