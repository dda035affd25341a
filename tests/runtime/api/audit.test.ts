import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AuditRow, listAudit } from '../../../store/audit/entries.ts';
import { findStaff, saveStaff } from '../../../store/organisation/staff.ts';
import { type Body, password, registered, startApi, type TestApi } from './support.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
  // An auditor of one facility, who is something else at another one.
  await saveStaff({
    _id: 'auditor-sh',
    name: '审计员',
    roles: [
      { role: 'auditor', facility: 'SH' },
      { role: 'intake', facility: 'BJ' },
    ],
    passwordHash: (await findStaff('auditor'))?.passwordHash ?? '',
    active: true,
  });
});
afterAll(() => api.close());

const entries = async (query: string, login = 'auditor'): Promise<Body[]> =>
  (await (await api.as(login)).get(`/api/audit?${query}`)).body.items;

test('an act is in the trail before it is answered: who, from where, on what, and that it was done', async () => {
  const caseNumber = await registered(api);
  const [entry] = await entries(`what=${caseNumber}&act=${encodeURIComponent('POST /api/complaints')}`);
  expect(entry).toMatchObject({
    who: 'intake-bj',
    from: expect.stringContaining('127.0.0.1'),
    act: 'POST /api/complaints',
    what: { kind: 'complaints', id: caseNumber },
    facility: 'BJ',
    result: 'done',
  });
});

test('reading a case is in the trail, and so is asking for one of another facility', async () => {
  const caseNumber = await registered(api);
  await (await api.as('cs-director-bj')).get(`/api/complaints/${caseNumber}`);
  await (await api.as('cs-director-sh')).get(`/api/complaints/${caseNumber}`);
  const act = encodeURIComponent('GET /api/complaints/{caseNumber}');
  await expect
    .poll(() => entries(`what=${caseNumber}&act=${act}`))
    .toMatchObject([
      { who: 'cs-director-sh', facility: 'BJ', result: 'refused', details: { status: 404, code: 'not-found' } },
      { who: 'cs-director-bj', facility: 'BJ', result: 'done' },
    ]);
});

test('acts that are refused are in the trail with the code: by role, by row, by content', async () => {
  const id = encodeURIComponent(`complaint/${await registered(api)}`);
  const before = new Date().toISOString();
  const handler = await api.as('handler-bj');
  const ops = await api.as('ops');
  expect((await handler.post(`/api/instances/${id}/cancel`, { reason: 'x' })).status).toBe(403);
  expect((await ops.post('/api/instances/leave%2Fnone/cancel', { reason: 'x' })).status).toBe(404);
  expect((await ops.post(`/api/instances/${id}/retry`, {})).status).toBe(422);
  const codes = async () =>
    (await entries(`kind=instances&result=refused&from=${before}`)).map((one) => [one.who, one.details.code]);
  await expect.poll(codes).toEqual([
    ['ops', 'invalid-request'],
    ['ops', 'not-found'],
    ['handler-bj', 'wrong-role'],
  ]);
});

test('nothing of what people wrote is in the trail, nor a password', async () => {
  const secret = `秘密${randomUUID()}`;
  await registered(api, { text: secret, patient: { name: secret, phone: '13800005678' } });
  await api.anonymous.post('/api/login', { login: secret, password: secret });
  await (await api.as('ops')).get(`/api/tasks/${encodeURIComponent('13800005678')}`);
  await expect.poll(() => listAudit({ act: 'POST /api/login', result: 'refused', limit: 1 })).toHaveLength(1);
  const all: AuditRow[] = await listAudit({ limit: 1000 });
  expect(JSON.stringify(all)).not.toMatch(secret);
  expect(JSON.stringify(all)).not.toMatch('13800005678');
});

test('who audits one facility sees what belongs to it and nothing else', async () => {
  const [bj, sh] = [await registered(api), await registered(api, { facility: 'SH' })];
  const seen = (await entries('limit=200', 'auditor-sh')).map((one) => one.facility);
  expect(new Set(seen)).toEqual(new Set(['SH']));
  expect(await entries(`what=${sh}`, 'auditor-sh')).toHaveLength(1);
  expect(await entries(`what=${bj}`, 'auditor-sh')).toEqual([]);
  expect(await entries('facility=BJ', 'auditor-sh')).toEqual([]);
  expect((await (await api.as('president-bj')).get('/api/audit')).status).toBe(403);
});

test('the trail is read page by page, and reading it is in it', async () => {
  for (let n = 0; n < 3; n++) await registered(api);
  const auditor = await api.as('auditor');
  const query = `act=${encodeURIComponent('POST /api/complaints')}&limit=2`;
  const first = (await auditor.get(`/api/audit?${query}`)).body;
  const second = (await auditor.get(`/api/audit?${query}&cursor=${first.nextCursor}`)).body;
  const ids = [...first.items, ...second.items].map((one: Body) => one.id);
  expect(new Set(ids).size).toBe(4);
  await expect.poll(async () => (await entries('kind=audit&who=auditor')).length).toBeGreaterThan(0);
});

test('a login that fails is in the trail by whose it is; passwords and unknown names are not', async () => {
  await api.anonymous.post('/api/login', { login: 'legal', password: 'not it' });
  await api.anonymous.post('/api/login', { login: 'legal', password });
  const act = encodeURIComponent('POST /api/login');
  await expect
    .poll(async () => (await entries(`act=${act}&who=legal`)).map((one) => one.result))
    .toEqual(['done', 'refused']);
});
