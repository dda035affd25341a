/** The HTTP server around the application: how long a request may take to arrive, and who is asked for a body. */
import { createServer, type Server } from 'node:http';
import type { Express } from 'express';

const headersWithinMs = 10_000;
/** The longest any route allows (files); others end sooner (read-body.ts). */
const requestWithinMs = 660_000;

export function createApiServer(app: Express): Server {
  const server = createServer({ headersTimeout: headersWithinMs, requestTimeout: requestWithinMs }, app);
  // Otherwise Node asks for every body at once (read-body.ts).
  server.on('checkContinue', app);
  return server;
}
