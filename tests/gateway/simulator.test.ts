/** The simulated carrier, spoken to by its adapter over HTTP: each thing that it does wrong. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { z } from 'zod';
import { simulatorCallbacks } from '../../gateway/adapters/simulator/callbacks.ts';
import { simulatorGateway } from '../../gateway/adapters/simulator/simulator.ts';
import type { Parcel, Receipt, Reply } from '../../gateway/port.ts';
import { createClock } from '../../gateway/simulator/clock.ts';
import { scenarioSchema } from '../../gateway/simulator/scenario.ts';
import { type Simulator, startSimulator } from '../../gateway/simulator/server.ts';

const minute = 60_000;
const hour = 60 * minute;
const never = new AbortController().signal;

/** What Careloop was told, and whether it takes it. */
let told: { receipts: Receipt[]; replies: Reply[]; status: number };
let careloop: Server;
let callbacks: string;
beforeEach(async () => {
  told = { receipts: [], replies: [], status: 200 };
  careloop = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const body: unknown = JSON.parse(text);
    if (request.url?.endsWith('/receipts')) told.receipts.push(...simulatorCallbacks.parseReceipts(body));
    else told.replies.push(...simulatorCallbacks.parseReplies(body));
    response.writeHead(told.status).end();
  });
  await new Promise<void>((resolve) => careloop.listen(0, '127.0.0.1', resolve));
  callbacks = `http://127.0.0.1:${(careloop.address() as AddressInfo).port}`;
});
afterEach(() => new Promise((resolve) => careloop.close(resolve).closeAllConnections()));

async function aCarrier(scenario: z.input<typeof scenarioSchema> = {}, file?: string) {
  const simulator = await startSimulator({
    port: 0,
    scenario: scenarioSchema.parse(scenario),
    clock: createClock({ standing: true }),
    callbacks,
    ...(file !== undefined && { file }),
  });
  onTestFinished(() => simulator.close());
  const gateway = simulatorGateway({ url: simulator.url, signName: '医院' });
  return {
    ...simulator,
    send: async (mark: string, about: Partial<Parcel> = {}, deadline = never) =>
      gateway.send([aParcel(mark, about)], deadline)[0],
    query: (mark: string) => gateway.query({ ...aParcel(mark), handedAt: '2026-11-30T08:00:00.000Z' }, never),
  };
}

const aParcel = (mark: string, about: Partial<Parcel> = {}): Parcel => ({
  id: mark,
  mark,
  facility: 'BJ',
  to: 'patient',
  address: '13800138000',
  lane: 'service',
  channel: 'sms',
  subject: 's',
  body: '您好',
  createdAt: '2026-11-30T08:00:00.000Z',
  zone: 'Asia/Shanghai',
  ...about,
});
const marksOf = ({ messages }: Pick<Simulator, 'messages'>) => messages().map(({ mark }) => mark);

test('a letter is taken, signed, and its receipt comes after a while', async () => {
  const carrier = await aCarrier();
  expect(await carrier.send('A')).toEqual({ kind: 'accepted', providerId: 'S1' });
  expect(carrier.messages()).toMatchObject([{ mark: 'A', text: '【医院】您好', address: '13800138000' }]);
  expect(await carrier.query('A')).toEqual({ kind: 'accepted', providerId: 'S1' });
  await carrier.clock.advance(2999);
  expect(told.receipts).toEqual([]);
  await carrier.clock.advance(1);
  expect(told.receipts).toEqual([{ mark: 'A', providerId: 'S1', delivered: true }]);
  expect(await carrier.query('A')).toEqual({ kind: 'delivered', providerId: 'S1' });
  expect(await carrier.query('B')).toEqual({ kind: 'missing' });
});

test.each([
  ['never', 'number-barred', 'never'],
  ['later', 'busy', { afterMs: 1000 }],
  ['pause', 'no-balance', 'pause-lane'],
])('it refuses a letter: %s', async (kind, code, retry) => {
  const carrier = await aCarrier({ reject: { [kind]: 1 } });
  expect(await carrier.send('A')).toMatchObject({ kind: 'rejected', code, retry });
  expect(carrier.messages()).toEqual([]);
});

