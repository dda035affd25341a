import { afterAll, beforeAll, expect, test } from 'vitest';
import { password, startApi, type TestApi } from './support.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ worker: false, config: { proxyHops: 1 } });
});
afterAll(() => api.close());

test('behind proxies the limits go by the address that the nearest one tells, and the cookie is for HTTPS', async () => {
  const attempt = (from: string, given = 'wrong') =>
    api.anonymous.post(
      '/api/login',
      { login: 'gm', password: given },
      { headers: { 'X-Forwarded-For': `203.0.113.9, ${from}`, 'X-Forwarded-Proto': 'https' } },
    );
  for (let n = 0; n < 10; n++) await attempt('198.51.100.1');
  expect((await attempt('198.51.100.1')).status).toBe(429);
  const elsewhere = await attempt('198.51.100.2', password);
  expect(elsewhere.status).toBe(200);
  expect(elsewhere.headers.get('Set-Cookie')).toMatch('Secure');
});
