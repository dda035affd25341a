import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { change } from '../../../api/resources/staff/change-staff.ts';
import { findByRole, findStaff, saveStaff } from '../../../store/organisation/staff.ts';
import { type Answer, type Body, type Caller, startApi, type TestApi } from './support.ts';

let api: TestApi;
let administrator: Caller;
let atBeijing: Caller;
beforeAll(async () => {
  api = await startApi({ worker: false });
  administrator = await api.as('administrator');
  atBeijing = await api.as('facility-administrator-bj');
});
afterAll(() => api.close());

const own = 'a password of my own';
const newId = () => `p${randomUUID().slice(0, 8)}`;
const inRole = (role: string, facility: string, more = {}) => ({ role, facility, ...more });

async function added(by: Caller, ...roles: object[]): Promise<string> {
  const id = newId();
  const answer = await by.post('/api/staff', { id, name: '新人', roles });
  expect(answer.status).toBe(201);
  return id;
}

/** Added, and logged in with a password set by a token. */
async function withSession(by: Caller, ...roles: object[]): Promise<{ id: string; me(): Promise<Answer> }> {
  const id = await added(by, ...roles);
  const { token } = (await by.post(`/api/staff/${id}/password-link`)).body;
  expect((await api.anonymous.post('/api/password', { token, password: own })).status).toBe(204);
  const session = (await api.anonymous.post('/api/login', { login: id, password: own })).body.token;
  return { id, me: () => api.anonymous.get('/api/me', { Authorization: `Bearer ${session}` }) };
}

const put = (by: Caller, path: string, body: unknown) => by.put(path, body);

test('a person is added, sets a password by a token, once, and logs in with the roles given', async () => {
  const id = newId();
  const person = { id, name: '新人', roles: [inRole('handler', 'BJ'), inRole('intake', 'BJ')] };
  expect((await atBeijing.post('/api/staff', person)).status).toBe(201);
  expect((await atBeijing.post('/api/staff', person)).status).toBe(200);
  expect((await atBeijing.post('/api/staff', { ...person, name: '另一人' })).body.code).toBe('staff-id-taken');
  expect((await api.anonymous.post('/api/login', { login: id, password: '' })).status).toBe(400);
  expect((await api.anonymous.post('/api/login', { login: id, password: own })).status).toBe(401);
  const { token } = (await atBeijing.post(`/api/staff/${id}/password-link`)).body;
  expect((await api.anonymous.post('/api/password', { token, password: 'short' })).status).toBe(422);
  const [first, second] = await Promise.all([
    api.anonymous.post('/api/password', { token, password: own }),
    api.anonymous.post('/api/password', { token, password: 'another one of mine' }),
  ]);
  expect([first.status, second.status].sort()).toEqual([204, 401]);
  const used = first.status === 204 ? own : 'another one of mine';
  const answer = await api.anonymous.post('/api/login', { login: id, password: used });
  expect(answer.body.staff).toMatchObject({ id, roles: [{ role: 'handler' }, { role: 'intake' }] });
  expect(JSON.stringify(await findStaff(id))).not.toContain(used);
});

test('people are found by the pinyin initials of their names, at the facilities of who asks', async () => {
  const id = newId();
  const person = { id, name: '欧阳予倩', roles: [inRole('handler', 'SH')] };
  expect((await administrator.post('/api/staff', person)).status).toBe(201);
  const found = async (by: Caller, q: string) =>
    (await by.get(`/api/staff?q=${q}`)).body.items.map((one: Body) => one.id);
  expect(await found(administrator, 'oyyq')).toEqual([id]);
  expect(await found(administrator, 'oyyq1')).toEqual([]);
  expect(await found(atBeijing, 'oyyq')).toEqual([]);
});

test('everybody reads the names of the roles, and what each gives', async () => {
  const { items } = (await (await api.as('handler-bj')).get('/api/roles')).body;
  expect(items).toContainEqual(
    expect.objectContaining({ id: 'administrator', scope: 'group', duties: ['administer'], gives: ['*'] }),
  );
});

test('a change of roles, of the name, a new password and being disabled end sessions', async () => {
  for (const change of [
    (id: string) => put(atBeijing, `/api/staff/${id}/roles`, { roles: [inRole('cashier', 'BJ')] }),
    (id: string) => put(atBeijing, `/api/staff/${id}/name`, { name: '改名' }),
    (id: string) => atBeijing.post(`/api/staff/${id}/disable`),
    (id: string) => atBeijing.delete(`/api/staff/${id}/sessions`),
  ]) {
    const { id, me } = await withSession(atBeijing, inRole('handler', 'BJ'));
    expect((await me()).status).toBe(200);
    expect((await change(id)).status).toBe(200);
    expect((await me()).status).toBe(401);
  }
});

