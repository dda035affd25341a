/** Health and metrics of the worker on loopback: `/healthz` (alive), `/readyz` (takes tasks), `/metrics` (Prometheus). */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';

export interface Health {
  /** Why it is not ready; undefined when it is. */
  notReady(): Promise<string | undefined>;
}

/** @throws when the port is busy */
export async function serveHealth(
  port: number,
  health: Health,
  registry: Registry,
): Promise<{ port: number; close(): void }> {
  const server: Server = createServer(async (request, response) => {
    const send = (status: number, type: string, body: string) => {
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
      response.end(body);
    };
    try {
      switch (new URL(request.url ?? '/', 'http://worker').pathname) {
        case '/healthz':
          return send(200, 'application/json', '{"alive":true}');
        case '/readyz': {
          const why = await health.notReady();
          return send(why ? 503 : 200, 'application/json', JSON.stringify({ ready: !why, ...(why && { why }) }));
        }
        case '/metrics':
          return send(200, registry.contentType, await registry.metrics());
        default:
          return send(404, 'application/json', '{"code":"not-found"}');
      }
    } catch {
      send(500, 'application/json', '{"code":"internal"}');
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  server.unref();
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}
