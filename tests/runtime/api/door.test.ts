/** The order at the door: limits and session before a byte of the body, and an answer in time also when a server behind hangs. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../support/runtime.ts';
import { ownDatabaseUri } from '../store/database.ts';
import { type Caller, startApi, type TestApi } from './support.ts';

/** Stands between the API and its database; `hang` keeps connections open and lets nothing through. */
async function proxyTo(target: URL) {
  const sockets = new Set<Socket>();
  let hanging = false;
  const server = createServer((inside) => {
    const outside = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [inside, outside],
      [outside, inside],
    ] as const) {
      sockets.add(from);
      from.on('data', (bytes) => {
        if (!hanging) to.write(bytes);
      });
      from.on('error', () => undefined);
      from.on('close', () => to.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    host: `127.0.0.1:${port}`,
    hang: (yes: boolean) => {
      hanging = yes;
      // What was asked meanwhile will never be answered.
      if (!yes) for (const socket of sockets) socket.destroy();
    },
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

let proxy: Awaited<ReturnType<typeof proxyTo>>;
let api: TestApi;
let ops: Caller;
beforeAll(async () => {
  const own = new URL(ownDatabaseUri());
  proxy = await proxyTo(new URL(own));
  own.host = proxy.host;
  own.searchParams.delete('replicaSet');
  own.searchParams.set('directConnection', 'true');
  api = await startApi({ worker: false, databaseUri: own.toString() });
  ops = await api.as('ops');
});
afterAll(async () => {
  await api.close();
  proxy.close();
});

/** Sends the head of a request with a body that is only announced. @returns what came back */
async function announced(head: string): Promise<string> {
  const { hostname, port } = new URL(api.address);
  const socket = connect(Number(port), hostname);
  socket.write(
    `${head
      .trim()
      .split('\n')
      .map((line) => line.trim())
      .join('\r\n')}\r\n\r\n`,
  );
  const [bytes] = await once(socket, 'data');
  socket.destroy();
  return String(bytes);
}

test.each(['POST /api/definitions', 'POST /api/messages', 'POST /api/tasks/x/complete'])(
  '%s is refused to a stranger before its body comes',
  async (route) => {
    const answer = await announced(`${route} HTTP/1.1
      Host: localhost
      Content-Type: application/json
      Content-Length: 10000000`);
    expect(answer).toMatch(/^HTTP\/1\.1 401 /);
    expect(answer).toContain('not-logged-in');
  },
);

/** Sends a byte each second until there is an answer. @returns it, and how many bytes were sent */
async function trickled(head: string[]): Promise<{ answer: string; sent: number }> {
  const { hostname, port } = new URL(api.address);
  const socket = connect(Number(port), hostname);
  let sent = 0;
  socket.on('error', () => undefined);
  socket.write(head.join('\r\n'));
  const timer = setInterval(() => {
    socket.write(' ');
    sent += 1;
  }, 1000);
  const [bytes] = await once(socket, 'data');
  clearInterval(timer);
  await once(socket, 'close');
  return { answer: String(bytes), sent };
}

const announcing = 'Content-Length: 9000';
test.concurrent.each<[string, string, string, string[], string?]>([
  ['an act', 'POST /api/messages', 'application/json', [announcing]],
  ['an act in chunks', 'POST /api/messages', 'application/json', ['Transfer-Encoding: chunked'], '2328\r\n'],
  ['a compressed act', 'POST /api/messages', 'application/json', [announcing, 'Content-Encoding: gzip']],
  ['a diagram', 'POST /api/definitions', 'application/xml', [announcing]],
  ['a file', 'POST /api/files?process=leave&facility=BJ', 'image/png', [announcing]],
  ['a login of a stranger', 'POST /api/login', 'application/json', [announcing]],
])(
  '%s that comes a byte a second is refused long before the server itself would',
  async (_, route, type, more, body = '') => {
    const { answer, sent } = await trickled([
      `${route} HTTP/1.1`,
      'Host: localhost',
      `Authorization: ${ops.headers['Authorization']}`,
      'File-Name: a.png',
      `Content-Type: ${type}`,
      ...more,
      '',
      body,
    ]);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toContain('upload-too-slow');
    expect(sent).toBeLessThan(40);
  },
);

test('headers that come a byte a second are refused, too', async () => {
  const { answer, sent } = await trickled(['GET /api/tasks HTTP/1.1', 'Host: localhost', 'X-Slow:']);
  expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  expect(answer).toContain('upload-too-slow');
  expect(sent).toBeLessThan(40);
});

test('a body with Expect: 100-continue is requested only after access is granted', async () => {
  const head = (headers: string) => `POST /api/messages HTTP/1.1
      Host: localhost
      Content-Type: application/json
      Content-Length: 20
      Expect: 100-continue
      ${headers}`;
  expect(await announced(head('Accept: */*'))).toMatch(/^HTTP\/1\.1 401 /);
  expect(await announced(head(`Authorization: ${ops.headers['Authorization']}`))).toMatch(/^HTTP\/1\.1 100 /);
});

test('a body that is too large or nested too deep is refused', async () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const nested = await ops.post('/api/messages', `{"name":"x","variables":{"a":${deep}}}`);
  expect(nested).toMatchObject({ status: 400, body: { code: 'malformed-request' } });
  const large = await ops.post('/api/messages', `{"name":"${'x'.repeat(300_000)}"}`);
  expect(large).toMatchObject({ status: 413, body: { code: 'too-large' } });
  const text = await ops.post('/api/messages', { name: 'x', variables: { a: '[[[['.repeat(1000) } });
  expect(text).toMatchObject({ status: 404, body: { code: 'no-taker' } });
});

test('a database that hangs is reported as an outage in time, and the API recovers with it', async () => {
  proxy.hang(true);
  const answers = await Promise.all([ops.get('/api/tasks'), api.anonymous.get('/api/me', ops.headers)]);
  proxy.hang(false);
  for (const answer of answers) {
    expect(answer).toMatchObject({ status: 503, body: { code: 'database-away' } });
    expect(answer.headers.get('Retry-After')).toBe('2');
  }
  await eventually(async () => (await ops.get('/api/tasks')).status === 200);
});
