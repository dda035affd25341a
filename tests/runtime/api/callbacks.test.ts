/** The carrier tells of receipts and replies, in whatever order and however often. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aliyunCallbacks } from '../../../gateway/adapters/aliyun/callbacks.ts';
import { letterMark, type OutboxMessage, OutboxModel } from '../../../store/messaging/outbox.ts';
import { consentsOf } from '../../../store/patients/consents.ts';
import { decideContact } from '../../../store/patients/contacts.ts';
import { listTasksOf } from '../../../store/runtime/tasks.ts';
import { eventually } from '../../support/runtime.ts';
import { type Answer, type Caller, startApi, type TestApi } from './support.ts';

const callbackSecret = 'a-path-that-only-the-carrier-knows';
let api: TestApi;
let his: Caller;
beforeAll(async () => {
  api = await startApi({ config: { callbacks: aliyunCallbacks, callbackSecret } });
  his = await api.as('hospital-system-bj');
});
afterAll(() => api.close());

const at = (ago: number) => new Date(Date.now() - ago).toISOString();
const hour = 3_600_000;
const anId = () => randomUUID().slice(0, 8);

async function aLetter(about: Partial<OutboxMessage> = {}): Promise<string> {
  const _id = `leave/${anId()}#1#patient`;
  await OutboxModel.create({
    _id,
    mark: letterMark(_id),
    instance: _id.split('#')[0],
    key: '1',
    touch: 'patient',
    facility: 'BJ',
    audience: 'patient',
    lane: 'service',
    to: 'patient',
    channel: 'sms',
    subject: 's',
    body: 'b',
    status: 'sent',
    attempts: 0,
    createdAt: at(hour),
    dueAt: at(hour),
    handedAt: at(hour),
    ...about,
  });
  return _id;
}

async function aPatient(phone: string, event: (type: string, data: object, about?: object) => Promise<Answer>) {
  await event('patientChanged', { name: '王女士', phone });
  await event('consentChanged', { purpose: 'marketing', given: true, wording: 'v1', channel: 'paper' });
}
const eventsOf = (patient: string) => {
  let sequence = 0;
  return (type: string, data: object, about: object = {}) => {
    sequence += 1;
    const event = { source: 'his', id: `${patient}-${sequence}`, type, occurredAt: at(0), sequence, facility: 'BJ' };
    return his.post('/api/events', { ...event, patient, data, ...about });
  };
};

const tell = (what: 'receipts' | 'replies', ...all: object[]) =>
  api.anonymous.post(`/api/callbacks/${callbackSecret}/${what}`, all);
const receipt = (id: string, success: boolean) => ({
  success,
  err_code: success ? 'DELIVERED' : 'MK:0001',
  out_id: letterMark(id),
  biz_id: 'B1',
});
const reply = (phone: string, content: string, id = anId()) => ({ phone_number: phone, content, sequence_id: id });
const statusOf = async (id: string) => (await OutboxModel.findById(id).lean())?.status;

test('receipts count in any order: what has arrived has arrived', async () => {
  for (const [told, status] of [
    [[true], 'delivered'],
    [[false], 'failed'],
    [[true, true, false], 'delivered'],
    [[false, true], 'delivered'],
  ] as const) {
    const id = await aLetter();
    for (const success of told)
      expect(await tell('receipts', receipt(id, success))).toMatchObject({ status: 200, body: { code: 0 } });
    expect(await statusOf(id)).toBe(status);
  }
});

test('a receipt settles a letter with an unknown outcome, and one whose response is still pending', async () => {
  const ids = [await aLetter({ status: 'unknown' }), await aLetter({ status: 'sending' })];
  await tell('receipts', ...ids.map((id) => receipt(id, true)));
  expect(await Promise.all(ids.map(statusOf))).toEqual(['delivered', 'delivered']);
});

test('receipts of unknown letters are to be repeated, others of the request are taken; other paths do not exist', async () => {
  const id = await aLetter();
  const answer = await tell('receipts', receipt('nobody', true), receipt(id, true));
  expect([answer.status, await statusOf(id)]).toEqual([404, 'delivered']);
  const waiting = await aLetter({ status: 'queued', handedAt: undefined });
  expect((await tell('receipts', receipt(waiting, true))).status).toBe(404);
  expect(await statusOf(waiting)).toBe('queued');
  expect((await api.anonymous.post('/api/callbacks/guessed/receipts', [receipt(id, false)])).status).toBe(404);
  expect((await tell('receipts', { nonsense: true })).status).toBe(400);
});

test('R stops marketing at once for all at that number, and is on record once; letters about the treatment go on', async () => {
  const phone = `139${String(Date.now()).slice(-8)}`;
  // However the hospital writes it.
  const written = [phone, `+86 ${phone.slice(0, 3)}-${phone.slice(3, 7)}-${phone.slice(7)}`];
  const patients = await Promise.all(
    written.map(async (one) => {
      const patient = `P-${anId()}`;
      await aPatient(one, eventsOf(patient));
      return patient;
    }),
  );
  const ask = (patient: string, purpose: 'marketing' | 'service') =>
    decideContact({ patient, purpose, letter: anId(), day: '2090-01-03', week: '2090-01-02' });
  const told = reply(phone, ' ｒ ');
  for (const _ of [1, 2]) expect((await tell('replies', told)).body).toMatchObject({ code: 0 });
  for (const patient of patients) {
    expect(await ask(patient, 'marketing')).toBe('opted-out');
    expect(await ask(patient, 'service')).toBeUndefined();
    const entries = (await consentsOf(patient)).filter(({ given }) => !given);
    expect(entries).toMatchObject([{ purpose: 'marketing', channel: 'sms' }]);
  }
});

test('an answer goes to the chain whose letter went to that number last, once', async () => {
  const patient = `P-${anId()}`;
  const phone = `138${String(Date.now()).slice(-8)}`;
  const event = eventsOf(patient);
  await aPatient(phone, event);
  const visit = { visit: `V-${patient}`, kind: 'first', department: 'plastic-surgery' };
  await event('visited', visit, { episode: `E-${patient}` });
  const instance = `followUp/BJ-E-${patient}`;
  const callback = await api.as('callback-bj');
  await eventually(async () => (await callback.get(`/api/follow-ups/BJ-E-${patient}`)).status === 200);
  await aLetter({ address: phone, patient, handedAt: at(80 * hour) });
  await aLetter({ address: phone, patient, instance, handedAt: at(2 * hour) });
  const told = reply(phone, '2');
  for (const _ of [1, 2]) await tell('replies', told);
  const reviews = async () => (await listTasksOf(instance)).filter(({ element }) => element === 'ReviewReply');
  await eventually(async () => (await reviews()).length > 0);
  expect(await reviews()).toHaveLength(1);
});
