/** The stream of changes: what somebody finds in lists, as it changes; resumed where it broke off; over when the session is. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../support/runtime.ts';
import { type EventStream, openEvents, type ServerEvent } from './event-stream.ts';
import { type Body, registered, startApi, type TestApi } from './support.ts';

let api: TestApi;
const open: EventStream[] = [];
beforeAll(async () => {
  api = await startApi();
});
afterAll(async () => {
  for (const one of open) one.close();
  await api.close();
});

async function streamOf(login: string, lastEventId?: string): Promise<EventStream> {
  const stream = await openEvents(api.address, await api.as(login), lastEventId);
  open.push(stream);
  return stream;
}

const taskOf =
  (caseNumber: string, status = 'open') =>
  ({ data }: ServerEvent): boolean =>
    data.kind === 'task' && data.instance === `complaint/${caseNumber}` && data.status === status;

async function openTask(login: string, caseNumber: string): Promise<Body> {
  const person = await api.as(login);
  return eventually(async () => (await person.get(`/api/tasks?q=${caseNumber}`)).body.items[0]);
}

test('changes of a task are streamed: created, assigned, completed by whom', async () => {
  const stream = await streamOf('cs-director-bj');
  expect(stream.status).toBe(200);
  const caseNumber = await registered(api);
  const { data } = await stream.until(taskOf(caseNumber));
  expect(data).toMatchObject({ process: 'complaint', facility: 'BJ', assignee: null });
  const director = await api.as('cs-director-bj');
  await director.post(`/api/tasks/${data.id}/claim`, {});
  await stream.until((one) => one.data.id === data.id && one.data.assignee === 'cs-director-bj');
  await director.post(`/api/tasks/${data.id}/complete`, { variables: {} });
  const done = await stream.until(taskOf(caseNumber, 'completed'));
  expect(done.data).toMatchObject({ id: data.id, closedBy: 'cs-director-bj', closedAt: expect.any(String) });
  await stream.until((one) => one.data.kind === 'instance' && one.data.id === `complaint/${caseNumber}`);
});

test('rows outside a reader’s lists are not sent to them', async () => {
  const [colleague, elsewhere] = [await streamOf('handler-bj'), await streamOf('cs-director-sh')];
  const [ours, theirs] = [await registered(api), await registered(api, { facility: 'SH' })];
  await openTask('cs-director-bj', ours);
  await elsewhere.until(taskOf(theirs));
  const director = await api.as('cs-director-bj');
  const { id } = await openTask('cs-director-bj', ours);
  await director.post(`/api/tasks/${id}/complete`, { variables: { handler: 'handler-bj' } });
  await colleague.until(taskOf(ours));
  expect(colleague.events.filter(({ data }) => data.id === id)).toEqual([]);
  expect(elsewhere.events.filter(({ data }) => data.facility === 'BJ')).toEqual([]);
});

test('a stream continues where it broke off', async () => {
  const before = await streamOf('cs-director-bj');
  const { id } = await before.until(({ event }) => event === 'ready');
  before.close();
  const caseNumber = await registered(api);
  await openTask('cs-director-bj', caseNumber);
  const again = await streamOf('cs-director-bj', id);
  await again.until(taskOf(caseNumber));
  expect(again.events.filter(({ event }) => event === 'reset')).toEqual([]);
});

test('a client that was away too long is asked to reload', async () => {
  const stream = await streamOf('cs-director-bj', String(Date.now() - 3_600_000));
  await stream.until(({ event }) => event === 'reset');
  expect((await streamOf('cs-director-bj', 'yesterday')).status).toBe(400);
});

test('a stream ends with its session', async () => {
  const login = await fetch(`${api.address}/api/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ login: 'president-bj', password: 'a password for tests' }),
  });
  const headers = { Authorization: `Bearer ${((await login.json()) as Body).token}` };
  const stream = await openEvents(api.address, { ...api.anonymous, headers });
  await stream.until(({ event }) => event === 'ready');
  await fetch(`${api.address}/api/logout`, { method: 'POST', headers });
  await stream.until(({ event }) => event === 'logged-out');
  await eventually(async () => stream.ended());
  expect((await openEvents(api.address, api.anonymous)).status).toBe(401);
});

test('a person has ten streams at most', async () => {
  const streams = [];
  for (let n = 0; n < 10; n += 1) streams.push(await streamOf('department-head-bj'));
  expect(streams.map(({ status }) => status)).toEqual(Array(10).fill(200));
  expect((await streamOf('department-head-bj')).status).toBe(429);
  streams[0]?.close();
  await eventually(async () => (await streamOf('department-head-bj')).status === 200);
});
