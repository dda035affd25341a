import { afterAll, beforeAll, expect, test } from 'vitest';
import { password, startApi, type TestApi } from './support.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ worker: false });
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
  expect(stopped?.headers.get('Retry-After')).toBe('900');
  expect((await api.anonymous.post('/api/login', { login: 'legal', password })).status).toBe(200);
});

test('a write by cookie from another site is refused, by bearer it is not', async () => {
  const answer = await api.anonymous.post('/api/login', { login: 'hr', password });
  const cookie = { Cookie: `careloop_session=${answer.body.token}` };
  const bearer = { Authorization: `Bearer ${answer.body.token}` };
  const elsewhere = { Origin: 'https://elsewhere.example', 'Sec-Fetch-Site': 'cross-site' };
  const logout = (headers: Record<string, string>) => api.anonymous.post('/api/logout', undefined, { headers });
  expect((await logout({ ...cookie, Origin: 'https://elsewhere.example' })).body.code).toBe('cross-origin');
  expect((await logout({ ...cookie, 'Sec-Fetch-Site': 'same-site' })).body.code).toBe('cross-origin');
  expect((await logout({ ...bearer, ...elsewhere })).status).toBe(204);
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
