import { randomBytes, scryptSync } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listAudit } from '../../../store/audit/entries.ts';
import { findStaff, StaffModel } from '../../../store/organisation/staff.ts';
import { password, startApi, type TestApi } from './support.ts';

const monitoringToken = 'a token for the monitoring'.replaceAll(' ', '-');
let api: TestApi;
beforeAll(async () => {
  api = await startApi({ worker: false, config: { monitoringToken } });
});
afterAll(() => api.close());

test('who logs in gets a token that works as bearer and as cookie, until logging out', async () => {
  const answer = await api.anonymous.post('/api/login', { login: 'cs-director-sh', password });
  expect(answer.status).toBe(200);
  expect(answer.body.staff).toMatchObject({
    id: 'cs-director-sh',
    roles: [{ role: 'cs-director', facility: 'SH' }],
    facilities: [{ code: 'SH', name: '上海' }],
  });
  const cookie = answer.headers.get('Set-Cookie') ?? '';
  expect(cookie).toMatch(/^careloop_session=[\w-]{43}; .*HttpOnly; SameSite=Lax$/);
  const bearer = { Authorization: `Bearer ${answer.body.token}` };
  const withCookie = { Cookie: cookie.split(';')[0] ?? '' };
  expect((await api.anonymous.get('/api/me', bearer)).body.id).toBe('cs-director-sh');
  expect((await api.anonymous.get('/api/me', withCookie)).body.id).toBe('cs-director-sh');
  expect((await api.anonymous.post('/api/logout', undefined, { headers: bearer })).status).toBe(204);
  expect((await api.anonymous.get('/api/me', withCookie)).status).toBe(401);
});

test('a group role sees all facilities', async () => {
  const gm = await api.as('gm');
  const codes = (await gm.get('/api/me')).body.facilities.map((one: { code: string }) => one.code);
  expect(codes).toEqual(['BJ', 'CD', 'SH']);
});

test('without a session a route that needs one answers 401 as a problem', async () => {
  const answer = await api.anonymous.get('/api/tasks');
  expect(answer.status).toBe(401);
  expect(answer.headers.get('Content-Type')).toMatch('application/problem+json');
  expect(answer.body).toMatchObject({
    code: 'not-logged-in',
    status: 401,
    type: expect.stringContaining('not-logged-in'),
  });
});

test('a wrong password and an unknown login answer the same, and too many of them are stopped', async () => {
  const attempt = (login: string) => api.anonymous.post('/api/login', { login, password: 'wrong' });
  const [unknown, wrong] = [await attempt('nobody'), await attempt('gm-office')];
  expect([unknown.status, wrong.status]).toEqual([401, 401]);
  expect(unknown.body.detail).toBe(wrong.body.detail);
  const more = await Promise.all(Array.from({ length: 12 }, () => attempt('gm-office')));
  const stopped = more.find((one) => one.status === 429);
  expect(stopped?.body.code).toBe('too-many-requests');
  const wait = Number(stopped?.headers.get('Retry-After'));
  // All that was counted in this quarter of an hour weighs on the next one.
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(1800);
  expect(stopped?.body.retryAfterSeconds).toBe(wait);
  expect((await api.anonymous.post('/api/login', { login: 'legal', password })).status).toBe(200);
});

test('unknown logins are stopped like known ones, and a lock-out is in the trail once', async () => {
  const attempt = () => api.anonymous.post('/api/login', { login: 'no such login', password: 'wrong' });
  const answers = await Promise.all(Array.from({ length: 14 }, attempt));
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(4);
  const locked = (await listAudit({ act: 'login-locked', limit: 50 })).filter((one) => one.who === null);
  expect(locked).toMatchObject([{ details: { by: 'login-and-address' } }]);
});

test('right passwords do not count as attempts, and what is not a text is refused as wrong input', async () => {
  const attempt = (body: unknown) => api.anonymous.post('/api/login', body);
  for (let n = 0; n < 12; n++) expect((await attempt({ login: 'hr', password })).status).toBe(200);
  for (const login of [{ $gt: '' }, ['hr'], 1, null, true])
    expect((await attempt({ login, password })).body).toMatchObject({ code: 'invalid-request', status: 400 });
  expect((await attempt({ login: 'hr', password: { $ne: '' } })).status).toBe(400);
});

