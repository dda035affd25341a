/** Letters to patients by way of the simulated carrier, with its receipts and replies told to the API: what goes wrong there costs nobody a letter. */
import { spawn } from 'node:child_process';
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import type { z } from 'zod';
import { hashPassword } from '../../api/http/passwords.ts';
import { simulatorCallbacks } from '../../gateway/adapters/simulator/callbacks.ts';
import { simulatorGateway } from '../../gateway/adapters/simulator/simulator.ts';
import { createClock } from '../../gateway/simulator/clock.ts';
import { scenarioNamed, scenarioSchema } from '../../gateway/simulator/scenario.ts';
import { type Simulator, startSimulator } from '../../gateway/simulator/server.ts';
import { GatewayStateModel, listGateways } from '../../store/messaging/gateway-states.ts';
import {
  enqueueMessage,
  type Lane,
  lanes,
  letterMark,
  type OutboxMessage,
  OutboxModel,
} from '../../store/messaging/outbox.ts';
import { ReconciliationModel } from '../../store/messaging/reconciliations.ts';
import { findFacility, saveFacility } from '../../store/organisation/facilities.ts';
import { saveStaff } from '../../store/organisation/staff.ts';
import { enterConsent } from '../../store/patients/consents.ts';
import { ContactModel, noteConsent } from '../../store/patients/contacts.ts';
import { indexPatient } from '../../store/patients/patient-search.ts';
import { savePatient } from '../../store/patients/patients.ts';
import { type DeliveryOptions, runDelivery } from '../../worker/delivery.ts';
import { createLog } from '../../worker/log.ts';
import { reconcile } from '../../worker/reconciliation-rounds.ts';
import { eventually } from '../support/runtime.ts';
import { password, startApi, type TestApi } from './api/support.ts';
import { ownDatabaseUri } from './store/database.ts';

const callbackSecret = 'a-path-that-only-the-carrier-knows';
const databaseUri = ownDatabaseUri();
const dayMs = 86_400_000;
const facilities = ['BJ', 'SH'];

let api: TestApi;
let simulator: Simulator;
let running: { stop: AbortController; done: Promise<void> } | undefined;
beforeAll(async () => {
  api = await startApi({ worker: false, databaseUri, config: { callbacks: simulatorCallbacks, callbackSecret } });
  for (const code of facilities) {
    const facility = await findFacility(code);
    if (facility) await saveFacility({ ...facility, zone: zoneOfMidday() });
  }
  const roles = [{ role: 'ops', facility: 'BJ' }];
  await saveStaff({ _id: 'ops-bj', name: '北京运维', roles, passwordHash: await hashPassword(password), active: true });
});
afterAll(() => api.close());
beforeEach(async () => {
  await Promise.all([
    OutboxModel.deleteMany({}),
    GatewayStateModel.deleteMany({}),
    ContactModel.deleteMany({}),
    ReconciliationModel.deleteMany({}),
  ]);
  simulator = await startSimulator({
    port: 0,
    scenario: scenarioSchema.parse({}),
    clock: createClock({ standing: true }),
    callbacks: `${api.address}/api/callbacks/${callbackSecret}`,
  });
});
afterEach(async () => {
  running?.stop.abort();
  await running?.done;
  running = undefined;
  await simulator.close();
});

