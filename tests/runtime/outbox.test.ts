/** The sender of letters, with a gateway that is reached by HTTP and is not always there. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Gateway } from '../../activities/gateways/gateway.ts';
import { enqueueMessage, OutboxModel } from '../../store/messaging/outbox.ts';
import { createLog } from '../../worker/log.ts';
import { runOutbox } from '../../worker/outbox-sender.ts';
import { eventually } from '../support/runtime.ts';
import { useOwnDatabase } from './store/database.ts';

useOwnDatabase();

let server: Server | undefined;
let port = 0;
let stop: AbortController;
let running: Promise<void> | undefined;

beforeEach(async () => {
  await OutboxModel.deleteMany({});
  stop = new AbortController();
});
afterEach(async () => {
  stop.abort();
  await running;
  running = undefined;
  away();
});

function away(): void {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
}

/** Refuses the letter of `poison`, and never answers that of `slow`. */
async function there(): Promise<void> {
  server = createServer((request, response) => {
    if (request.url === '/slow') return;
    response.writeHead(request.url === '/poison' ? 422 : 200).end();
  });
  await new Promise<void>((resolve) => server?.listen(port, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
}

const gateway: Gateway = {
  name: 'http',
  async send({ to }, deadline) {
    const { ok, status } = await fetch(`http://127.0.0.1:${port}/${to}`, { signal: deadline });
    if (!ok) throw Object.assign(new Error(`It says ${status}.`), { status });
    return { receipt: `to ${to}` };
  },
};

function run(letterMs: number): void {
  const counts = { sent: () => undefined, failed: () => undefined };
  running = runOutbox({ gateway, log: createLog('silent'), counts, stop: stop.signal, letterMs, firstRetryMs: 1 });
}

const write = (...receivers: string[]) =>
  Promise.all(
    receivers.map((to) =>
      enqueueMessage({
        instance: 'leave/1',
        key: '1',
        touch: to,
        facility: 'BJ',
        to,
        channel: 'notice',
        subject: 's',
        body: 'b',
        createdAt: '2026-11-22T08:00:00.000Z',
      }),
    ),
  );
const letterTo = (to: string) => OutboxModel.findOne({ to }).lean();
const becomes = (to: string, status: string) =>
  eventually(async () => ((await letterTo(to))?.status === status ? letterTo(to) : undefined));

test('while the gateway is away no attempt is used up, and all letters go out when it is back', async () => {
  await there();
  away();
  await write('ann', 'bob', 'eve');
  run(5000);
  await eventually(async () => ((await letterTo('ann'))?.outages ?? 0) >= 2);
  expect(await OutboxModel.find({ attempts: { $gt: 0 } }).lean()).toEqual([]);
  await there();
  for (const to of ['ann', 'bob', 'eve']) expect(await becomes(to, 'sent')).toMatchObject({ receipt: `to ${to}` });
});

test('a letter that is refused again and again is given up with what the gateway said; the others are sent', async () => {
  await there();
  await write('poison', 'ann', 'bob');
  run(5000);
  for (const to of ['ann', 'bob']) await becomes(to, 'sent');
  await OutboxModel.updateOne(
    { to: 'poison', status: 'waiting' },
    { $set: { attempts: 11, dueAt: '2026-11-22T08:00:00.000Z' } },
  );
  expect(await becomes('poison', 'failed')).toMatchObject({ attempts: 12, error: 'It says 422.' });
});

test('a letter that gets no answer holds up no others', async () => {
  await there();
  await write('slow');
  run(600_000);
  await becomes('slow', 'sending');
  await write('ann', 'bob');
  for (const to of ['ann', 'bob']) await becomes(to, 'sent');
  expect(await letterTo('slow')).toMatchObject({ status: 'sending' });
  away();
});

test('a letter that gets no answer in its time is tried again, and uses up no attempt', async () => {
  await there();
  await write('slow');
  run(50);
  await eventually(async () => ((await letterTo('slow'))?.outages ?? 0) >= 1);
  expect(await letterTo('slow')).toMatchObject({ attempts: 0 });
});
