/** A process that is only a diagram is deployed into a running stack and used by staff, from its start form to its end. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../support/runtime.ts';
import { suggestion } from '../../support/suggestion.ts';
import { type Body, type Caller, startApi, type TestApi } from './support.ts';

let api: TestApi;
const keys: string[] = [];
beforeAll(async () => {
  api = await startApi();
  const deployed = await (await api.as('ops')).post('/api/definitions', suggestion);
  expect(deployed).toMatchObject({ status: 201, body: { definitions: [{ key: 'suggestion', version: 1 }] } });
});
afterAll(() => api.close());

const address = (key: string) => `/api/instances/suggestion%2F${key}`;
const suggestions = async (who: Caller, query = ''): Promise<Body[]> =>
  (await who.get(`/api/instances?process=suggestion${query}`)).body.items;
const numbers = async (who: Caller, query: string): Promise<number[]> =>
  (await suggestions(who, query)).map((one) => keys.indexOf(one.businessKey));
const tasks = async (who: Caller, query = ''): Promise<Body[]> =>
  (await who.get(`/api/tasks?process=suggestion${query}`)).body.items;

async function complete(who: Caller, task: Body, variables: object): Promise<void> {
  const answer = await who.post(`/api/tasks/${encodeURIComponent(task.id)}/complete`, { variables });
  expect(answer).toMatchObject({ status: 200 });
}

test('the definition says who starts it, and what a start asks for', async () => {
  const { body } = await (await api.as('cashier-bj')).get('/api/definitions/suggestion');
  expect(body).toMatchObject({
    candidateStarterGroups: ['*'],
    leaderGroups: ['hr'],
    businessKeyPattern: 'S{facility}{yy}{serial:3}',
    stages: [{ id: 'screening', englishName: 'Screening' }, { id: 'answering' }],
    startForm: { fields: [{ key: 'subject' }, { key: 'area' }, { key: 'savingCents' }] },
  });
});

test('staff start it, and find what they started with its columns', async () => {
  const cashier = await api.as('cashier-bj');
  for (const variables of [
    { subject: '增加素菜', area: 'canteen', savingCents: 20_000 },
    { subject: '叫号屏放大', area: 'service' },
    { subject: '素食自助', area: 'canteen', savingCents: 500_000 },
  ]) {
    const begun = await cashier.post('/api/instances', { process: 'suggestion', facility: 'BJ', variables });
    expect(begun.status).toBe(201);
    keys.push(begun.body.businessKey);
  }
  // Other tests of this database may have begun some before.
  const serials = keys.map((key) => Number(key.slice(-3)));
  expect(serials.map((serial) => serial - (serials[0] ?? 0))).toEqual([0, 1, 2]);
  await eventually(async () => (await suggestions(cashier)).length === 3);
  const [, , first] = await suggestions(cashier);
  expect(first).toMatchObject({
    title: '增加素菜',
    stage: 'screening',
    columns: { subject: '增加素菜', area: 'canteen', savingCents: 20_000, suggestedBy: 'cashier-bj' },
  });
  expect(first.columns).not.toHaveProperty('outcome');
});

test('lists filter, search and sort by its columns', async () => {
  const hr = await api.as('hr');
  expect(await numbers(hr, '&column.area=canteen')).toEqual([2, 0]);
  expect(await numbers(hr, '&column.area=canteen&column.area=service')).toEqual([2, 1, 0]);
  expect(await numbers(hr, '&column.savingCents.from=20001')).toEqual([2]);
  expect(await numbers(hr, '&column.savingCents.to=500000&sort=column.savingCents')).toEqual([0, 2]);
  expect(await numbers(hr, '&sort=-column.savingCents')).toEqual([2, 0, 1]);
  expect(
    await numbers(hr, `&column.madeOn=${new Date(Date.now() - 20 * 86_400_000).toISOString().slice(0, 10)}`),
  ).toEqual([]);
  expect(await numbers(hr, `&q=${encodeURIComponent('素')}`)).toEqual([2]);
  expect((await hr.get(`/api/instances?q=${encodeURIComponent('素')}`)).body.items).toHaveLength(1);
  const page = (await hr.get('/api/instances?process=suggestion&sort=-column.savingCents&limit=1')).body;
  const next = await hr.get(
    `/api/instances?process=suggestion&sort=-column.savingCents&limit=1&cursor=${page.nextCursor}`,
  );
  expect(next.body.items[0].businessKey).toBe(keys[0]);
});

test('a filter that the process does not have is refused by its name', async () => {
  const hr = await api.as('hr');
  const problems = async (query: string) =>
    (await hr.get(`/api/instances?${query}`)).body.errors.map((one: Body) => `${one.path} ${one.code}`);
  expect(await problems('column.area=canteen')).toEqual(['query.column.area process_needed']);
  expect(await problems('process=suggestion&column.colour=red')).toEqual(['query.column.colour unknown_column']);
  expect(await problems('process=suggestion&column.area=garden')).toEqual(['query.column.area bad_value']);
  expect(await problems('process=suggestion&column.area.from=a')).toEqual(['query.column.area.from no_range']);
  expect(await problems('process=suggestion&column.savingCents.from=much')).toEqual([
    'query.column.savingCents.from bad_value',
  ]);
  expect(await problems('process=suggestion&sort=column.colour')).toEqual(['query.sort unknown_column']);
  const cursor = (await hr.get('/api/instances?process=suggestion&limit=1')).body.nextCursor;
  expect(await problems(`process=suggestion&limit=1&sort=startedAt&cursor=${cursor}`)).toEqual([
    'query.cursor bad_cursor',
  ]);
});

test('people without a part in an instance neither find nor read it', async () => {
  const key = keys[0] ?? '';
  for (const login of ['handler-bj', 'department-head-bj', 'cashier-sh']) {
    const other = await api.as(login);
    expect(await suggestions(other)).toEqual([]);
    for (const part of ['', '/explain', '/journal', '/variables'])
      expect([login, part, (await other.get(address(key) + part)).status]).toEqual([login, part, 404]);
    expect((await other.post(`${address(key)}/cancel`, { reason: '?' })).status).toBe(403);
  }
});

test('it is worked on to its end by those whom it asks', async () => {
  const key = keys[0] ?? '';
  const [office, head, headElsewhere] = [
    await api.as('gm-office'),
    await api.as('department-head-bj'),
    await api.as('department-head-sh'),
  ];
  const screening = await tasks(office, '&column.area=canteen&sort=-column.savingCents');
  expect(screening.map((one) => [one.name, one.columns.subject])).toEqual([
    ['受理建议', '素食自助'],
    ['受理建议', '增加素菜'],
  ]);
  await complete(office, screening[1], { route: 'pass-on' });

  expect(await tasks(headElsewhere)).toEqual([]);
  const [answering] = await tasks(head);
  expect(answering).toMatchObject({ businessKey: key, stage: 'answering', columns: { savingCents: 20_000 } });
  const explained = (await head.get(`${address(key)}/explain`)).body;
  expect(explained.waits).toMatchObject([{ elementName: '科室答复', kind: 'task', canMove: true }]);

  const handOver = `/api/tasks/${encodeURIComponent(answering.id)}/assign`;
  expect(await (await api.as('cashier-bj')).post(handOver, { assignee: 'department-head-bj' })).toMatchObject({
    status: 403,
  });
  expect(await (await api.as('hr')).post(handOver, { assignee: 'department-head-bj' })).toMatchObject({ status: 200 });
  await complete(head, answering, { outcome: 'adopted', answer: '下月起供应。' });

  const cashier = await api.as('cashier-bj');
  await eventually(async () => (await cashier.get(address(key))).body.status === 'completed');
  expect((await cashier.get(address(key))).body.columns).toMatchObject({ outcome: 'adopted' });
  expect(await numbers(cashier, '&column.outcome=adopted')).toEqual([0]);
  const journal = (await cashier.get(`${address(key)}/journal`)).body.items;
  expect(journal.map((line: Body) => line.kind)).toEqual(expect.arrayContaining(['task-assigned', 'task-completed']));
  const { scopes } = (await cashier.get(`${address(key)}/variables`)).body;
  expect(scopes[0].variables).toContainEqual(expect.objectContaining({ name: 'answer', value: '下月起供应。' }));
  // Who answered it reads it still; the others of the role have no task of it any more.
  expect((await head.get(address(key))).status).toBe(200);
  expect(await suggestions(await api.as('department-head-sh'))).toEqual([]);
});
