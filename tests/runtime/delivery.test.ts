/** The sender of letters, with a gateway that is reached by HTTP and is not always there. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { outcomeOfError } from '../../gateway/adapters/outage.ts';
import type { Gateway, SendOutcome } from '../../gateway/port.ts';
import { GatewayStateModel, listGateways, resumeLane } from '../../store/messaging/gateway-states.ts';
import { enqueueMessage, type NewMessage, OutboxModel } from '../../store/messaging/outbox.ts';
import { runDelivery } from '../../worker/delivery.ts';
import { createLog } from '../../worker/log.ts';
import { eventually } from '../support/runtime.ts';
import { useOwnDatabase } from './store/database.ts';

useOwnDatabase();

let server: Server | undefined;
let port = 0;
let stop: AbortController;
let running: Promise<void> | undefined;
/** What the server has got, in order. */
let got: string[] = [];
/** Whether the server keeps it that it got a letter. */
let forgetful = false;

beforeEach(async () => {
  await OutboxModel.deleteMany({});
  await GatewayStateModel.deleteMany({});
  stop = new AbortController();
  got = [];
  forgetful = false;
});
afterEach(async () => {
  stop.abort();
  away();
  await running;
  running = undefined;
});

function away(): void {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
}

/** Refuses letters for `poison` and `barred`, never answers for `slow` and breaks off for `broken`. */
async function there(): Promise<void> {
  server = createServer((request, response) => {
    const to = (request.url ?? '').slice(1);
    if (request.method === 'GET') return void response.writeHead(got.includes(to) ? 200 : 404).end();
    if (!forgetful) got.push(to);
    if (to === 'slow') return;
    if (to.startsWith('broken')) return void request.socket.destroy();
    response.writeHead(to === 'poison' ? 422 : to === 'barred' ? 402 : 200).end();
  });
  await new Promise<void>((resolve) => server?.listen(port, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
}

async function send(to: string, signal: AbortSignal): Promise<SendOutcome> {
  try {
    const { ok, status } = await fetch(`http://127.0.0.1:${port}/${to}`, { method: 'POST', signal });
    if (ok) return { kind: 'accepted', providerId: `to ${to}` };
    const retry = status === 402 ? 'pause-lane' : { afterMs: 1 };
    return { kind: 'rejected', code: String(status), message: 'no', retry };
  } catch (error) {
    return outcomeOfError(error);
  }
}

const gateway: Gateway = {
  name: 'http',
  reachesPeople: false,
  tellsReceipts: false,
  batchSize: 4,
  send: (batch, deadline) => batch.map(({ to }) => send(to, deadline)),
  async query({ id }, signal) {
    const to = id.slice(id.lastIndexOf('#') + 1);
    const { ok } = await fetch(`http://127.0.0.1:${port}/${to}`, { signal });
    return ok ? { kind: 'accepted', providerId: `to ${to}` } : { kind: 'missing' };
  },
};

function run(about: { letterMs?: number; leaseMs?: number } = {}): void {
  running = runDelivery({
    audience: 'staff',
    gateway,
    log: createLog('silent'),
    count: () => undefined,
    stop: stop.signal,
    letterMs: 5000,
    firstRetryMs: 1,
    askMs: 0,
    askAgainMs: [1, 1],
    everyMs: 20,
    ...about,
  });
}

const aLetter = (to: string, about: Partial<NewMessage> = {}): NewMessage => ({
  instance: 'leave/1',
  key: '1',
  touch: to,
  facility: 'BJ',
  to,
  channel: 'notice',
  subject: 's',
  body: 'b',
  createdAt: '2026-11-22T08:00:00.000Z',
  ...about,
});
const write = (...receivers: string[]) => Promise.all(receivers.map((to) => enqueueMessage(aLetter(to))));
const letterTo = (to: string) => OutboxModel.findOne({ to }).lean();
const becomes = (to: string, status: string) =>
  eventually(async () => ((await letterTo(to))?.status === status ? letterTo(to) : undefined));

test('while the gateway is away no attempt is used up and it is shown; all letters go out when it is back', async () => {
  await there();
  away();
  await write('ann', 'bob', 'eve');
  run();
  await eventually(async () => ((await letterTo('ann'))?.outages ?? 0) >= 2);
  await eventually(async () => (await listGateways())[0]?.away);
  expect(await OutboxModel.find({ attempts: { $gt: 0 } }).lean()).toEqual([]);
  await there();
  for (const to of ['ann', 'bob', 'eve']) expect(await becomes(to, 'sent')).toMatchObject({ providerId: `to ${to}` });
  await eventually(async () => (await listGateways())[0]?.away === undefined);
});

test('a letter that is refused again and again is given up with what the gateway said; the others are sent', async () => {
  await there();
  await write('poison', 'ann', 'bob');
  run();
  for (const to of ['ann', 'bob']) await becomes(to, 'sent');
  await OutboxModel.updateOne(
    { to: 'poison', status: 'queued' },
    { $set: { attempts: 11, dueAt: '2026-11-22T08:00:00.000Z' } },
  );
  expect(await becomes('poison', 'failed')).toMatchObject({ attempts: 12, reason: 'too-often', error: '422: no' });
});

test('a letter that gets no answer holds up no others, not of its own batch either', async () => {
  await there();
  await write('slow', 'ann', 'bob');
  run({ letterMs: 600_000 });
  for (const to of ['ann', 'bob']) await becomes(to, 'sent');
  expect(await letterTo('slow')).toMatchObject({ status: 'sending' });
  await write('eve');
  await becomes('eve', 'sent');
  away();
});

test('a letter whose answer was lost is asked for and not sent again', async () => {
  await there();
  await write('broken');
  run();
  expect(await becomes('broken', 'sent')).toMatchObject({ providerId: 'to broken', attempts: 0 });
  expect(got).toEqual(['broken']);
});

test('a letter that its gateway never had is sent once more, and then left to people', async () => {
  await there();
  forgetful = true;
  await write('broken');
  run();
  expect(await becomes('broken', 'failed')).toMatchObject({ reason: 'unresolved', repeats: 1 });
});

test('marketing that its gateway never had is not sent again', async () => {
  await there();
  forgetful = true;
  await enqueueMessage(aLetter('broken', { lane: 'marketing' }));
  run();
  const failed = await becomes('broken', 'failed');
  expect(failed).toMatchObject({ reason: 'unresolved' });
  expect(failed?.repeats).toBeUndefined();
});

test('what the gateway bars altogether pauses its lane until somebody lets it continue; other lanes continue', async () => {
  await there();
  await write('barred');
  run();
  await eventually(async () => (await listGateways())[0]?.paused.service?.code === '402');
  await write('ann');
  await enqueueMessage(aLetter('eve', { lane: 'urgent' }));
  await becomes('eve', 'sent');
  expect(await letterTo('ann')).toMatchObject({ status: 'queued' });
  await OutboxModel.deleteOne({ to: 'barred' });
  expect(await resumeLane('staff', 'service')).toBe(true);
  await becomes('ann', 'sent');
});

test('a letter whose time is over does not go out', async () => {
  await there();
  await enqueueMessage(aLetter('ann', { notAfter: '2026-11-22T09:00:00.000Z' }));
  run();
  expect(await becomes('ann', 'expired')).toMatchObject({ reason: 'too-late' });
  expect(got).toEqual([]);
});