test('a disabled person does not log in, gets no work, and is enabled again', async () => {
  const { id } = await withSession(atBeijing, inRole('consultant', 'BJ'));
  const { token } = (await atBeijing.post(`/api/staff/${id}/password-link`)).body;
  await atBeijing.post(`/api/staff/${id}/disable`);
  expect((await api.anonymous.post('/api/login', { login: id, password: own })).status).toBe(401);
  expect((await api.anonymous.post('/api/password', { token, password: own })).status).toBe(401);
  expect((await findByRole('BJ', 'consultant')).map((one) => one._id)).not.toContain(id);
  await atBeijing.post(`/api/staff/${id}/enable`);
  expect((await api.anonymous.post('/api/login', { login: id, password: own })).status).toBe(200);
});

test('a role holds from its first instant until its last', async () => {
  const [past, future] = ['2020-01-01T00:00:00+08:00', '2090-01-01T00:00:00+08:00'];
  const { id, me } = await withSession(
    administrator,
    inRole('handler', 'BJ', { until: past }),
    inRole('cashier', 'SH', { from: future }),
    inRole('finance', 'CD', { from: past, until: future }),
  );
  expect((await me()).body.roles.map((one: Body) => one.role)).toEqual(['finance']);
  expect((await me()).body.facilities.map((one: Body) => one.code)).toEqual(['CD']);
  const ids = async (facility: string, role: string) => (await findByRole(facility, role)).map((one) => one._id);
  expect(await ids('BJ', 'handler')).not.toContain(id);
  expect(await ids('SH', 'cashier')).not.toContain(id);
  expect(await ids('CD', 'finance')).toContain(id);
});

test('nobody gives what they may not give: not for the group, not elsewhere, not a role of administration', async () => {
  const id = await added(atBeijing, inRole('handler', 'BJ'));
  for (const role of [
    inRole('handler', '*'),
    inRole('handler', 'SH'),
    inRole('ops', 'BJ'),
    inRole('gm', 'BJ'),
    inRole('administrator', 'BJ'),
    inRole('facility-administrator', 'BJ'),
    inRole('auditor', 'BJ'),
  ]) {
    expect((await put(atBeijing, `/api/staff/${id}/roles`, { roles: [role] })).body.code).toBe(
      'role-not-yours-to-give',
    );
    const another = { id: newId(), name: '新人', roles: [role] };
    expect((await atBeijing.post('/api/staff', another)).body.code).toBe('role-not-yours-to-give');
  }
  const nowhere = await put(atBeijing, `/api/staff/${id}/roles`, {
    roles: [inRole('nothing', 'BJ'), inRole('handler', 'ZZ')],
  });
  expect(nowhere.body.errors.map((one: Body) => one.code)).toEqual(['unknown_role', 'unknown_facility']);
  expect((await findStaff(id))?.roles).toEqual([inRole('handler', 'BJ')]);
});

test('administrators cannot act on themselves, nor on people with roles they may not give', async () => {
  const roles = [inRole('handler', 'BJ'), inRole('gm', '*')];
  const more = await added(administrator, ...roles);
  const later = await added(
    administrator,
    inRole('handler', 'BJ'),
    inRole('handler', 'SH', { from: '2090-01-01T00:00:00Z' }),
  );
  const acts = (by: Caller, id: string): Promise<Answer>[] => [
    by.post(`/api/staff/${id}/password-link`),
    by.post(`/api/staff/${id}/disable`),
    by.post(`/api/staff/${id}/enable`),
    by.post(`/api/staff/${id}/pseudonymise`),
    by.get(`/api/staff/${id}/sessions`),
    by.delete(`/api/staff/${id}/sessions`),
    put(by, `/api/staff/${id}/name`, { name: 'x' }),
    put(by, `/api/staff/${id}/roles`, { roles: [inRole('handler', 'BJ')] }),
  ];
  const codes = async (by: Caller, id: string) =>
    new Set((await Promise.all(acts(by, id))).map(({ status, body }) => `${status} ${body.code}`));
  expect(await codes(atBeijing, more)).toEqual(new Set(['403 role-not-yours-to-give']));
  expect(await codes(atBeijing, later)).toEqual(new Set(['403 role-not-yours-to-give']));
  expect(await codes(atBeijing, 'facility-administrator-bj')).toEqual(new Set(['403 own-account']));
  expect(await codes(administrator, 'administrator')).toEqual(new Set(['403 own-account']));
  expect(await codes(atBeijing, 'handler-sh')).toEqual(new Set(['404 not-found']));
  expect(await codes(atBeijing, 'gm')).toEqual(new Set(['404 not-found']));
  expect(await codes(await api.as('ops'), 'handler-bj')).toEqual(new Set(['403 wrong-role']));
});

