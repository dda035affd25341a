/** The simulated carrier over HTTP, on this machine only: its API, its outbox to read, and what people set while it runs. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { type Carrier, createCarrier } from './carrier.ts';
import { type Clock, createClock } from './clock.ts';
import { createMessages, type Message } from './messages.ts';
import { outboxPage } from './page.ts';
import { type Scenario, scenarioNamed, scenarioNames, scenarioSchema } from './scenario.ts';
import { createTeller } from './teller.ts';

export interface SimulatorSettings {
  /** 0: any that is free. */
  port: number;
  scenario: Scenario;
  clock?: Clock;
  /** Where receipts and replies are sent (teller.ts). */
  callbacks?: string;
  /** Keeps what it has taken (messages.ts). */
  file?: string;
}

export interface Simulator {
  url: string;
  carrier: Carrier;
  clock: Clock;
  messages(): readonly Message[];
  close(): Promise<void>;
}

const letterSchema = z.object({
  mark: z.string().min(1),
  address: z.string(),
  text: z.string(),
  lane: z.string(),
  facility: z.string(),
});
const replySchema = z.object({ from: z.string().min(1), text: z.string().min(1).max(500) });
const clockSchema = z.object({ advanceMs: z.coerce.number().int().positive() });
const scenarioChoice = z.object({ name: z.enum(scenarioNames) });
const maxBody = 100_000;
const ownName = /^(127\.0\.0\.1|localhost)(:\d+)?$/;

export async function startSimulator(settings: SimulatorSettings): Promise<Simulator> {
  const { clock = createClock(), callbacks, file } = settings;
  const messages = createMessages(file);
  const teller = createTeller({ clock, ...(callbacks !== undefined && { callbacks }) });
  const carrier = createCarrier({ scenario: settings.scenario, clock, messages, teller });

  const handlers: Record<string, (request: IncomingMessage, response: ServerResponse) => Promise<void> | void> = {
    'GET /': (_, response) => {
      const page = outboxPage({
        messages: messages.all(),
        now: clock.now(),
        isAway: carrier.isAway(),
        scenario: carrier.scenario,
      });
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...pageHeaders }).end(page);
    },
    'GET /outbox': (_, response) => json(response, 200, messages.all()),
    'GET /scenario': (_, response) => json(response, 200, carrier.scenario),
    'POST /messages': async (request, response) => {
      const taken = await carrier.take(letterSchema.parse(await bodyOf(request)));
      switch (taken.kind) {
        case 'accepted':
          return json(response, 200, { id: taken.id });
        case 'rejected':
          return json(response, 422, { code: taken.code });
        case 'away':
          return json(response, 503, {});
        case 'silent':
          // The request hangs until its sender gives up.
          return;
      }
    },
    'POST /replies': async (request, response) => {
      const { from, text } = replySchema.parse(await bodyOf(request));
      await carrier.reply(from, text);
      back(response);
    },
    'POST /scenario': async (request, response) => {
      const given = await bodyOf(request);
      const choice = scenarioChoice.safeParse(given);
      carrier.scenario = choice.success ? scenarioNamed(choice.data.name) : scenarioSchema.parse(given);
      back(response);
    },
    'POST /clock': async (request, response) => {
      await clock.advance(clockSchema.parse(await bodyOf(request)).advanceMs);
      back(response);
    },
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://simulator');
    // DNS rebinding: a foreign page must not read here by a name of its own.
    if (!ownName.test(request.headers.host ?? '')) return json(response, 403, {});
    // Nor set or answer anything.
    if (request.headers['sec-fetch-site'] === 'cross-site' && request.method !== 'GET') return json(response, 403, {});
    if (request.method === 'GET' && pathname.startsWith('/messages/')) {
      if (carrier.isAway()) return json(response, 503, {});
      const found = carrier.find(decodeURIComponent(pathname.slice('/messages/'.length)));
      return found
        ? json(response, 200, { id: found.id, state: found.state, code: found.code })
        : json(response, 404, {});
    }
    const handler = handlers[`${request.method} ${pathname}`];
    return handler ? handler(request, response) : json(response, 404, {});
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (!response.headersSent)
        json(response, 400, { error: error instanceof z.ZodError ? z.prettifyError(error) : String(error) });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(settings.port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    carrier,
    clock,
    messages: () => messages.all(),
    async close() {
      clock.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const pageHeaders = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const json = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

/** To the page, for whoever sent a form. */
const back = (response: ServerResponse): void => {
  response.writeHead(303, { location: '/' }).end();
};

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  // A character may lie in two chunks.
  request.setEncoding('utf8');
  for await (const chunk of request) {
    text += chunk;
    if (text.length > maxBody) throw new Error('The body is too long.');
  }
  if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded'))
    return Object.fromEntries(new URLSearchParams(text));
  return JSON.parse(text);
}
