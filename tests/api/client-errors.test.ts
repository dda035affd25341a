/** Requests that are refused before the application sees them. */
import { once } from 'node:events';
import { connect } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApiServer } from '../../api/http/server.ts';

const app = express();
app.get('/begun', (_request, response) => void response.type('text/plain').write('begun'));
app.post('/read', (request, response) => void request.resume().on('end', () => response.send('read')));
const server = createApiServer(app);
let port: number;
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  port = typeof address === 'object' && address ? address.port : 0;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Sends the pieces one after another, each once something has come back, until the server closes. */
async function sent(...pieces: string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  let received = '';
  socket.on('data', (bytes) => {
    received += bytes;
    const next = pieces.shift();
    if (next !== undefined) socket.write(next);
  });
  socket.write(pieces.shift() ?? '');
  await once(socket, 'close');
  return received;
}

const head = (line: string, ...headers: string[]) => `${[line, 'Host: localhost', ...headers].join('\r\n')}\r\n\r\n`;

test.each([
  ['headers that are too large', head('GET / HTTP/1.1', `X-Large: ${'a'.repeat(20_000)}`), 431, 'headers-too-large'],
  ['an address that is too long', head(`GET /${'a'.repeat(20_000)} HTTP/1.1`), 431, 'headers-too-large'],
  ['something that is no HTTP', 'ÿþ what is this\r\n\r\n', 400, 'malformed-request'],
  ['a header without a colon', head('GET / HTTP/1.1', 'Nonsense'), 400, 'malformed-request'],
  [
    'two lengths of one body',
    head('POST /read HTTP/1.1', 'Content-Length: 3', 'Transfer-Encoding: chunked'),
    400,
    'malformed-request',
  ],
  ['a broken chunk', `${head('POST /read HTTP/1.1', 'Transfer-Encoding: chunked')}zz\r\n`, 400, 'malformed-request'],
])('%s are answered with problem details', async (_what, request, status, code) => {
  const [headers = '', body = ''] = (await sent(request)).split('\r\n\r\n');
  expect(headers).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(headers).toContain('Content-Type: application/problem+json');
  const problem = JSON.parse(body);
  expect(problem).toMatchObject({ status, code, words: { zh: expect.any(String), en: expect.any(String) } });
});

test('an answer that has begun is cut off, not mixed with another one', async () => {
  const answer = await sent(head('GET /begun HTTP/1.1'), 'no HTTP\r\n\r\n');
  expect(answer).toContain('begun');
  expect(answer).not.toContain('malformed-request');
});
