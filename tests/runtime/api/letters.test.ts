/** What operators see of letters and gateways, and what they can do about them. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { hashPassword } from '../../../api/http/passwords.ts';
import { noteGateway, pauseLane } from '../../../store/messaging/gateway-states.ts';
import { enqueueMessage, OutboxModel } from '../../../store/messaging/outbox.ts';
import { saveStaff } from '../../../store/organisation/staff.ts';
import { type Caller, password, startApi, type TestApi } from './support.ts';

let api: TestApi;
let ops: Caller;
beforeAll(async () => {
  api = await startApi({ worker: false });
  ops = await api.as('ops');
  const roles = [{ role: 'ops', facility: 'BJ' }];
  const passwordHash = await hashPassword(password);
  await saveStaff({ _id: 'ops-bj', name: '北京运维', roles, passwordHash, active: true });
});
afterAll(() => api.close());
beforeEach(() => OutboxModel.deleteMany({}));

const idOf = (touch: string, facility = 'BJ') => `leave/${facility}#1#${touch}`;
const path = (touch: string, act: string) => `/api/letters/${encodeURIComponent(idOf(touch))}/${act}`;
async function aLetter(touch: string, facility = 'BJ') {
  await enqueueMessage({
    instance: `leave/${facility}`,
    key: '1',
    touch,
    facility,
    to: 'ops',
    channel: 'notice',
    subject: 's',
    body: '电话 13800138000',
    createdAt: '2026-11-22T08:00:00.000Z',
  });
}

test('a letter that waits is given up with a reason and sent again; its text is not shown', async () => {
  await aLetter('a');
  const given = await ops.post(path('a', 'give-up'), { reason: '已电话告知' });
  expect(given).toMatchObject({
    status: 200,
    body: {
      status: 'failed',
      reason: 'given-up',
      givenUp: { by: 'ops' },
      recipient: { zh: '运维', en: 'Operations' },
    },
  });
  expect(given.body).not.toHaveProperty('body');
  expect((await ops.post(path('a', 'resend'))).body).toMatchObject({ status: 'queued', resent: { by: 'ops' } });
  await OutboxModel.updateOne({ _id: idOf('a') }, { $set: { status: 'sent' } });
  const late = await ops.post(path('a', 'give-up'), { reason: '太晚了' });
  expect(late).toMatchObject({ status: 409, body: { code: 'letter-not-waiting' } });
});

test('acts on all that match report how many they did, and leave others as they were', async () => {
  for (const touch of ['a', 'b', 'c']) await aLetter(touch);
  await OutboxModel.updateMany({ touch: { $in: ['a', 'b'] } }, { $set: { status: 'failed', reason: 'too-often' } });
  const resent = await ops.post('/api/letters/acts', { act: 'resend', filter: { status: 'failed' } });
  expect(resent.body).toEqual({ done: 2, left: 0, more: false });
  const without = await ops.post('/api/letters/acts', { act: 'give-up', filter: {} });
  expect(without.status).toBe(400);
  const all = await ops.post('/api/letters/acts', { act: 'give-up', filter: { lane: 'service' }, reason: '停用' });
  expect(all.body).toEqual({ done: 3, left: 0, more: false });
});

test('gateways tell how they do, and a paused lane continues when somebody says so', async () => {
  await noteGateway('patient', { name: 'aliyun', page: 'http://127.0.0.1:8082' }, 'connect ECONNREFUSED');
  await pauseLane('patient', 'marketing', 'isv.OUT_OF_SERVICE', '余额不足');
  await aLetter('a');
  await aLetter('a', 'SH');
  expect((await (await api.as('ops-bj')).get('/api/gateways')).body.counts).toMatchObject({ queued: 1 });
  const seen = (await ops.get('/api/gateways')).body;
  expect(seen).toMatchObject({
    items: [
      {
        audience: 'patient',
        name: 'aliyun',
        page: 'http://127.0.0.1:8082',
        away: 'connect ECONNREFUSED',
        paused: [{ lane: 'marketing', code: 'isv.OUT_OF_SERVICE', message: '余额不足' }],
      },
    ],
    counts: { queued: 2, failed: 0 },
  });
  const after = await ops.post('/api/gateways/patient/lanes/marketing/resume', {});
  expect(after.body.items[0].paused).toEqual([]);
});