test.each([
  ['sent', ['A'], 'accepted'],
  ['lost', [], 'missing'],
])('it does not answer, and the letter is %s', async (kind, marks, found) => {
  const carrier = await aCarrier({ silent: { [kind]: 1 } });
  const take = vi.spyOn(carrier.carrier, 'take');
  const deadline = new AbortController();
  const sending = carrier.send('A', {}, deadline.signal);
  await expect.poll(() => take.mock.settledResults).toMatchObject([{ value: { kind: 'silent' } }]);
  expect(await carrier.query('A')).toMatchObject({ kind: found });
  deadline.abort(new DOMException('late', 'TimeoutError'));
  expect(await sending).toMatchObject({ kind: 'unknown' });
  expect(marksOf(carrier)).toEqual(marks);
});

test('receipts are lost, though the letter has arrived', async () => {
  const carrier = await aCarrier({ receipt: { lost: 1 } });
  await carrier.send('A');
  await carrier.clock.advance(24 * hour);
  expect(told.receipts).toEqual([]);
  expect(await carrier.query('A')).toMatchObject({ kind: 'delivered' });
});

test('receipts are late', async () => {
  const carrier = await aCarrier({ receipt: { late: 1, lateMs: 2 * hour } });
  await carrier.send('A');
  await carrier.clock.advance(hour);
  expect(told.receipts).toEqual([]);
  await carrier.clock.advance(hour + 3000);
  expect(told.receipts).toHaveLength(1);
});

test('receipts are doubled', async () => {
  const carrier = await aCarrier({ receipt: { doubled: 1 } });
  await carrier.send('A');
  await carrier.clock.advance(3000);
  expect(told.receipts).toHaveLength(2);
});

test('receipts come before the answer, and those of later letters before those of earlier ones', async () => {
  const early = await aCarrier({ receipt: { early: 1 } });
  const sending = early.send('A').then(() => told.receipts.length);
  expect(await sending).toBe(1);
  told.receipts = [];
  const carrier = await aCarrier({ receipt: { late: 1, lateMs: hour } });
  await carrier.send('B');
  carrier.carrier.scenario = scenarioSchema.parse({});
  await carrier.send('C');
  await carrier.clock.advance(24 * hour);
  expect(told.receipts.map(({ mark }) => mark)).toEqual(['C', 'B']);
});

test('a letter does not arrive', async () => {
  const carrier = await aCarrier({ receipt: { failed: 1 } });
  await carrier.send('A');
  await carrier.clock.advance(3000);
  expect(told.receipts).toMatchObject([{ delivered: false, code: 'UNDELIVERED' }]);
  expect(await carrier.query('A')).toMatchObject({ kind: 'failed', code: 'UNDELIVERED' });
});

test('a refused callback is retried after 1, 5 and 10 minutes, then given up', async () => {
  const carrier = await aCarrier();
  told.status = 404;
  await carrier.send('A');
  await carrier.clock.advance(3000);
  for (const [after, times] of [
    [1, 2],
    [5, 3],
    [10, 4],
    [600, 4],
  ] as const) {
    await carrier.clock.advance(after * minute);
    expect(told.receipts).toHaveLength(times);
  }
  expect(carrier.messages()).toMatchObject([{ receipt: 'refused' }]);
});

test('patients answer by themselves, and as somebody at the page says', async () => {
  const carrier = await aCarrier({ reply: { chance: 1, texts: ['R'] } });
  await carrier.send('A');
  await carrier.clock.advance(minute);
  expect(told.replies).toMatchObject([{ from: '13800138000', text: 'R' }]);
  await fetch(`${carrier.url}/replies`, {
    method: 'POST',
    body: new URLSearchParams({ from: '13800138000', text: '2' }),
    redirect: 'manual',
  });
  expect(told.replies).toMatchObject([{ text: 'R' }, { text: '2' }]);
  expect(new Set(told.replies.map(({ id }) => id)).size).toBe(2);
});

test('to one number, and in all, so many go a day; the next day as many again', async () => {
  const carrier = await aCarrier({ caps: { perNumber: 2, inAll: 3 } });
  const outcomes = async (day: string) => [
    ...(await Promise.all(['1', '2'].map((one) => carrier.send(`${day}${one}`)))),
    await carrier.send(`${day}3`),
    await carrier.send(`${day}4`, { address: '13900139000' }),
    await carrier.send(`${day}5`, { address: '13900139000' }),
  ];
  const expected = [
    { kind: 'accepted' },
    { kind: 'accepted' },
    { code: 'number-limit', retry: { afterMs: hour } },
    { kind: 'accepted' },
    { code: 'day-limit', retry: 'pause-lane' },
  ];
  expect(await outcomes('A')).toMatchObject(expected);
  await carrier.clock.advance(24 * hour);
  expect(await outcomes('B')).toMatchObject(expected);
});

