/** The inbox: what is counted, found by what somebody types, how much time is left; acts on many tasks; saved views. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../support/runtime.ts';
import { type Body, type Caller, registered, startApi, type TestApi } from './support.ts';

let api: TestApi;
let director: Caller;
/** Complaints at BJ and SH that wait for the director to accept them. */
let cases: { bj: string[]; sh: string };
beforeAll(async () => {
  api = await startApi();
  director = await api.as('cs-director-bj');
  cases = {
    bj: [await registered(api), await registered(api), await registered(api)],
    sh: await registered(api, { facility: 'SH' }),
  };
  await eventually(async () => (await items(director, '')).length === 3);
  await eventually(async () => (await items(await api.as('cs-director-sh'), '')).length === 1);
});
afterAll(() => api.close());

const items = async (who: Caller, query: string): Promise<Body[]> => (await who.get(`/api/tasks?${query}`)).body.items;
const found = async (query: string): Promise<number> => (await items(director, query)).length;
const taskOf = async (who: Caller, caseNumber: string): Promise<Body> => (await items(who, `q=${caseNumber}`))[0];
const act = (who: Caller, body: object, key = randomUUID()) => who.post('/api/tasks/acts', body, { key });

test('a task is found by parts of its name, by initials, and by whoever has it', async () => {
  for (const typed of ['受理', 'sl', 'SLTS', cases.bj[0]?.toLowerCase()])
    expect(await found(`q=${encodeURIComponent(typed ?? '')}`)).toBeGreaterThan(0);
  expect(await found(`q=${encodeURIComponent(`受理 ${cases.bj[1]}`)}`)).toBe(1);
  expect(await found(`q=${encodeURIComponent('不存在')}`)).toBe(0);
  const { id } = await taskOf(director, cases.bj[0] ?? '');
  await director.post(`/api/tasks/${id}/claim`, {});
  const { name } = (await director.get('/api/me')).body;
  await eventually(async () => (await found(`q=${encodeURIComponent(name)}`)) === 1);
  await director.post(`/api/tasks/${id}/unclaim`, {});
  await eventually(async () => (await found(`q=${encodeURIComponent(name)}`)) === 0);
});

test('a task says how much of its time is left', async () => {
  const { dueAt, dueKind, remaining, urgent, englishName } = await taskOf(director, cases.bj[0] ?? '');
  expect({ dueKind, urgent, englishName }).toEqual({
    dueKind: 'date',
    urgent: false,
    englishName: 'Accept the complaint',
  });
  expect(Date.parse(dueAt)).toBeGreaterThan(Date.now());
  expect(remaining).toMatchObject({ kind: 'elapsed', band: 'early', words: { zh: expect.stringMatching(/^剩 \d/) } });
});

test('the numbers of the inbox are those of its lists', async () => {
  const { body } = await director.get('/api/tasks/counts');
  expect(body).toMatchObject({
    todo: await found('assignee=available'),
    urgent: 0,
    overdue: await found('due=overdue'),
  });
  expect(body.week).toBe(await found('due=week&assignee=available'));
  const intake = await api.as('intake-bj');
  expect((await intake.get('/api/tasks/counts')).body).toMatchObject({ todo: 0, started: 3, done: 0 });
});

test('a list is narrowed down by who has the task', async () => {
  expect(await found('assignee=none')).toBe(3);
  expect(await found('assignee=me')).toBe(0);
  expect(await found('stage=no-such-stage&process=complaint')).toBe(0);
  expect(await found('urgent=true')).toBe(0);
});