test('a duty of one facility does not reach another one at which somebody is something else', async () => {
  await saveStaff({
    _id: 'mixed',
    name: '双岗',
    roles: [inRole('facility-administrator', 'BJ'), inRole('president', 'SH')],
    passwordHash: (await findStaff('administrator'))?.passwordHash ?? '',
    active: true,
  });
  const mixed = await api.as('mixed');
  expect((await mixed.get('/api/staff/handler-sh')).status).toBe(404);
  expect((await mixed.get('/api/staff?facility=SH')).body.items).toEqual([]);
  const seen = (await mixed.get('/api/staff?limit=200')).body.items;
  expect(seen.every((one: Body) => one.roles.every((role: Body) => role.facility === 'BJ'))).toBe(true);
  expect((await mixed.post('/api/staff/handler-bj/password-link')).status).toBe(200);
});

test('a token given out before somebody rose is void', async () => {
  const id = await added(atBeijing, inRole('handler', 'BJ'));
  const { token } = (await atBeijing.post(`/api/staff/${id}/password-link`)).body;
  await put(administrator, `/api/staff/${id}/roles`, { roles: [inRole('gm', '*')] });
  expect((await api.anonymous.post('/api/password', { token, password: own })).body.code).toBe('password-link-gone');
});

test('the last administrator of the group stays, also when two remove each other', async () => {
  const other = await withSession(administrator, inRole('administrator', '*'));
  const session = (await api.anonymous.post('/api/login', { login: other.id, password: own })).body.token;
  const headers = { Authorization: `Bearer ${session}` };
  const [one, two] = await Promise.all([
    administrator.post(`/api/staff/${other.id}/disable`),
    api.anonymous.post('/api/staff/administrator/disable', undefined, { headers }),
  ]);
  expect([one, two].filter(({ status }) => status === 200).length).toBeLessThan(2);
  const left = [await findStaff('administrator'), await findStaff(other.id)].filter((staff) => staff?.active);
  expect(left.length).toBeGreaterThan(0);
  for (const id of ['administrator', other.id]) await saveStaff({ ...(await findStaff(id))!, active: true });
  const again = (await api.anonymous.post('/api/login', { login: other.id, password: own })).body.token;
  const asOther = { headers: { Authorization: `Bearer ${again}` } };
  const act = (path: string) => api.anonymous.post(path, undefined, asOther);
  expect((await act('/api/staff/administrator/disable')).status).toBe(200);
  // Nobody is left who could do it: what would take the last one away is refused, whoever asks.
  const last = (await findStaff(other.id))!;
  await expect(change(last, { active: false })).rejects.toMatchObject({ fields: { code: 'last-administrator' } });
  const forATime = [inRole('administrator', '*', { until: '2090-01-01T00:00:00.000Z' })];
  const seen = (await findStaff(other.id))!;
  await expect(change(seen, { roles: forATime })).rejects.toMatchObject({ fields: { code: 'last-administrator' } });
  expect(await findStaff(other.id)).toMatchObject({ active: true, roles: last.roles });
});

test('a person who left loses the name, and the id stays', async () => {
  const id = await added(atBeijing, inRole('handler', 'BJ'));
  expect((await atBeijing.post(`/api/staff/${id}/pseudonymise`)).body.code).toBe('staff-active');
  await atBeijing.post(`/api/staff/${id}/disable`);
  const gone = (await atBeijing.post(`/api/staff/${id}/pseudonymise`)).body;
  expect(gone).toMatchObject({ id, name: id, active: false, hasPassword: false });
  expect(JSON.stringify(await findStaff(id))).not.toContain('新人');
  expect((await atBeijing.post(`/api/staff/${id}/enable`)).body.code).toBe('staff-pseudonymised');
  expect((await put(atBeijing, `/api/staff/${id}/name`, { name: '新人' })).body.code).toBe('staff-pseudonymised');
});