test('barred words are refused for good', async () => {
  const carrier = await aCarrier({ bannedWords: ['整容'] });
  expect(await carrier.send('A', { body: '整容特惠' })).toMatchObject({ code: 'content-barred', retry: 'never' });
  expect(await carrier.send('B')).toMatchObject({ kind: 'accepted' });
});

test('in an outage of a day letters and queries are refused; then a letter goes out as before', async () => {
  const now = Date.now();
  const outage = { from: new Date(now - hour).toISOString(), to: new Date(now + 23 * hour).toISOString() };
  const carrier = await aCarrier({ outages: [outage] });
  expect(await carrier.send('A')).toMatchObject({ kind: 'unreached' });
  expect(await carrier.query('A')).toMatchObject({ kind: 'unknown' });
  expect(carrier.messages()).toEqual([]);
  await carrier.clock.advance(24 * hour);
  expect(await carrier.send('A')).toMatchObject({ kind: 'accepted' });
  await carrier.clock.advance(hour);
  expect(told.receipts).toMatchObject([{ mark: 'A', delivered: true }]);
  expect(await carrier.query('A')).toMatchObject({ kind: 'delivered' });
});

test('Chinese text is read whole, wherever its bytes are divided', async () => {
  const carrier = await aCarrier();
  const letter = { mark: 'A', address: '13800138000', text: '提醒您拆线', lane: 'service', facility: 'BJ' };
  const bytes = Buffer.from(JSON.stringify(letter));
  const socket = connect(Number(new URL(carrier.url).port), '127.0.0.1').setNoDelay();
  onTestFinished(() => void socket.destroy());
  const { host } = new URL(carrier.url);
  const head = `POST /messages HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`;
  const chunk = (part: Buffer) =>
    Buffer.concat([Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')]);
  const within = bytes.indexOf('醒') + 1;
  socket.write(
    Buffer.concat([
      Buffer.from(head),
      chunk(bytes.subarray(0, within)),
      chunk(bytes.subarray(within)),
      Buffer.from('0\r\n\r\n'),
    ]),
  );
  await expect.poll(() => carrier.messages()).toMatchObject([{ mark: 'A', text: '提醒您拆线' }]);
});

test('the same seed does the same to the same letters, another seed something else', async () => {
  const rough = { reject: { later: 0.5 }, silent: { lost: 0 } };
  const marks = Array.from({ length: 40 }, (_, index) => `M${index}`);
  const taken = async (seed: number, all: string[]) => {
    const carrier = await aCarrier({ ...rough, seed });
    for (const mark of all) await carrier.send(mark);
    return marksOf(carrier).sort();
  };
  const first = await taken(1, marks);
  expect(await taken(1, marks.toReversed())).toEqual(first);
  expect(await taken(2, marks)).not.toEqual(first);
});

test('accepted letters survive a restart, after which due receipts are sent', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'careloop-simulator-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'messages.jsonl');
  const before = await aCarrier({}, file);
  await before.send('A');
  await before.close();
  const after = await aCarrier({}, file);
  await after.clock.advance(3000);
  expect(told.receipts).toMatchObject([{ mark: 'A', providerId: 'S1' }]);
  expect(await after.send('B')).toMatchObject({ providerId: 'S2' });
});

test('its page shows texts as text and takes nothing from pages of others', async () => {
  const carrier = await aCarrier();
  await carrier.send('A', { body: '<script>alert(1)</script>' });
  const page = await fetch(carrier.url);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await page.text()).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  const foreign = { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } };
  const answer = await fetch(`${carrier.url}/clock`, { ...foreign, body: new URLSearchParams({ advanceMs: '1' }) });
  expect(answer.status).toBe(403);
  const choice = new URLSearchParams({ name: 'strict' });
  await fetch(`${carrier.url}/scenario`, { method: 'POST', body: choice, redirect: 'manual' });
  expect(await (await fetch(carrier.url)).text()).toContain('<option selected>strict</option>');
  expect(await carrier.send('B', { body: '最佳' })).toMatchObject({ code: 'content-barred' });
});

test.each([
  ['127.0.0.1:8082', 200],
  ['localhost', 200],
  ['pages-of-others.example:8082', 403],
  ['127.0.0.1.pages-of-others.example', 403],
])('its outbox is read at its own address only: asked as %j it answers %i', async (host, status) => {
  const { url } = await aCarrier();
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get(`${url}/outbox`, { headers: { host } }, resolve).on('error', reject);
  });
  answer.resume();
  expect(answer.statusCode).toBe(status);
});
