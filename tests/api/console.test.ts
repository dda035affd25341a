/** The console is served as files of this address, under a strict content security policy, and leaves the API alone. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import express from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { consoleRouter } from '../../api/http/console.ts';

let folder: string;
let server: Server;
let address: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'careloop-console-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<meta property="csp-nonce" nonce="__CSP_NONCE__"><div id="root"></div>');
  await writeFile(
    join(folder, 'studio.html'),
    '<meta property="csp-nonce" nonce="__CSP_NONCE__"><div id="studio"></div>',
  );
  await writeFile(join(folder, 'assets/main-abc.js'), 'start()');
  await writeFile(join(folder, 'assets/main-abc.js.gz'), gzipSync('start()'));
  const app = express();
  const router = consoleRouter(folder);
  if (router) app.use(router);
  app.use((_request, response) => {
    response.status(404).json({ code: 'no-such-route' });
  });
  server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

const ask = (path: string, headers: Record<string, string> = {}) =>
  fetch(address + path, { headers: { Accept: 'text/html', ...headers } });

describe('a page', () => {
  test.each(['/', '/cases/order/A-1', '/login', '/instances?status=active'])(
    '%s is answered with the console',
    async (path) => {
      const answer = await ask(path);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('Cache-Control')).toBe('no-store');
      expect(await answer.text()).toContain('<div id="root">');
    },
  );

  test('carries a nonce of its own, which its policy names, and allows no inline script', async () => {
    const [first, second] = await Promise.all([ask('/'), ask('/')]);
    const policy = first.headers.get('Content-Security-Policy') ?? '';
    const nonce = /nonce="([^"]+)"/.exec(await first.text())?.[1];
    expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(await second.text()).not.toContain(nonce);
  });
});

describe('the studio', () => {
  test.each(['/studio', '/studio/order', '/studio/order/versions/2'])('%s is a document of its own', async (path) => {
    const answer = await ask(path);
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
    expect(await answer.text()).toContain('<div id="studio">');
  });

  test('may have style attributes, which its editors write, and is as strict otherwise', async () => {
    const [studio, page] = await Promise.all([ask('/studio/order'), ask('/studios')]);
    const directives = (answer: Response) =>
      (answer.headers.get('Content-Security-Policy') ?? '').replace(/'nonce-[^']+'/, 'nonce').split('; ');
    expect(directives(studio)).toEqual(
      directives(page).map((one) => (one === "style-src-attr 'none'" ? "style-src-attr 'unsafe-inline'" : one)),
    );
    expect(directives(page)).toContain("style-src-attr 'none'");
  });
});

describe('files', () => {
  test('that the build names by their content are kept for ever', async () => {
    const answer = await ask('/assets/main-abc.js', { 'Accept-Encoding': 'identity' });
    expect(answer.headers.get('Cache-Control')).toContain('immutable');
    expect(await answer.text()).toBe('start()');
  });

  test('go packed to whom takes that', async () => {
    const answer = await ask('/assets/main-abc.js', { 'Accept-Encoding': 'gzip' });
    expect(answer.headers.get('Content-Encoding')).toBe('gzip');
    expect(answer.headers.get('Content-Type')).toContain('javascript');
    expect(await answer.text()).toBe('start()');
  });

  test.each(['/assets/gone.js', '/assets/..%2findex.html', '/assets/%2e%2e%2findex.html'])(
    '%s is not there',
    async (path) => {
      expect((await ask(path)).status).toBe(404);
    },
  );
});

test.each(['/api/tasks', '/api/nothing', '/openapi.json', '/healthz', '/metrics'])(
  '%s is left to the API',
  async (path) => {
    expect((await ask(path)).status).toBe(404);
  },
);

test('a client that does not accept HTML gets a problem for an unknown route', async () => {
  const answer = await ask('/nothing', { Accept: 'application/json' });
  expect(answer.status).toBe(404);
});

test('an API whose console was not built has none', () => {
  expect(consoleRouter(join(folder, 'nothing'))).toBeUndefined();
});