test('a password of another cost gets a new digest at the next login, and the session holds', async () => {
  const salt = randomBytes(16);
  const key = scryptSync(password, salt, 32, { N: 1024, r: 8, p: 1 });
  const old = `scrypt$1024$8$1$${salt.toString('base64url')}$${key.toString('base64url')}`;
  const digest = async () => (await findStaff('hr'))?.passwordHash;
  await StaffModel.updateOne({ _id: 'hr' }, { $set: { passwordHash: old } });
  const answer = await api.anonymous.post('/api/login', { login: 'hr', password });
  expect(answer.status).toBe(200);
  expect(await digest()).not.toBe(old);
  expect((await api.anonymous.get('/api/me', { Authorization: `Bearer ${answer.body.token}` })).status).toBe(200);
  expect((await api.anonymous.post('/api/login', { login: 'hr', password })).status).toBe(200);
});

test('who changes their password needs the old one, loses all sessions and gets a new one', async () => {
  const login = async (given: string) =>
    (await api.anonymous.post('/api/login', { login: 'ops', password: given })).body;
  const [one, other] = [await login(password), await login(password)];
  const as = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } });
  const changed = (body: object) => api.anonymous.post('/api/me/password', body, as(one.token));
  expect((await changed({ oldPassword: 'wrong', password: 'four words in a row' })).status).toBe(401);
  for (const bad of ['short', 'my-ops-password', '123456789012', 'aaaaaaaaaaaaaa', password])
    expect((await changed({ oldPassword: password, password: bad })).status).toBe(422);
  const answer = await changed({ oldPassword: password, password: 'four words in a row' });
  expect(answer.status).toBe(200);
  const stillHolds = async (token: string) => (await api.anonymous.get('/api/me', as(token).headers)).status;
  expect([await stillHolds(one.token), await stillHolds(other.token)]).toEqual([401, 401]);
  expect(await stillHolds(answer.body.token)).toBe(200);
  expect((await api.anonymous.post('/api/login', { login: 'ops', password })).status).toBe(401);
});

test('everybody sees their own sessions and ends them, and nobody those of others', async () => {
  const [legal, gm] = [await api.as('legal'), await api.as('gm')];
  const mine = (await legal.get('/api/me/sessions')).body.items;
  expect(mine.filter((one: { current: boolean }) => one.current)).toHaveLength(1);
  expect(JSON.stringify(mine)).not.toContain(legal.headers['Authorization']?.slice(7));
  expect((await gm.delete(`/api/me/sessions/${mine[0].id}`)).status).toBe(404);
  const another = (await api.anonymous.post('/api/login', { login: 'legal', password })).body.token;
  const id = (await legal.get('/api/me/sessions')).body.items.find((one: { current: boolean }) => !one.current).id;
  expect((await legal.delete(`/api/me/sessions/${id}`)).status).toBe(204);
  const all = (await legal.get('/api/me/sessions')).body.items.length;
  expect(all).toBe(mine.length);
  expect(another).toBeDefined();
});

test('a write by cookie from another site is refused, by bearer it is not', async () => {
  const answer = await api.anonymous.post('/api/login', { login: 'hr', password });
  const cookie = { Cookie: `careloop_session=${answer.body.token}` };
  const bearer = { Authorization: `Bearer ${answer.body.token}` };
  const elsewhere = { Origin: 'https://elsewhere.example', 'Sec-Fetch-Site': 'cross-site' };
  const logout = (headers: Record<string, string>) => api.anonymous.post('/api/logout', undefined, { headers });
  expect((await logout({ ...cookie, ...elsewhere })).body.code).toBe('cross-origin');
  expect((await logout({ ...bearer, ...elsewhere })).status).toBe(204);
});

describe('a write by cookie', () => {
  const host = () => new URL(api.address).host;
  test.each<[string, () => Record<string, string>, boolean]>([
    ['by fetch of the console', () => ({ 'Sec-Fetch-Site': 'same-origin', Origin: api.address }), true],
    [
      'by a browser whose proxy changes the host',
      () => ({ 'Sec-Fetch-Site': 'same-origin', Origin: 'https://a.example' }),
      true,
    ],
    ['by a browser without fetch metadata', () => ({ Origin: api.address }), true],
    [
      'by a neighbour of the same site',
      () => ({ 'Sec-Fetch-Site': 'same-site', Origin: `https://x.${host()}` }),
      false,
    ],
    [
      'by a form of another site',
      () => ({ 'Sec-Fetch-Site': 'cross-site', Origin: 'https://elsewhere.example' }),
      false,
    ],
    ['by an old browser at another site', () => ({ Origin: 'https://elsewhere.example' }), false],
    ['by another port of this host', () => ({ Origin: 'http://127.0.0.1:1' }), false],
    ['by a sandboxed frame', () => ({ Origin: 'null' }), false],
    ['by an extension or a bookmark', () => ({ 'Sec-Fetch-Site': 'none' }), false],
    ['with a referrer only', () => ({ Referer: `${api.address}/tasks` }), false],
    ['that says nothing of where it comes from', () => ({}), false],
  ])('%s', async (_from, headers, taken) => {
    const { body } = await api.anonymous.post('/api/login', { login: 'hr', password });
    const cookie = { Cookie: `careloop_session=${body.token}`, ...headers() };
    const answer = await api.anonymous.post('/api/logout', undefined, { headers: cookie });
    expect([answer.status, answer.body.code]).toEqual(taken ? [204, undefined] : [403, 'cross-origin']);
    expect((await api.anonymous.get('/api/me', cookie)).status).toBe(taken ? 401 : 200);
  });
});

