/** What somebody fills in and does not submit, and what is shown beside the form: for whom it is, and until when. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../support/runtime.ts';
import { type Body, registered, startApi, type TestApi } from './support.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

async function taskAt(login: string, caseNumber: string, element: string): Promise<string> {
  const person = await api.as(login);
  return eventually(async () => {
    const { items } = (await person.get(`/api/tasks?q=${caseNumber}`)).body;
    return items.find((one: Body) => one.element === element)?.id;
  });
}

async function complete(login: string, id: string, variables = {}): Promise<void> {
  const answer = await (await api.as(login)).post(`/api/tasks/${id}/complete`, { variables }, { key: randomUUID() });
  expect(answer.status).toBe(200);
}

/** A complaint that waits for the patient to be contacted. */
async function toContact(): Promise<{ caseNumber: string; task: string }> {
  const caseNumber = await registered(api);
  await complete('cs-director-bj', await taskAt('cs-director-bj', caseNumber, 'AcceptComplaint'));
  return { caseNumber, task: await taskAt('handler-bj', caseNumber, 'ContactPatient') };
}

test('a draft comes back to its writer as it was written, and goes when the task is done', async () => {
  const { task } = await toContact();
  const handler = await api.as('handler-bj');
  const path = `/api/drafts/task/${task}`;
  expect((await handler.get(path)).body).toEqual({ draft: null });
  const values = { contactResult: 'reached', contactNote: '回电 13800001234' };
  expect((await handler.put(path, { values })).status).toBe(200);
  expect((await handler.get(path)).body.draft).toMatchObject({ values });
  const director = await api.as('cs-director-bj');
  expect((await director.get(path)).body).toEqual({ draft: null });
  await director.put(path, { values: { contactResult: 'busy' } });
  await complete('handler-bj', task, { contactResult: 'reached' });
  for (const person of [handler, director]) expect((await person.get(path)).status).toBe(404);
});

test('only who may complete the task keeps a draft of it, and none is larger than a form', async () => {
  const { task } = await toContact();
  const path = `/api/drafts/task/${task}`;
  expect((await (await api.as('cashier-bj')).put(path, { values: {} })).status).toBe(404);
  expect((await (await api.as('handler-sh')).put(path, { values: {} })).status).toBe(404);
  const long = await (await api.as('handler-bj')).put(path, { values: { contactNote: '长'.repeat(40_000) } });
  expect(long.status).toBe(413);
});

test('a draft of a start is kept per process, can be discarded, and goes with the start', async () => {
  const handler = await api.as('handler-bj');
  const path = '/api/drafts/start/leave';
  await handler.put(path, { values: { days: 1 } });
  expect((await handler.get(path)).body.draft.values).toEqual({ days: 1 });
  expect((await handler.delete(path)).status).toBe(204);
  expect((await handler.get(path)).body.draft).toBeNull();
  await handler.put(path, { values: { days: 2 } });
  const begins = new Date(Date.now() + 3 * 86_400_000).toISOString();
  const variables = { kind: 'annual', beginsAt: begins, endsAt: begins, days: 0.5 };
  const body = { process: 'leave', facility: 'BJ', variables };
  expect((await handler.post('/api/instances', body, { key: randomUUID() })).status).toBe(201);
  expect((await handler.get(path)).body.draft).toBeNull();
  expect((await handler.get('/api/drafts/start/refund')).status).toBe(404);
});

test('deciders are shown what the process declares, and what was told, masked but for who handles the case', async () => {
  const { caseNumber, task } = await toContact();
  await complete('handler-bj', task, { contactResult: 'reached' });
  const classify = await taskAt('cs-director-bj', caseNumber, 'Classify');
  await complete('cs-director-bj', classify, { classification: 'service' });
  const propose = await taskAt('cs-director-bj', caseNumber, 'ProposePlan');
  await complete('cs-director-bj', propose, { kind: 'apology', note: '当面致歉' });
  const path = `/api/instances/${encodeURIComponent(`complaint/${caseNumber}`)}/facts`;
  const head = await api.as('department-head-bj');
  const { facts, texts } = (await head.get(path)).body;
  expect(facts).toMatchObject([
    { id: 'planKind', value: 'apology', label: { zh: '致歉', en: 'Apology' } },
    { id: 'planNote', value: '当面致歉' },
  ]);
  expect(texts).toMatchObject([{ id: 'patient', value: '王女士 138****1234' }, { id: 'text' }, { id: 'demand' }]);
  const approve = await taskAt('department-head-bj', caseNumber, 'DepartmentHeadApproval');
  await head.post(`/api/tasks/${approve}/claim`, {}, { key: randomUUID() });
  await eventually(async () => (await head.get(path)).body.texts[0].value === '王女士 13800001234');
});

test('colleagues are found by the roles they hold at a facility', async () => {
  const handler = await api.as('handler-bj');
  const { items } = (await handler.get('/api/colleagues?facility=BJ&roles=handler')).body;
  expect(items).toMatchObject([{ id: 'handler-bj', initials: expect.stringMatching(/^[a-z]+$/) }]);
  const all = (await handler.get('/api/colleagues?facility=BJ')).body.items.map((one: Body) => one.id);
  expect(all).toContain('president-bj');
  expect(all).not.toContain('president-sh');
});

test('the consequence of each choice is shown before the decision, to those who may decide', async () => {
  const { caseNumber, task } = await toContact();
  await complete('handler-bj', task, { contactResult: 'reached' });
  await complete('cs-director-bj', await taskAt('cs-director-bj', caseNumber, 'Classify'), {
    classification: 'service',
  });
  const propose = await taskAt('cs-director-bj', caseNumber, 'ProposePlan');
  await complete('cs-director-bj', propose, { kind: 'apology', note: '当面致歉' });
  const approve = await taskAt('department-head-bj', caseNumber, 'DepartmentHeadApproval');
  const { items } = (await (await api.as('department-head-bj')).get(`/api/tasks/${approve}/choices`)).body;
  expect(items).toMatchObject([
    {
      label: { zh: '同意', en: 'Approve' },
      ends: false,
      next: [{ element: 'PresidentApproval', what: { zh: '等待院长办理“院长审批方案”' } }],
    },
    { label: { zh: '不同意' }, next: [{ element: 'ProposePlan' }] },
    { label: { zh: '退回修改' }, next: [{ element: 'ProposePlan' }] },
  ]);
  expect((await (await api.as('cashier-bj')).get(`/api/tasks/${approve}/choices`)).status).toBe(403);
});
