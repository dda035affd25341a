/** What touches money is proposed by one person and released by another. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findStaff, saveStaff } from '../../../store/organisation/staff.ts';
import { ProposalModel } from '../../../store/runtime/proposals.ts';
import { eventually } from '../../support/runtime.ts';
import { type Answer, type Caller, startApi, type TestApi } from './support.ts';

let api: TestApi;
let one: Caller;
let another: Caller;
beforeAll(async () => {
  api = await startApi();
  [one, another] = [await api.as('ops'), await api.as('ops2')];
  for (const [id, facility] of [
    ['ops-bj', 'BJ'],
    ['ops-sh', 'SH'],
  ] as const)
    await saveStaff({
      _id: id,
      name: id,
      roles: [
        { role: 'ops', facility },
        { role: 'intake', facility: facility === 'BJ' ? 'SH' : 'BJ' },
      ],
      passwordHash: (await findStaff('ops'))?.passwordHash ?? '',
      active: true,
    });
  await deployedByTwo(drawn('Pay'));
  await deployedByTwo(drawn('Pay', '付款（二）'));
});
afterAll(() => api.close());

const drawn = (
  id: string,
  name = '付款',
  mark = 'careloop:movesMoney="true"',
) => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
  xmlns:careloop="https://careloop.dev/schema/1.0" id="d" targetNamespace="https://careloop.dev/tests">
  <bpmn:process id="payout" name="付款" isExecutable="true">
    <bpmn:startEvent id="Begin" />
    <bpmn:sequenceFlow id="f1" sourceRef="Begin" targetRef="Check" />
    <bpmn:userTask id="Check" name="审核"><bpmn:extensionElements><zeebe:userTask />
      <zeebe:assignmentDefinition candidateGroups="handler" /></bpmn:extensionElements></bpmn:userTask>
    <bpmn:sequenceFlow id="f2" sourceRef="Check" targetRef="${id}" />
    <bpmn:userTask id="${id}" name="${name}" ${mark}><bpmn:extensionElements><zeebe:userTask />
      <zeebe:assignmentDefinition candidateGroups="cashier" /></bpmn:extensionElements></bpmn:userTask>
    <bpmn:sequenceFlow id="f3" sourceRef="${id}" targetRef="End" />
    <bpmn:endEvent id="End" />
  </bpmn:process>
</bpmn:definitions>`;

const propose = (by: Caller, act: string, params: object, body: object): Promise<Answer> =>
  by.post('/api/proposals', { act, params, body, reason: '已电话核实' }, { key: randomUUID() });
const release = (by: Caller, { body }: Answer): Promise<Answer> => by.post(`/api/proposals/${body.id}/release`);

async function deployedByTwo(xml: string): Promise<void> {
  const proposed = await propose(one, 'POST /api/definitions', {}, { xml });
  expect(proposed.status).toBe(201);
  expect(await release(another, proposed)).toMatchObject({ status: 200, body: { proposal: { state: 'released' } } });
}

async function aPayout(facility = 'BJ'): Promise<string> {
  const businessKey = `P-${randomUUID().slice(0, 8)}`;
  const begun = await one.post('/api/instances', { process: 'payout', facility, businessKey, variables: {} });
  expect(begun.status).toBe(201);
  const address = `/api/instances/${encodeURIComponent(begun.body.id)}`;
  await eventually(async () => (await one.get(address)).body.waits?.length);
  return begun.body.id;
}

const acts = (id: string): [string, object, object][] => [
  ['POST /api/instances/{id}/skip', { id }, { key: '1', reason: 'x' }],
  ['POST /api/instances/{id}/variables', { id }, { variables: { amount: 1 } }],
  ['POST /api/instances/{id}/modify', { id }, { instructions: [{ type: 'move', from: 'Check', to: 'Pay' }] }],
  ['POST /api/instances/{id}/migrate', { id }, { version: 1 }],
  ['POST /api/migrations', {}, { process: 'payout', fromVersion: 2, toVersion: 1, filter: { ids: [id] } }],
  [
    'POST /api/modifications',
    {},
    {
      process: 'payout',
      version: 2,
      instructions: [{ type: 'move', from: 'Check', to: 'Pay' }],
      filter: { ids: [id] },
    },
  ],
  ['POST /api/definitions/{key}/versions/{version}/deactivate', { key: 'payout', version: '1' }, {}],
  ['POST /api/definitions/{key}/versions/{version}/activate', { key: 'payout', version: '1' }, {}],
  ['POST /api/definitions', {}, { xml: drawn('Pay', '付款（三）') }],
  // The mark is taken away, or stands elsewhere: what it takes the place of counts as well.
  ['POST /api/definitions', {}, { xml: drawn('Pay', '付款', '') }],
];

test('every act that moves money needs a second person; a dry run does not', async () => {
  const id = await aPayout();
  for (const [act, params, body] of acts(id)) {
    const path = Object.entries(params).reduce(
      (text, [name, value]) => text.replace(`{${name}}`, encodeURIComponent(String(value))),
      act.slice(5),
    );
    const answer = await one.post(path, body, { key: randomUUID() });
    expect([act, answer.status, answer.body.code]).toEqual([act, 409, 'second-person-needed']);
    expect(answer.body.elements).toEqual(['payout/Pay']);
  }
  expect((await one.get('/api/definitions?key=payout')).body.items).toHaveLength(2);
  const address = `/api/instances/${encodeURIComponent(id)}`;
  const instructions = [{ type: 'move', from: 'Check', to: 'Pay' }];
  expect((await one.post(`${address}/modify`, { instructions, dryRun: true })).status).toBe(200);
  expect((await one.post('/api/definitions?dryRun=true', { xml: drawn('Pay', 'x') })).status).toBe(200);
  expect((await one.get(address)).body.waits.map((wait: { element: string }) => wait.element)).toEqual(['Check']);
});

test('it is proposed with its preview, and done once another person releases it', async () => {
  const id = await aPayout();
  const body = { instructions: [{ type: 'move', from: 'Check', to: 'Pay' }] };
  const proposed = await propose(one, 'POST /api/instances/{id}/modify', { id }, body);
  expect(proposed.body).toMatchObject({ state: 'open', proposedBy: 'ops', facility: 'BJ', elements: ['payout/Pay'] });
  const seen = (await another.get(`/api/proposals/${proposed.body.id}`)).body;
  expect(seen).toMatchObject({ body, params: { id }, preview: { possible: true } });
  expect((await release(one, proposed)).body.code).toBe('same-person');
  const both = await Promise.all([release(another, proposed), release(another, proposed)]);
  expect(both.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
  expect((await release(another, proposed)).body.code).toBe('proposal-closed');
  const waits = (await one.get(`/api/instances/${encodeURIComponent(id)}`)).body.waits;
  expect(waits.map((wait: { element: string }) => wait.element)).toEqual(['Pay']);
});

test('what is rejected, taken back or too old is not released', async () => {
  const id = await aPayout();
  const body = { variables: { amount: 2 } };
  const one2 = () => propose(one, 'POST /api/instances/{id}/variables', { id }, body);
  const [rejected, withdrawn, old] = [await one2(), await one2(), await one2()];
  expect((await another.post(`/api/proposals/${rejected.body.id}/reject`, { reason: '不同意' })).status).toBe(200);
  expect((await one.post(`/api/proposals/${withdrawn.body.id}/reject`, { reason: '写错了' })).status).toBe(200);
  await ProposalModel.updateOne({ _id: old.body.id }, { $set: { expiresAt: '2020-01-01T00:00:00.000Z' } });
  for (const proposal of [rejected, withdrawn, old])
    expect((await release(another, proposal)).body.code).toBe('proposal-closed');
  const states = (await one.get('/api/proposals?limit=200')).body.items;
  expect(states.find((row: { id: string }) => row.id === old.body.id).state).toBe('expired');
});

test('both must be entitled where it belongs: at the facility of the instance, or for the whole group', async () => {
  const id = await aPayout('BJ');
  const [beijing, shanghai] = [await api.as('ops-bj'), await api.as('ops-sh')];
  const body = { variables: { amount: 3 } };
  const act = 'POST /api/instances/{id}/variables';
  expect((await propose(shanghai, act, { id }, body)).status).toBe(404);
  const proposed = await propose(beijing, act, { id }, body);
  expect(proposed.status).toBe(201);
  expect((await release(shanghai, proposed)).status).toBe(404);
  expect((await shanghai.get('/api/proposals')).body.items).toEqual([]);
  expect((await propose(beijing, 'POST /api/definitions', {}, { xml: drawn('Pay', 'x') })).status).toBe(403);
  await saveStaff({ ...(await findStaff('ops-bj'))!, active: false });
  expect((await release(another, proposed)).status).toBe(404);
  await saveStaff({ ...(await findStaff('ops-bj'))!, active: true });
  expect((await release(another, proposed)).status).toBe(200);
});

test('a job type that moves money is registered, changed and forgotten by two people', async () => {
  const type = `pay-${randomUUID().slice(0, 8)}`;
  const registration = { taskQueue: 'outside', description: 'Pays.', movesMoney: true };
  const path = `/api/job-types/${type}`;
  expect((await one.put(path, registration)).body.code).toBe('second-person-needed');
  const proposed = await propose(one, 'PUT /api/job-types/{type}', { type }, registration);
  expect((await release(another, proposed)).status).toBe(200);
  expect((await one.put(path, { ...registration, movesMoney: false })).body.code).toBe('second-person-needed');
  expect((await one.delete(path)).body.code).toBe('second-person-needed');
});

test('what touches no money needs no proposal, and other routes cannot be proposed', async () => {
  const plain = drawn('Pay', '付款', '').replaceAll('payout', 'plain');
  expect((await propose(one, 'POST /api/definitions', {}, { xml: plain })).body.code).toBe('no-second-person-needed');
  expect((await one.post('/api/definitions', { xml: plain })).status).toBe(201);
  expect((await propose(one, 'POST /api/staff/{id}/disable', { id: 'gm' }, {})).status).toBe(422);
  expect((await propose(one, 'POST /api/instances/{id}/skip', {}, { reason: 'x' })).status).toBe(400);
});
