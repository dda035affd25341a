/** The HTTP server around the application: request timeouts, handling of `Expect: 100-continue`, requests that are no HTTP. */
import { createServer, type Server } from 'node:http';
import type { Express } from 'express';
import { answerClientErrors } from './client-errors.ts';

const headersWithinMs = 10_000;
/** Interval of the check of these deadlines; Node's default is 30 seconds. */
const lookEveryMs = 2000;
/** Longest deadline of any route (uploads); others end sooner (read-body.ts). */
const requestWithinMs = 660_000;

export function createApiServer(app: Express): Server {
  const server = createServer(
    { headersTimeout: headersWithinMs, requestTimeout: requestWithinMs, connectionsCheckingInterval: lookEveryMs },
    app,
  );
  // Overrides Node's default, which requests every body immediately (read-body.ts).
  server.on('checkContinue', app);
  answerClientErrors(server);
  return server;
}