/** Where it is midday, whenever the test runs: patients are written to by day. */
function zoneOfMidday(): string {
  const ahead = 12 - new Date().getUTCHours();
  return `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}

const behave = (scenario: z.input<typeof scenarioSchema>) => {
  simulator.carrier.scenario = scenarioSchema.parse(scenario);
};

function run(about: Partial<DeliveryOptions> = {}): void {
  const stop = new AbortController();
  const done = runDelivery({
    audience: 'patient',
    gateway: simulatorGateway({ url: simulator.url, signName: '医院' }),
    log: createLog('silent'),
    count: () => undefined,
    stop: stop.signal,
    firstRetryMs: 1,
    askMs: 0,
    askAgainMs: [1, 1],
    everyMs: 20,
    ...about,
  });
  running = { stop, done };
}

let people = 0;
async function aPatient(facility = 'BJ'): Promise<{ patient: string; phone: string }> {
  people += 1;
  const patient = `P${people}`;
  const phone = `139${String(people).padStart(8, '0')}`;
  const record = { _id: patient, facility, details: { phone }, sequence: 1 };
  await savePatient(record);
  await indexPatient(record, () => []);
  const consent = { _id: `C-${patient}`, facility, patient, purpose: 'marketing' as const, given: true };
  const entry = { ...consent, wording: 'v1', channel: 'paper', at: '2026-11-01T09:00:00+08:00', sequence: 1 };
  await enterConsent(entry);
  await noteConsent(entry);
  return { patient, phone };
}

let letters = 0;
async function aLetter(lane: Lane, patient: string, facility = 'BJ'): Promise<void> {
  letters += 1;
  const createdAt = new Date().toISOString();
  const to = { to: 'patient', patient, facility, channel: 'sms', subject: 's', body: `第 ${letters} 封` };
  await enqueueMessage({ ...to, instance: 'leave/1', key: String(letters), touch: 'patient', lane, createdAt });
}
const all = () => OutboxModel.find().sort({ createdAt: 1, _id: 1 }).lean<OutboxMessage[]>();
const sendingsOf = ({ _id }: OutboxMessage) => simulator.messages().filter(({ mark }) => mark === letterMark(_id));
const areOver = async (...statuses: OutboxMessage['status'][]) =>
  eventually(async () => (await all()).every(({ status }) => statuses.includes(status)));

test('of a carrier that does everything wrong each letter is sent once, or says why not', async () => {
  simulator.carrier.scenario = scenarioNamed('rough');
  for (let index = 0; index < 90; index += 1) {
    const facility = facilities[index % 2];
    const { patient } = await aPatient(facility);
    await aLetter(lanes[index % 3] ?? 'service', patient, facility);
  }
  run({ letterMs: 1500 });
  await areOver('sent', 'delivered', 'failed');
  await simulator.clock.advance(dayMs);

  const found = await all();
  expect(simulator.messages().some(({ unanswered }) => unanswered)).toBe(true);
  for (const letter of found) {
    const sendings = sendingsOf(letter);
    const { status, reason } = letter;
    if (reason === 'refused' || reason === 'unresolved') expect(sendings).toEqual([]);
    else expect(sendings, `${letter._id} is ${status}`).toHaveLength(1);
    // A receipt that was told counts, whenever it came.
    if (sendings[0]?.receipt === 'told') expect(status).toBe(sendings[0].state);
    else expect(status).not.toBe('delivered');
  }
  expect(found.filter(({ reason }) => reason === 'unresolved').every(({ lane }) => lane === 'marketing')).toBe(true);
});

test('a sender that is killed after the carrier took a letter: the carrier is asked for it, and it is not sent again', async () => {
  behave({ silent: { sent: 1 } });
  const { patient } = await aPatient();
  await aLetter('service', patient);
  const program = ['--import', 'tsx', 'tests/support/delivery-program.ts', databaseUri, simulator.url];
  const child = spawn(process.execPath, program, { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  await eventually(async () => simulator.messages().length === 1);
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await exited;
  expect(await all()).toMatchObject([{ status: 'sending' }]);

  behave({});
  await OutboxModel.updateMany({}, { $set: { leaseUntil: '2026-11-01T00:00:00.000Z' } });
  run();
  await areOver('sent');
  expect(simulator.messages()).toMatchObject([{ id: 'S1', asked: 1 }]);
  expect(await all()).toMatchObject([{ providerId: 'S1', attempts: 0, segments: 1 }]);
});

test('after a carrier was away for a day everything leaves in the order of the lanes, and what nobody needs any more says so', async () => {
  const now = simulator.clock.now();
  behave({ outages: [{ from: new Date(now - dayMs).toISOString(), to: new Date(now + dayMs).toISOString() }] });
  const perLane = 20;
  const written: Lane[] = ['marketing', 'service', 'urgent'];
  for (const lane of written)
    for (let index = 0; index < perLane; index += 1) {
      const facility = facilities[index % 2];
      const { patient } = await aPatient(facility);
      await aLetter(lane, patient, facility);
    }
  const { patient } = await aPatient();
  await aLetter('marketing', patient);
  const last = (await all()).find((letter) => letter.patient === patient);
  await OutboxModel.updateOne({ _id: last?._id }, { $set: { notAfter: new Date(now + dayMs / 2).toISOString() } });
  await OutboxModel.updateMany(
    { _id: { $ne: last?._id } },
    { $set: { notAfter: new Date(now + 3 * dayMs).toISOString() } },
  );
  run({ perSecond: 10 });
  await eventually(async () => (await listGateways())[0]?.away);
  expect(await OutboxModel.countDocuments({ $or: [{ attempts: { $gt: 0 } }, { status: 'sent' }] })).toBe(0);
  running?.stop.abort();
  await running?.done;

  await aDayPasses();
  await simulator.clock.advance(dayMs);
  run({ perSecond: 10 });
  await areOver('sent', 'delivered', 'expired');
  expect(await OutboxModel.find({ status: 'expired' }).lean()).toMatchObject([{ _id: last?._id, reason: 'too-late' }]);
  const order = simulator.messages().map(({ lane }) => lane);
  expect(order).toHaveLength(3 * perLane);
  expect(order.lastIndexOf('urgent')).toBeLessThan(order.indexOf('marketing'));
  await eventually(async () => (await listGateways())[0]?.away === undefined);
});

test('at night letters without a receipt are asked for, each once: lost receipts count, and what the carrier never had is for people', async () => {
  const [arrived, failed, missing, recent] = await Promise.all([aPatient(), aPatient(), aPatient(), aPatient()]);
  run();
  for (const [{ patient }, fails] of [
    [arrived, 0],
    [recent, 0],
    [failed, 1],
  ] as const) {
    behave({ receipt: { lost: 1, failed: fails } });
    await aLetter('service', patient);
    await areOver('sent');
    await simulator.clock.advance(3000);
  }
  const letterOf = async ({ patient }: typeof arrived) => (await all()).find((letter) => letter.patient === patient);
  const notThere = { ...(await letterOf(arrived)), _id: 'leave/1#0#patient', facility: 'SH', patient: missing.patient };
  await OutboxModel.create({ ...notThere, mark: letterMark(notThere._id) });
  const twoHoursAgo = new Date(Date.now() - 7_200_000).toISOString();
  await OutboxModel.updateMany({ patient: { $ne: recent.patient } }, { $set: { sentAt: twoHoursAgo } });

  const counted: string[] = [];
  const night = () =>
    reconcile({
      audience: 'patient',
      gateway: simulatorGateway({ url: simulator.url, signName: '医院' }),
      log: createLog('silent'),
      count: (found) => counted.push(found),
      stop: new AbortController().signal,
    });
  for (const _ of [1, 2]) await night();
  expect(counted.sort()).toEqual(['delivered', 'failed', 'missing']);
  expect(await letterOf(arrived)).toMatchObject({ status: 'delivered' });
  expect(await letterOf(failed)).toMatchObject({ status: 'failed', reason: 'not-delivered', error: 'UNDELIVERED' });
  expect(await letterOf(missing)).toMatchObject({ status: 'failed', reason: 'not-found' });
  expect(await letterOf(recent)).toMatchObject({ status: 'sent' });

  const seen = async (login: string) => (await (await api.as(login)).get('/api/gateways')).body.reconciliation;
  expect((await seen('ops')).finishedAt).toBeDefined();
  expect((await seen('ops')).found).toEqual({ delivered: 1, failed: 1, missing: 1, open: 0, unknown: 0 });
  expect((await seen('ops-bj')).found).toMatchObject({ delivered: 1, failed: 1, missing: 0 });
});

/** For the letters: their times are a day ago. */
async function aDayPasses(): Promise<void> {
  const earlier = (time: string) => new Date(Date.parse(time) - dayMs).toISOString();
  for (const { _id, createdAt, dueAt, notAfter = dueAt } of await all())
    await OutboxModel.updateOne(
      { _id },
      { $set: { createdAt: earlier(createdAt), dueAt: earlier(dueAt), notAfter: earlier(notAfter) } },
    );
}

test('R that races the hand-over: a letter goes or is suppressed, and nothing goes once the answer was taken', async () => {
  const persons = [];
  for (let index = 0; index < 25; index += 1) persons.push(await aPatient());
  run();
  await Promise.all(
    persons.map(async ({ patient, phone }) => {
      await Promise.all([aLetter('marketing', patient), simulator.carrier.reply(phone, 'R')]);
      await aLetter('marketing', patient);
    }),
  );
  await areOver('sent', 'delivered', 'suppressed');
  for (const { patient, phone } of persons) {
    const own = (await all()).filter((letter) => letter.patient === patient);
    const sent = simulator.messages().filter(({ address }) => address === phone);
    expect(sent).toHaveLength(own.filter(({ status }) => status !== 'suppressed').length);
    expect(own.map(({ reason }) => reason)).toContain('opted-out');
  }
});
