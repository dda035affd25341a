/**
 * A program of others, written against the types that the description of the API gives: it takes a leave from its request to its end, and
 * says what it saw. The test beside it makes the types, checks it with the compiler and runs it. Arguments: address of the API, password.
 */
import { setTimeout as pause } from 'node:timers/promises';
import createClient from 'openapi-fetch';
import type { components, paths } from './api.ts';

const [baseUrl = '', password = ''] = process.argv.slice(2);

type Problem = components['schemas']['Problem'];

function must<T>({ data, error }: { data?: T; error?: Problem }): T {
  if (data === undefined) throw new Error(`${error?.code}: ${error?.detail}`);
  return data;
}

async function clientOf(login: string) {
  const client = createClient<paths>({ baseUrl });
  const { token } = must(await client.POST('/api/login', { body: { login, password } }));
  return createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${token}` } });
}

const employee = await clientOf('intake-bj');
const leader = await clientOf('department-head-bj');
const key = () => ({ header: { 'Idempotency-Key': crypto.randomUUID() } });

const beginsAt = new Date(Date.now() + 3 * 86_400_000).toISOString();
const asked = { kind: 'annual', beginsAt, endsAt: beginsAt, days: 0.5 };
const refused = await employee.POST('/api/instances', {
  params: key(),
  body: { process: 'leave', facility: 'BJ', variables: { ...asked, days: 'half' } },
});
// @ts-expect-error A start names its process.
void (() => employee.POST('/api/instances', { params: key(), body: { facility: 'BJ' } }));

const begun = must(
  await employee.POST('/api/instances', {
    params: key(),
    body: { process: 'leave', facility: 'BJ', variables: asked },
  }),
);

async function openTask() {
  for (;;) {
    const query = { q: begun.businessKey };
    const [task] = must(await leader.GET('/api/tasks', { params: { query } })).items;
    if (task) return task;
    await pause(100);
  }
}
const { id } = await openTask();
const path = { id };
const task = must(await leader.GET('/api/tasks/{id}', { params: { path } }));
const waiting = must(await leader.GET('/api/instances/{id}/explain', { params: { path: { id: begun.id } } }));
const complete = { params: { path, ...key() }, body: { variables: { decision: 'approve' } } };
const done = must(await leader.POST('/api/tasks/{id}/complete', complete));

async function ended() {
  for (;;) {
    const instance = must(await employee.GET('/api/instances/{id}', { params: { path: { id: begun.id } } }));
    if (instance.status !== 'active') return instance;
    await pause(100);
  }
}
const instance = await ended();
const again = await leader.POST('/api/tasks/{id}/complete', { ...complete, params: { path, ...key() } });

console.log(
  JSON.stringify({
    refused: refused.error?.errors?.map((one) => one.path),
    fields: task.form?.fields.map((field) => field.key),
    waits: waiting.waits.map((wait) => wait.element),
    happened: done.happened.en,
    status: instance.status,
    again: again.error?.code,
  }),
);