test('what cannot be read, is too large, or is not there comes back as a problem', async () => {
  const post = (body: string, type = 'application/json') =>
    api.anonymous.post('/api/login', body, { headers: { 'Content-Type': type } });
  expect(await post('{')).toMatchObject({ status: 400, body: { code: 'malformed-request' } });
  expect(await post(`{"login":"${'x'.repeat(300_000)}"}`)).toMatchObject({ status: 413, body: { code: 'too-large' } });
  expect(await post('login=a', 'text/plain')).toMatchObject({ status: 415, body: { code: 'unsupported-media-type' } });
  const wrong = await post('{"login":"","more":1}');
  expect(wrong).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
  expect(wrong.body.errors.map((one: { path: string }) => one.path)).toEqual([
    'body.login',
    'body.password',
    'body.more',
  ]);
  expect(await api.anonymous.get('/api/nothing')).toMatchObject({ status: 404, body: { code: 'no-such-route' } });
  const other = await api.anonymous.get('/api/login');
  expect(other).toMatchObject({ status: 405, body: { code: 'method-not-allowed' } });
  expect(other.headers.get('Allow')).toBe('POST');
  expect(await api.anonymous.get('/api/tasks/%E0%A4%A')).toMatchObject({ status: 400 });
});

test('readiness tells what is missing', async () => {
  const answer = await api.anonymous.get('/readyz');
  expect(answer.status).toBe(503);
  expect(answer.body).toMatchObject({
    ready: false,
    checks: { database: { ok: true }, temporal: { ok: true }, worker: { ok: false }, definitions: { ok: true } },
  });
  expect(answer.body.detail).toMatch('No worker polls');
  expect((await api.anonymous.get('/healthz')).body).toEqual({ status: 'ok' });
});

describe('strangers', () => {
  const monitor = { Authorization: `Bearer ${monitoringToken}` };
  const proxied = { 'X-Forwarded-For': '203.0.113.9' };

  test.each([
    [{}, true],
    [proxied, false],
    [{ Forwarded: 'for=203.0.113.9' }, false],
    [{ Via: '1.1 proxy' }, false],
    [{ Host: 'careloop.example' }, false],
    [{ Host: 'localhost:8080' }, true],
    [{ ...proxied, ...monitor }, true],
    [{ ...proxied, Authorization: `Bearer ${monitoringToken}x` }, false],
  ])(
    'learn whether it is ready, and nothing of the installation: %j is one of the monitoring: %s',
    async (headers, sees) => {
      const ready = await sendHead('/readyz', headers);
      expect(ready.status).toBe(503);
      expect(Object.keys(JSON.parse(ready.body))).toEqual(sees ? ['ready', 'detail', 'checks'] : ['ready']);
      const metrics = await sendHead('/metrics', headers);
      if (sees) expect(metrics).toMatchObject({ status: 200, body: expect.stringContaining('careloop_http_request') });
      else expect(metrics).toMatchObject({ status: 403, body: expect.stringContaining('"code":"monitoring-only"') });
    },
  );

  test('are not let in by the session of somebody else, not even of the operators', async () => {
    const ops = await api.as('legal');
    expect((await sendHead('/metrics', { ...proxied, ...ops.headers })).status).toBe(403);
  });

  /** With a `Host` of its own, which `fetch` does not allow. */
  async function sendHead(path: string, headers: Record<string, string>): Promise<{ status?: number; body: string }> {
    const { hostname, port } = new URL(api.address);
    const asked = request({ hostname, port, path, headers }).end();
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    return { status: response.statusCode ?? 0, body: await text(response) };
  }
});

test('the documentation works from this server alone', async () => {
  const page = await api.anonymous.get('/docs');
  expect(page.status).toBe(200);
  const addresses = [...String(page.body).matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '');
  expect(addresses.length).toBeGreaterThan(3);
  for (const address of addresses) {
    expect(address).toMatch(/^\/docs\//);
    expect((await api.anonymous.get(address)).status).toBe(200);
  }
  expect((await api.anonymous.get('/openapi.json')).body.openapi).toBe('3.1.0');
});