test('many tasks are claimed at once with a result for each, and a repeat does nothing twice', async () => {
  const ours = await Promise.all(cases.bj.map(async (one) => (await taskOf(director, one)).id));
  const elsewhere = await api.as('cs-director-sh');
  const theirs = (await taskOf(elsewhere, cases.sh)).id;
  const key = randomUUID();
  const request = { act: 'claim', tasks: [...ours, theirs, 'complaint.BJ2020019999.7'] };
  const first = await act(director, request, key);
  expect(first).toMatchObject({ status: 200 });
  expect(first.body.items.map(({ id, done }: Body) => [id, done])).toEqual([
    ...ours.map((id) => [id, true]),
    [theirs, false],
    ['complaint.BJ2020019999.7', false],
  ]);
  const [, , , foreign, missing] = first.body.items;
  expect(foreign.problem.code).toBe('not-found');
  expect(foreign.problem.words).toEqual(missing.problem.words);
  expect((await act(director, request, key)).body).toEqual(first.body);
  await eventually(async () => (await found('assignee=me')) === 3);
  expect((await taskOf(elsewhere, cases.sh)).assignee).toBeNull();
  const trail: Body[] = (await (await api.as('auditor')).get('/api/audit?limit=100')).body.items;
  const claims = trail.filter((one) => one.act === 'POST /api/tasks/{id}/claim').map((one) => one.what.id);
  expect(claims).toEqual(expect.arrayContaining(ours));
  expect(claims).not.toContain(theirs);
  const released = await act(director, { act: 'unclaim', tasks: ours });
  expect(released.body.items.every(({ done }: Body) => done)).toBe(true);
  const refused = await act(director, { act: 'assign', tasks: ours.slice(0, 1), assignee: 'nobody' });
  expect(refused.body.items[0]).toMatchObject({ done: false, problem: { code: 'invalid-request' } });
});

/** Leaves of half a day that wait for the head of the department. */
async function leaveTasks(leader: Caller, count: number): Promise<string[]> {
  const employee = await api.as('intake-bj');
  const beginsAt = new Date(Date.now() + 3 * 86_400_000).toISOString();
  const variables = { kind: 'annual', beginsAt, endsAt: beginsAt, days: 0.5 };
  for (let at = 0; at < count; at++)
    await employee.post('/api/instances', { process: 'leave', facility: 'BJ', variables }, { key: randomUUID() });
  return eventually(async () => {
    const open = await items(leader, 'process=leave');
    return open.length === count && open.map(({ id }: Body) => id);
  });
}

test('tasks are completed at once where their diagram allows it, each by its own rules', async () => {
  const leader = await api.as('department-head-bj');
  const [first, second] = (await leaveTasks(leader, 2)) as [string, string];
  const open = await items(leader, 'process=leave');
  expect(open.map(({ bulkCompletion }: Body) => bulkCompletion)).toEqual([true, true]);
  const complaint = await taskOf(director, cases.bj[0] ?? '');
  expect(complaint.bulkCompletion).toBeUndefined();
  const alone = await act(director, { act: 'complete', tasks: [complaint.id], variables: {} });
  expect(alone.body.items[0]).toMatchObject({ done: false, problem: { code: 'not-in-bulk' } });
  const without = await act(leader, { act: 'complete', tasks: [first], variables: { decision: 'maybe' } });
  expect(without.body.items[0]).toMatchObject({ done: false, problem: { code: 'form-invalid' } });
  const approve = { act: 'complete', tasks: [first, second], variables: { decision: 'approve' } };
  const stranger = await act(await api.as('department-head-sh'), approve);
  expect(stranger.body.items.map(({ problem }: Body) => problem.code)).toEqual(['not-found', 'not-found']);
  const key = randomUUID();
  const done = await act(leader, approve, key);
  expect(done.body.items).toEqual([
    { id: first, done: true },
    { id: second, done: true },
  ]);
  expect((await act(leader, approve, key)).body).toEqual(done.body);
  expect((await act(leader, { act: 'claim', tasks: [first], variables: {} })).status).toBe(400);
});

test('a view is saved, replaced, listed for its owner only, and removed', async () => {
  const id = randomUUID();
  const view = { page: 'inbox', name: '本周', query: 'due=week' };
  expect((await director.put(`/api/views/${id}`, view)).status).toBe(204);
  expect((await director.put(`/api/views/${id}`, { ...view, query: 'due=today' })).status).toBe(204);
  expect((await director.get('/api/views?page=inbox')).body.items).toMatchObject([{ ...view, id, query: 'due=today' }]);
  expect((await director.get('/api/views?page=instances')).body.items).toEqual([]);
  const other = await api.as('handler-bj');
  expect((await other.get('/api/views')).body.items).toEqual([]);
  expect((await other.delete(`/api/views/${id}`)).status).toBe(404);
  expect((await director.delete(`/api/views/${id}`)).status).toBe(204);
  expect((await director.get('/api/views')).body.items).toEqual([]);
});
